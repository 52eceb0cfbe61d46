// GradBench's llsq; Sources/workloads/LeastSquares.swift has the formula.
#pragma once
#include "numbers.hpp"

struct LeastSquares {
  int samples;
  Vector point;

  LeastSquares(int samples, int coefficients) : samples(samples), point(Numbers().list(coefficients, 0, 1)) {}

  double time(int i) const { return -1 + 2 * static_cast<double>(i) / (samples - 1); }
  static double sign(double t) { return t > 0 ? 1 : t < 0 ? -1 : 0; }

  template <class T>
  T objective(const std::vector<T>& x) const {
    T total = 0;
    for (int i = 0; i < samples; ++i) {
      double t = time(i), power = 1;
      T rest = sign(t);
      for (const T& coefficient : x) {
        rest -= coefficient * power;
        power *= t;
      }
      total += rest * rest;
    }
    return total / 2.0;
  }

  Vector by_hand() const {
    int m = static_cast<int>(point.size());
    Vector result(1 + m), powers(m);
    for (int i = 0; i < samples; ++i) {
      double t = time(i), rest = sign(t), power = 1;
      for (int j = 0; j < m; ++j) {
        powers[j] = power;
        rest -= point[j] * power;
        power *= t;
      }
      result[0] += rest * rest / 2;
      for (int j = 0; j < m; ++j) result[1 + j] -= rest * powers[j];
    }
    return result;
  }
};
