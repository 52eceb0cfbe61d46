// ADOL-C: tapes into buffers; with the `keep` argument of trace_on() the reverse sweep needs no second forward pass.
#include <adolc/adolc.h>

#include "training_step.hpp"

static double take_step(Workload& work, Phases& phases) {
  static std::vector<double> gradients(work.parameters.size());
  const short tape = 1;
  Stopwatch stopwatch;
  double value;
  trace_on(tape, 1);
  {
    std::vector<adouble> parameters(work.parameters.size());
    for (std::size_t i = 0; i < parameters.size(); ++i) parameters[i] <<= work.parameters[i];
    adouble loss = mean_loss(work, parameters);
    loss >>= value;
  }
  trace_off();
  stopwatch.lap(phases.forward);
  double one = 1;
  fos_reverse(tape, 1, static_cast<int>(gradients.size()), &one, gradients.data());
  stopwatch.lap(phases.backward);
  work.update(gradients);
  stopwatch.lap(phases.rest);
  return value;
}

int main(int count, char** arguments) {
  Settings settings(count, arguments, {"plain"});
  measure(settings, "ADOL-C", take_step);
}
