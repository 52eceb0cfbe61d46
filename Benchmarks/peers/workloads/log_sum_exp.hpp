// GradBench's lse.
#pragma once
#include "numbers.hpp"

struct LogSumExp {
  Vector point;

  explicit LogSumExp(int count) : point(Numbers().list(count, 0, 1)) {}

  template <class T>
  T objective(const std::vector<T>& x) const {
    return log_sum_exp(x.data(), static_cast<int>(x.size()));
  }

  Vector by_hand() const {
    Vector result(1 + point.size());
    double largest = *std::max_element(point.begin(), point.end()), sum = 0;
    for (std::size_t i = 0; i < point.size(); ++i) sum += result[1 + i] = std::exp(point[i] - largest);
    for (std::size_t i = 0; i < point.size(); ++i) result[1 + i] /= sum;
    result[0] = std::log(sum) + largest;
    return result;
  }
};
