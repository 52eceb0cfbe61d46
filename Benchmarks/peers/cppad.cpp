// CppAD: records between Independent() and the ADFun, which can be swept backward at once.
#include <cppad/cppad.hpp>

#include "training_step.hpp"

using Scalar = CppAD::AD<double>;

static double take_step(Workload& work, Phases& phases) {
  Stopwatch stopwatch;
  std::vector<Scalar> parameters(work.parameters.begin(), work.parameters.end());
  const bool records_comparisons = false;  // Each step is recorded anew, so nobody asks how they came out.
  CppAD::Independent(parameters, 0, records_comparisons);
  std::vector<Scalar> losses{mean_loss(work, parameters)};
  CppAD::ADFun<double> function(parameters, losses);
  stopwatch.lap(phases.forward);
  std::vector<double> gradients = function.Reverse(1, std::vector<double>{1});
  stopwatch.lap(phases.backward);
  work.update(gradients);
  stopwatch.lap(phases.rest);
  return CppAD::Value(losses[0]);
}

int main(int count, char** arguments) {
  Settings settings(count, arguments, {"plain"});
  CppAD::thread_alloc::hold_memory(true);  // Memory of one recording serves the next.
  measure(settings, CPPAD_PACKAGE_STRING, take_step);
}
