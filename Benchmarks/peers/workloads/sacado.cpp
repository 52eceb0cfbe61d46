// Sacado (Trilinos): reverse mode with an arena that the first operation after Gradcomp() starts anew.
#include <Sacado_trad.hpp>

#include "numbers.hpp"

template <>
double number(const Sacado::Rad::ADvar<double>& x) { return x.val(); }

#include "tapes.hpp"

struct SacadoTape {
  using T = Sacado::Rad::ADvar<double>;

  template <class F>
  void gradient_of(const Vector& point, Vector& result, F function) {
    std::vector<T> x(point.begin(), point.end());
    T y = function(x);
    T::Outvar_Gradcomp(y);
    result[0] = y.val();
    for (std::size_t i = 0; i < x.size(); ++i) result[1 + i] = x[i].adj();
  }

  // One sweep for each recording.
  template <class F>
  bool jacobian_of(const Vector&, int, double*, double*, F) { return false; }
};

int main(int count, char** arguments) { return run_peer(count, arguments, TapePeer<SacadoTape>{"Sacado"}); }
