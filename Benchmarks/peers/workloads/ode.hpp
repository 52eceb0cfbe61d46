// GradBench's ODE; Sources/workloads/ODE.swift has the formula.
#pragma once
#include "numbers.hpp"

struct ODE {
  int steps;
  bool is_sum;
  Vector point;

  ODE(int equations, int steps, bool is_sum)
      : steps(steps), is_sum(is_sum), point(Numbers().list(equations, 0, 1)) {}

  template <class T>
  static void slope(const std::vector<T>& x, const std::vector<T>& y, std::vector<T>& result) {
    result[0] = x[0];
    for (std::size_t i = 1; i < x.size(); ++i) result[i] = x[i] * y[i - 1];
  }

  template <class T>
  T objective(const std::vector<T>& x) const {
    std::size_t n = x.size();
    double h = 2 / static_cast<double>(steps);
    std::vector<T> y(n, T(0)), u(n), k1(n), k2(n), k3(n), k4(n);
    for (int step = 0; step < steps; ++step) {
      slope(x, y, k1);
      for (std::size_t i = 0; i < n; ++i) u[i] = y[i] + k1[i] * (h / 2);
      slope(x, u, k2);
      for (std::size_t i = 0; i < n; ++i) u[i] = y[i] + k2[i] * (h / 2);
      slope(x, u, k3);
      for (std::size_t i = 0; i < n; ++i) u[i] = y[i] + k3[i] * h;
      slope(x, u, k4);
      for (std::size_t i = 0; i < n; ++i) y[i] += (k1[i] + (k2[i] + k3[i]) * 2.0 + k4[i]) * (h / 6);
    }
    if (!is_sum) return y[n - 1];
    T sum = y[0];
    for (std::size_t i = 1; i < n; ++i) sum += y[i];
    return sum;
  }

  // The adjoint method: the states of all stages are kept, and the steps are taken back.
  Vector by_hand() const {
    std::size_t n = point.size();
    const Vector& x = point;
    double h = 2 / static_cast<double>(steps);
    std::vector<std::array<Vector, 4>> stages(steps);
    Vector y(n), k1(n), k2(n), k3(n), k4(n);
    for (auto& [first, second, third, fourth] : stages) {
      first = y;
      second = third = fourth = Vector(n);
      slope(x, first, k1);
      for (std::size_t i = 0; i < n; ++i) second[i] = y[i] + k1[i] * (h / 2);
      slope(x, second, k2);
      for (std::size_t i = 0; i < n; ++i) third[i] = y[i] + k2[i] * (h / 2);
      slope(x, third, k3);
      for (std::size_t i = 0; i < n; ++i) fourth[i] = y[i] + k3[i] * h;
      slope(x, fourth, k4);
      for (std::size_t i = 0; i < n; ++i) y[i] += (k1[i] + (k2[i] + k3[i]) * 2 + k4[i]) * (h / 6);
    }
    Vector result(1 + n), to_y(n, is_sum ? 1 : 0), to_k(n), before(n);
    to_y[n - 1] = 1;
    if (is_sum) {
      for (double part : y) result[0] += part;
    } else {
      result[0] = y[n - 1];
    }
    double* to_x = &result[1];
    // Hands the adjoint of a slope on to x, and returns that of the state: to_state[i] = to_k[i + 1]·x[i + 1].
    auto state_part = [&](std::size_t i) { return i + 1 < n ? to_k[i + 1] * x[i + 1] : 0; };
    auto add_to_x = [&](const Vector& state) {
      to_x[0] += to_k[0];
      for (std::size_t i = 1; i < n; ++i) to_x[i] += to_k[i] * state[i - 1];
    };
    for (int step = steps - 1; step >= 0; --step) {
      const auto& stage = stages[step];
      before = to_y;
      for (std::size_t i = 0; i < n; ++i) to_k[i] = before[i] * (h / 6);
      add_to_x(stage[3]);
      const double factors[3] = {h, h / 2, h / 2}, weights[3] = {h / 3, h / 3, h / 6};
      for (int s = 0; s < 3; ++s) {
        for (std::size_t i = 0; i < n; ++i) {
          double part = state_part(i);
          to_y[i] += part;
          to_k[i] = before[i] * weights[s] + part * factors[s];
        }
        add_to_x(stage[2 - s]);
      }
      for (std::size_t i = 0; i < n; ++i) to_y[i] += state_part(i);
    }
    return result;
  }
};
