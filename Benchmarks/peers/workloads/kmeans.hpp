// GradBench's k-means; Sources/workloads/KMeans.swift has the formula.
#pragma once
#include "numbers.hpp"

struct KMeans {
  int count, dimensions;
  Vector points, point;

  KMeans(int points, int centres, int dimensions) : count(points), dimensions(dimensions) {
    this->points = Numbers().list(points * dimensions, 0, 1);
    point = Vector(this->points.end() - centres * dimensions, this->points.end());
  }

  template <class T>
  T objective(const std::vector<T>& x) const {
    int centres = static_cast<int>(x.size()) / dimensions;
    T total = 0;
    for (int i = 0; i < count; ++i) {
      T closest = 0;
      for (int c = 0; c < centres; ++c) {
        T distance = 0;
        for (int j = 0; j < dimensions; ++j) {
          T difference = x[c * dimensions + j] - points[i * dimensions + j];
          distance += difference * difference;
        }
        if (c == 0 || number(distance) < number(closest)) closest = distance;
      }
      total += closest;
    }
    return total;
  }

  // The value, the gradient and the diagonal of the Hessian.
  Vector by_hand() const {
    int size = static_cast<int>(point.size()), centres = size / dimensions;
    Vector result(1 + 2 * size);
    for (int i = 0; i < count; ++i) {
      const double* p = &points[i * dimensions];
      int best = 0;
      double closest = 0;
      for (int c = 0; c < centres; ++c) {
        double distance = 0;
        for (int j = 0; j < dimensions; ++j) {
          double difference = point[c * dimensions + j] - p[j];
          distance += difference * difference;
        }
        if (c == 0 || distance < closest) closest = distance, best = c;
      }
      result[0] += closest;
      for (int j = 0; j < dimensions; ++j) {
        result[1 + best * dimensions + j] += 2 * (point[best * dimensions + j] - p[j]);
        result[1 + size + best * dimensions + j] += 2;
      }
    }
    return result;
  }
};
