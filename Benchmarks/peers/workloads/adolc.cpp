// ADOL-C: tapes into buffers; with the `keep` argument of trace_on() the reverse sweep needs no second forward pass.
#include <adolc/adolc.h>

#include "numbers.hpp"

template <>
double number(const adouble& x) { return x.value(); }

#include "tapes.hpp"

struct AdolC {
  template <class F>
  void gradient_of(const Vector& point, Vector& result, F function) {
    trace_on(1, 1);
    {
      std::vector<adouble> x(point.size());
      for (std::size_t i = 0; i < x.size(); ++i) x[i] <<= point[i];
      adouble y = function(x);
      y >>= result[0];
    }
    trace_off();
    double one = 1;
    fos_reverse(1, 1, static_cast<int>(point.size()), &one, &result[1]);
  }

  template <class F>
  bool jacobian_of(const Vector& point, int outputs, double* values, double* jacobian, F function) {
    trace_on(1, 1);
    {
      std::vector<adouble> x(point.size()), y(outputs);
      for (std::size_t i = 0; i < x.size(); ++i) x[i] <<= point[i];
      function(x, y);
      for (int r = 0; r < outputs; ++r) y[r] >>= values[r];
    }
    trace_off();
    Vector weights(outputs);
    for (int r = 0; r < outputs; ++r) {
      weights[r] = 1;
      fos_reverse(1, outputs, static_cast<int>(point.size()), weights.data(), jacobian + r * point.size());
      weights[r] = 0;
    }
    return true;
  }
};

int main(int count, char** arguments) { return run_peer(count, arguments, TapePeer<AdolC>{"ADOL-C"}); }
