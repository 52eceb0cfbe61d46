// What the workloads share: pseudo-random inputs, the same as in Sources/workloads/Numbers.swift, and the number of a scalar.
#pragma once
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <vector>

using Vector = std::vector<double>;

// Knuth's linear congruential generator with 64 bits, of which the upper 53 count.
class Numbers {
  std::uint64_t state = 1;

 public:
  double next(double lower, double upper) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    return lower + (upper - lower) * (static_cast<double>(state >> 11) * 0x1p-53);
  }

  Vector list(int count, double lower, double upper) {
    Vector list(count);
    for (double& number : list) number = next(lower, upper);
    return list;
  }

  void append(Vector& list, int count, double lower, double upper) {
    for (int i = 0; i < count; ++i) list.push_back(next(lower, upper));
  }
};

// The number of a scalar, without derivatives, to decide by. Peers specialise it for their types.
template <class T>
double number(const T& x) {
  return x;
}

// log(exp(x[0]) + exp(x[1]) + ...); the largest is subtracted first, as a constant.
template <class T>
T log_sum_exp(const T* x, int count) {
  using std::exp;
  using std::log;
  double largest = number(x[0]);
  for (int i = 1; i < count; ++i) largest = std::max(largest, number(x[i]));
  T sum = exp(x[0] - largest);
  for (int i = 1; i < count; ++i) sum += exp(x[i] - largest);
  return log(sum) + largest;
}
