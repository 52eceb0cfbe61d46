// CppAD: records between Independent() and the ADFun, which can be swept backward for each result.
#include <cppad/cppad.hpp>

#include "numbers.hpp"

template <>
double number(const CppAD::AD<double>& x) { return CppAD::Value(CppAD::Var2Par(x)); }

#include "tapes.hpp"

struct Cppad {
  using T = CppAD::AD<double>;

  template <class F>
  void gradient_of(const Vector& point, Vector& result, F function) {
    std::vector<T> x(point.begin(), point.end());
    CppAD::Independent(x, 0, false);  // Comparisons are not recorded: each run records anew.
    std::vector<T> y{function(x)};
    CppAD::ADFun<double> recorded(x, y);
    Vector gradient = recorded.Reverse(1, Vector{1});
    result[0] = CppAD::Value(y[0]);
    std::copy(gradient.begin(), gradient.end(), result.begin() + 1);
  }

  template <class F>
  bool jacobian_of(const Vector& point, int outputs, double* values, double* jacobian, F function) {
    std::vector<T> x(point.begin(), point.end()), y(outputs);
    CppAD::Independent(x, 0, false);
    function(x, y);
    CppAD::ADFun<double> recorded(x, y);
    for (int r = 0; r < outputs; ++r) {
      Vector weights(outputs);
      weights[r] = 1;
      Vector row = recorded.Reverse(1, weights);
      values[r] = CppAD::Value(y[r]);
      jacobian = std::copy(row.begin(), row.end(), jacobian);
    }
    return true;
  }
};

int main(int count, char** arguments) {
  CppAD::thread_alloc::hold_memory(true);  // Memory of one recording serves the next.
  return run_peer(count, arguments, TapePeer<Cppad>{"CppAD"});
}
