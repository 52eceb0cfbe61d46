// Adept 2: the stack is started anew for each recording; Jacobians by its own function, in the direction that it chooses.
#include <adept.h>
// Its library is a few files, which are compiled along.
#include <adept/Array.cpp>
#include <adept/Stack.cpp>
#include <adept/StackStorageOrig.cpp>
#include <adept/Storage.cpp>
#include <adept/jacobian.cpp>

#include <memory>

#include "numbers.hpp"

template <>
double number(const adept::adouble& x) { return x.value(); }

#include "tapes.hpp"

struct Adept {
  // Before any of its numbers.
  std::unique_ptr<adept::Stack> stack = std::make_unique<adept::Stack>();

  template <class F>
  void gradient_of(const Vector& point, Vector& result, F function) {
    std::vector<adept::adouble> x(point.begin(), point.end());
    stack->new_recording();
    adept::adouble y = function(x);
    y.set_gradient(1.0);
    stack->reverse();
    result[0] = y.value();
    for (std::size_t i = 0; i < x.size(); ++i) result[1 + i] = x[i].get_gradient();
  }

  template <class F>
  bool jacobian_of(const Vector& point, int outputs, double* values, double* jacobian, F function) {
    std::vector<adept::adouble> x(point.begin(), point.end()), y(outputs);
    stack->new_recording();
    function(x, y);
    stack->clear_independents();
    stack->clear_dependents();
    stack->independent(x.data(), x.size());
    stack->dependent(y.data(), y.size());
    // Column by column.
    Vector columns(x.size() * y.size());
    stack->jacobian(columns.data());
    for (std::size_t r = 0; r < y.size(); ++r) {
      values[r] = y[r].value();
      for (std::size_t c = 0; c < x.size(); ++c) jacobian[r * x.size() + c] = columns[c * y.size() + r];
    }
    return true;
  }
};

int main(int count, char** arguments) { return run_peer(count, arguments, TapePeer<Adept>{"Adept"}); }
