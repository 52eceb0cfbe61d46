// ADBench's GMM; Sources/workloads/GaussianMixture.swift has the formula.
#pragma once
#include "numbers.hpp"

struct GaussianMixture {
  int d, k, n;
  Vector data, point;
  double gamma = 1, m = 0;

  GaussianMixture(int dimensions, int components, int samples) : d(dimensions), k(components), n(samples) {
    Numbers numbers;
    data = numbers.list(n * d, 0, 1);
    point = numbers.list(k, -1, 1);
    numbers.append(point, k * d, 0, 1);
    numbers.append(point, k * d, -0.5, 0.5);
    numbers.append(point, k * entries(), -0.5, 0.5);
  }

  int entries() const { return d * (d - 1) / 2; }

  // Where a component's entry of row `row` and column `column` < `row` is, among all parameters.
  int entry(int component, int row, int column) const {
    return k + 2 * k * d + component * entries() + column * (2 * d - column - 1) / 2 + row - column - 1;
  }

  template <class T>
  T objective(const std::vector<T>& x) const {
    using std::exp;
    const T *alpha = x.data(), *mean = alpha + k, *q = mean + k * d;
    // The matrices row by row, of which row r has r + 1 entries, and what they add to a logarithm of a density.
    int size = d * (d + 1) / 2;
    std::vector<T> rows(k * size), weights(k), sums(k);
    for (int c = 0; c < k; ++c) {
      T* entry = rows.data() + c * size;
      T sum = q[c * d];
      for (int r = 0; r < d; ++r) {
        for (int s = 0; s < r; ++s) *entry++ = x[this->entry(c, r, s)];
        *entry++ = exp(q[c * d + r]);
        if (r > 0) sum += q[c * d + r];
      }
      sums[c] = sum;
      weights[c] = alpha[c] + sum;
    }
    T total = 0;
    std::vector<T> centered(d), terms(k);
    for (int i = 0; i < n; ++i) {
      for (int c = 0; c < k; ++c) {
        for (int j = 0; j < d; ++j) centered[j] = data[i * d + j] - mean[c * d + j];
        const T* entry = rows.data() + c * size;
        T distance = 0;
        for (int r = 0; r < d; ++r) {
          T sum = *entry++ * centered[0];
          for (int s = 1; s <= r; ++s) sum += *entry++ * centered[s];
          distance += sum * sum;
        }
        terms[c] = weights[c] - 0.5 * distance;
      }
      total += log_sum_exp(terms.data(), k);
    }
    total -= static_cast<double>(n) * log_sum_exp(alpha, k);
    for (int c = 0; c < k; ++c) {
      T squares = 0;
      for (int e = 0; e < size; ++e) squares += rows[c * size + e] * rows[c * size + e];
      total += m * sums[c] - 0.5 * gamma * gamma * squares;
    }
    return total;
  }

  // The value and the gradient, derived by hand.
  Vector by_hand() const {
    const double *alpha = point.data(), *mean = alpha + k, *q = mean + k * d;
    int size = d * (d + 1) / 2;
    Vector rows(k * size), to_rows(k * size), weights(k), sums(k), terms(k), z(k * d), centered(k * d), part(d);
    Vector result(1 + point.size());
    double *to_alpha = &result[1], *to_mean = to_alpha + k, *to_q = to_mean + k * d;
    for (int c = 0; c < k; ++c) {
      double* entry = &rows[c * size];
      for (int r = 0; r < d; ++r) {
        for (int s = 0; s < r; ++s) *entry++ = point[this->entry(c, r, s)];
        *entry++ = std::exp(q[c * d + r]);
        sums[c] += q[c * d + r];
      }
      weights[c] = alpha[c] + sums[c];
    }
    double total = 0;
    for (int i = 0; i < n; ++i) {
      for (int c = 0; c < k; ++c) {
        double *x = &centered[c * d], distance = 0;
        for (int j = 0; j < d; ++j) x[j] = data[i * d + j] - mean[c * d + j];
        const double* row = &rows[c * size];
        for (int r = 0; r < d; row += ++r) {
          double sum = 0;
          for (int s = 0; s <= r; ++s) sum += row[s] * x[s];
          z[c * d + r] = sum;
          distance += sum * sum;
        }
        terms[c] = weights[c] - 0.5 * distance;
      }
      double term = log_sum_exp(terms.data(), k);
      total += term;
      for (int c = 0; c < k; ++c) {
        double p = std::exp(terms[c] - term);
        to_alpha[c] += p;
        std::fill(part.begin(), part.end(), 0);
        const double *x = &centered[c * d], *row = &rows[c * size];
        double* to_row = &to_rows[c * size];
        for (int r = 0; r < d; ++r, row += r, to_row += r) {
          double weight = p * z[c * d + r];
          for (int s = 0; s <= r; ++s) {
            to_row[s] -= weight * x[s];
            part[s] += weight * row[s];
          }
        }
        for (int j = 0; j < d; ++j) to_mean[c * d + j] += part[j];
      }
    }
    // The sum of q has the derivatives of alpha, as far as the data go.
    for (int c = 0; c < k; ++c) {
      for (int j = 0; j < d; ++j) to_q[c * d + j] = to_alpha[c] + m;
    }
    double weight = log_sum_exp(alpha, k);
    total -= n * weight;
    for (int c = 0; c < k; ++c) {
      to_alpha[c] -= n * std::exp(alpha[c] - weight);
      total += m * sums[c];
      for (int r = 0, e = c * size; r < d; ++r) {
        for (int s = 0; s <= r; ++s, ++e) {
          total -= 0.5 * gamma * gamma * rows[e] * rows[e];
          double derivative = to_rows[e] - gamma * gamma * rows[e];
          if (s < r) {
            result[1 + entry(c, r, s)] = derivative;
          } else {
            to_q[c * d + r] += derivative * rows[e];
          }
        }
      }
    }
    result[0] = total;
    return result;
  }
};
