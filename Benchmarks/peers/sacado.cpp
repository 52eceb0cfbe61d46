// Sacado (Trilinos): reverse mode with an arena that the first operation after Gradcomp() starts anew.
#include <Sacado_trad.hpp>

#include "training_step.hpp"

using Scalar = Sacado::Rad::ADvar<double>;

static double take_step(Workload& work, Phases& phases) {
  Stopwatch stopwatch;
  std::vector<Scalar> parameters(work.parameters.begin(), work.parameters.end());
  Scalar loss = mean_loss(work, parameters);
  stopwatch.lap(phases.forward);
  Scalar::Outvar_Gradcomp(loss);
  stopwatch.lap(phases.backward);
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    work.parameters[i] -= Workload::learning_rate * parameters[i].adj();
  }
  stopwatch.lap(phases.rest);
  return loss.val();
}

int main(int count, char** arguments) {
  Settings settings(count, arguments, {"plain"});
  measure(settings, "Sacado", take_step);
}
