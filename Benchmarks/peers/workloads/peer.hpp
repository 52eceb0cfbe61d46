// The workloads by their names, and how a peer runs, is timed and reports.
//
// A peer's program defines a class with `name`, `variants`, and
//
//   template <class W> bool gradient(const std::string& variant, const W& work, Vector& result)
//   template <class W> bool jacobians(const std::string& variant, const W& work, Vector& result)
//   bool second_order(const std::string& variant, const KMeans& work, Vector& result)
//
// that compute the values and behind them the derivatives once, or return false if the variant has no way to.
#pragma once
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <string>

#include "bundle_adjustment.hpp"
#include "determinant.hpp"
#include "gaussian_mixture.hpp"
#include "hand_tracking.hpp"
#include "kmeans.hpp"
#include "least_squares.hpp"
#include "log_sum_exp.hpp"
#include "lstm.hpp"
#include "ode.hpp"

using Run = std::function<bool(Vector&)>;

// What computes the derivatives of a workload once; empty if there is no such workload.
template <class Peer>
Run run_of(Peer& peer, const std::string& name, const std::string& variant) {
  auto gradient = [&](auto work) -> Run {
    return [work, &peer, variant](Vector& result) { return peer.gradient(variant, work, result); };
  };
  auto jacobians = [&](auto work) -> Run {
    return [work, &peer, variant](Vector& result) { return peer.jacobians(variant, work, result); };
  };
  if (name == "gmm-2-5") return gradient(GaussianMixture(2, 5, 1000));
  if (name == "gmm-10-25") return gradient(GaussianMixture(10, 25, 1000));
  if (name == "gmm-20-25") return gradient(GaussianMixture(20, 25, 1000));
  if (name == "gmm-32-25") return gradient(GaussianMixture(32, 25, 1000));
  if (name == "llsq") return gradient(LeastSquares(1024, 128));
  if (name == "lstm") return gradient(LSTM(2, 1024));
  if (name == "ode-10") return gradient(ODE(1000, 10, false));
  if (name == "ode-100") return gradient(ODE(1000, 100, false));
  if (name == "ode-sum-10") return gradient(ODE(1000, 10, true));
  if (name == "ode-sum-100") return gradient(ODE(1000, 100, true));
  if (name == "det") return gradient(Determinant(8));
  if (name == "lse") return gradient(LogSumExp(100000));
  if (name == "ba") return jacobians(BundleAdjustment(49, 7776, 31843));
  if (name == "hand") return jacobians(HandTracking(100));
  if (name == "kmeans") {
    KMeans work(1000, 10, 8);
    return [work, &peer, variant](Vector& result) { return peer.second_order(variant, work, result); };
  }
  return {};
}

inline void save(const Vector& numbers, const char* path) {
  std::FILE* file = std::fopen(path, "wb");
  if (!file || std::fwrite(numbers.data(), sizeof(double), numbers.size(), file) != numbers.size() || std::fclose(file)) {
    std::fprintf(stderr, "cannot write %s\n", path);
    std::exit(1);
  }
}

// PROGRAM WORKLOAD VARIANT SECONDS [RESULTS]: measures, three runs at least, prints one line of JSON, and writes what was
// computed to RESULTS. Without arguments it lists its variants. If the variant has no way to the workload, it prints an empty line.
template <class Peer>
int run_peer(int count, char** arguments, Peer&& peer) {
  if (count != 4 && count != 5) {
    for (const std::string& variant : peer.variants) std::printf("%s\n", variant.c_str());
    return 0;
  }
  std::string name = arguments[1], variant = arguments[2];
  double seconds = std::atof(arguments[3]);
  Run run = run_of(peer, name, variant);
  bool is_known = std::find(peer.variants.begin(), peer.variants.end(), variant) != peer.variants.end();
  if (!run || !is_known || !(seconds > 0)) {
    std::fprintf(stderr, "usage: %s WORKLOAD VARIANT SECONDS [RESULTS]; there is no %s, %s\n", arguments[0], name.c_str(),
                 variant.c_str());
    return 2;
  }
  Vector result;
  if (!run(result)) {
    std::printf("\n");
    return 0;
  }
  if (count == 5) save(result, arguments[4]);
  using Clock = std::chrono::steady_clock;
  std::vector<double> times;
  auto begin = Clock::now();
  while (times.size() < 3 || std::chrono::duration<double>(Clock::now() - begin).count() < seconds) {
    auto start = Clock::now();
    run(result);
    times.push_back(std::chrono::duration<double, std::milli>(Clock::now() - start).count());
  }
  std::sort(times.begin(), times.end());
  std::printf("{\"peer\": \"%s\", \"workload\": \"%s\", \"variant\": \"%s\", \"ms\": %.6g, \"median\": %.6g}\n",
              peer.name.c_str(), name.c_str(), variant.c_str(), times.front(), times[times.size() / 2]);
  return 0;
}

// The values of all blocks, then all derivatives, of a function that computes one block.
template <class W, class Block>
void in_blocks(const W& work, Vector& result, Block block) {
  std::size_t outputs = work.outputs, inputs = W::inputs, count = work.count;
  result.resize(count * outputs * (1 + inputs));
  for (std::size_t i = 0; i < count; ++i) {
    block(static_cast<int>(i), &result[i * outputs], &result[count * outputs + i * outputs * inputs]);
  }
}
