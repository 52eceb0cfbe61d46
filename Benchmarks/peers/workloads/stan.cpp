// Stan Math: nodes in an arena that recover_memory() starts anew.
#if __has_include(<stan/math/rev/mat.hpp>)
#include <stan/math/rev/mat.hpp>
#else
#include <stan/math/rev.hpp>
#endif

#include "numbers.hpp"

template <>
double number(const stan::math::var& x) { return x.val(); }

#include "tapes.hpp"

struct Stan {
  template <class F>
  void gradient_of(const Vector& point, Vector& result, F function) {
    std::vector<stan::math::var> x(point.begin(), point.end());
    stan::math::var y = function(x);
    y.grad();
    result[0] = y.val();
    for (std::size_t i = 0; i < x.size(); ++i) result[1 + i] = x[i].adj();
    stan::math::recover_memory();
  }

  template <class F>
  bool jacobian_of(const Vector& point, int outputs, double* values, double* jacobian, F function) {
    std::vector<stan::math::var> x(point.begin(), point.end()), y(outputs);
    function(x, y);
    for (stan::math::var& output : y) {
      stan::math::set_zero_all_adjoints();
      output.grad();
      *values++ = output.val();
      for (stan::math::var& input : x) *jacobian++ = input.adj();
    }
    stan::math::recover_memory();
    return true;
  }
};

int main(int count, char** arguments) { return run_peer(count, arguments, TapePeer<Stan>{"Stan Math"}); }
