// The training step that all peers take: its data, its initial parameters, and how it is timed and reported.
//
// The network is 2-16-16-1 with ReLU and a linear output; the loss is max(0, 1 - label * score), averaged over
// 100 samples; then parameter -= 0.1 * gradient. Workload.swift and micrograd_peer.py draw the same numbers.
#pragma once
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

struct SplitMix64 {
  std::uint64_t state;

  std::uint64_t next() {
    std::uint64_t z = state += 0x9E3779B97F4A7C15;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
    return z ^ (z >> 31);
  }

  // From [-1, 1).
  double uniform() { return static_cast<double>(next() >> 11) * 0x1p-52 - 1; }
};

struct Sample {
  double inputs[2];
  double label;
};

struct Workload {
  static constexpr int widths[4] = {2, 16, 16, 1};
  static constexpr int layers = 3;
  static constexpr double learning_rate = 0.1;

  std::vector<Sample> samples;
  // Of each neuron its weights, then its bias; neuron by neuron, layer by layer.
  std::vector<double> parameters;

  Workload() {
    SplitMix64 random{42};
    for (int i = 0; i < 100; ++i) {
      double x = random.uniform(), y = random.uniform();
      samples.push_back({{x, y}, x * y > 0 ? 1.0 : -1.0});
    }
    for (int layer = 0; layer < layers; ++layer) {
      double limit = std::sqrt(3.0 / widths[layer]);
      for (int neuron = 0; neuron < widths[layer + 1]; ++neuron) {
        for (int i = 0; i < widths[layer]; ++i) parameters.push_back(random.uniform() * limit);
        parameters.push_back(0);
      }
    }
  }

  void update(const std::vector<double>& gradients) {
    for (std::size_t i = 0; i < parameters.size(); ++i) parameters[i] -= learning_rate * gradients[i];
  }
};

template <class Scalar>
Scalar relu(const Scalar& x) {
  return x > 0 ? x : Scalar(0);
}

// The mean loss as plain products and sums, for any scalar type that overloads the operators. Inputs and labels stay
// plain numbers, which saves every peer the derivatives by them.
template <class Scalar>
Scalar mean_loss(const Workload& work, const std::vector<Scalar>& parameters) {
  Scalar total = 0;
  std::vector<Scalar> values, outputs;
  for (const Sample& sample : work.samples) {
    const Scalar* parameter = parameters.data();
    for (int layer = 0; layer < Workload::layers; ++layer) {
      int width = Workload::widths[layer];
      outputs.clear();
      for (int neuron = 0; neuron < Workload::widths[layer + 1]; ++neuron, parameter += width + 1) {
        Scalar sum = parameter[width];
        for (int i = 0; i < width; ++i) {
          if (layer == 0) {
            sum += parameter[i] * sample.inputs[i];
          } else {
            sum += parameter[i] * values[i];
          }
        }
        outputs.push_back(layer + 1 < Workload::layers ? relu(sum) : sum);
      }
      std::swap(values, outputs);
    }
    total += relu(Scalar(1 - sample.label * values[0]));
  }
  return total / static_cast<double>(work.samples.size());
}

using Clock = std::chrono::steady_clock;

// Milliseconds of the parts of a step.
struct Phases {
  double forward = 0, backward = 0, rest = 0;
  double total() const { return forward + backward + rest; }
};

// Reads the clock between the parts of a step.
class Stopwatch {
  Clock::time_point last = Clock::now();

 public:
  void lap(double& phase) {
    auto now = Clock::now();
    phase += std::chrono::duration<double, std::milli>(now - last).count();
    last = now;
  }
};

// How long to measure, from the command line.
struct Settings {
  std::string variant;
  int steps;
  double seconds;

  Settings(int count, char** arguments, const std::vector<std::string>& variants) {
    if (count == 4) {
      variant = arguments[1];
      steps = std::atoi(arguments[2]);
      seconds = std::atof(arguments[3]);
    }
    bool is_known = std::find(variants.begin(), variants.end(), variant) != variants.end();
    if (count == 4 && is_known && steps > 0 && seconds > 0) return;
    std::string names;
    for (const std::string& name : variants) names += (names.empty() ? "" : "|") + name;
    std::fprintf(stderr, "usage: %s %s STEPS SECONDS\n", arguments[0], names.c_str());
    std::exit(2);
  }
};

// Trains for `steps` steps from the initial parameters, again and again until the time is up, and prints one line of
// JSON. `take_step(work, phases)` takes one step, adds up its phases, and returns the loss before the update.
template <class TakeStep>
void measure(const Settings& settings, const std::string& peer, TakeStep take_step) {
  std::vector<Phases> runs;
  std::vector<double> losses;
  auto start = Clock::now();
  bool is_warm = false;
  while (runs.size() < 3 || std::chrono::duration<double>(Clock::now() - start).count() < settings.seconds) {
    Workload work;
    Phases phases;
    losses.clear();
    for (int step = 0; step < settings.steps; ++step) losses.push_back(take_step(work, phases));
    if (is_warm) {
      runs.push_back(phases);
    } else {
      is_warm = true;
      start = Clock::now();
    }
  }
  std::sort(runs.begin(), runs.end(), [](auto& a, auto& b) { return a.total() < b.total(); });
  const Phases &best = runs.front(), &median = runs[runs.size() / 2];
  double steps = settings.steps;
  std::printf(
      "{\"peer\": \"%s\", \"variant\": \"%s\", \"unit\": \"ms/step\", \"min\": %.6f, \"median\": %.6f, "
      "\"parts\": {\"forward\": %.6f, \"backward\": %.6f, \"rest\": %.6f}, \"losses\": [",
      peer.c_str(), settings.variant.c_str(), best.total() / steps, median.total() / steps, best.forward / steps,
      best.backward / steps, best.rest / steps);
  for (std::size_t i = 0; i < losses.size(); ++i) std::printf("%s%.17g", i == 0 ? "" : ", ", losses[i]);
  std::printf("]}\n");
}
