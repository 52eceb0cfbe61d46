// GradBench's det; Sources/workloads/Determinant.swift has the formula.
#pragma once
#include "numbers.hpp"

struct Determinant {
  int size;
  Vector point;

  explicit Determinant(int size) : size(size), point(Numbers().list(size * size, 0, 1)) {}

  template <class T>
  T objective(const std::vector<T>& x) const {
    std::vector<int> columns(size);
    for (int i = 0; i < size; ++i) columns[i] = i;
    return minor(x, 0, columns);
  }

  template <class T>
  T minor(const std::vector<T>& x, int row, const std::vector<int>& columns) const {
    if (columns.size() == 1) return x[row * size + columns[0]];
    T sum = 0;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      std::vector<int> rest = columns;
      rest.erase(rest.begin() + i);
      T part = minor(x, row + 1, rest);
      if (i % 2 == 0) {
        sum += x[row * size + columns[i]] * part;
      } else {
        sum -= x[row * size + columns[i]] * part;
      }
    }
    return sum;
  }

  // The same expansion, with what each minor is multiplied by handed down: no other algorithm.
  Vector by_hand() const {
    std::vector<int> columns(size);
    for (int i = 0; i < size; ++i) columns[i] = i;
    Vector result(1 + point.size());
    result[0] = minor_with_gradient(0, columns, 1, &result[1]);
    return result;
  }

 private:
  double minor_with_gradient(int row, const std::vector<int>& columns, double factor, double* gradient) const {
    if (columns.size() == 1) {
      gradient[row * size + columns[0]] += factor;
      return point[row * size + columns[0]];
    }
    double sum = 0, sign = 1;
    for (std::size_t i = 0; i < columns.size(); ++i, sign = -sign) {
      std::vector<int> rest = columns;
      rest.erase(rest.begin() + i);
      int entry = row * size + columns[i];
      double part = sign * minor_with_gradient(row + 1, rest, sign * factor * point[entry], gradient);
      gradient[entry] += factor * part;
      sum += point[entry] * part;
    }
    return sum;
  }
};
