// ADBench's BA; Sources/workloads/BundleAdjustment.swift has the formula.
#pragma once
#include "numbers.hpp"

struct BundleAdjustment {
  static constexpr int inputs = 15, outputs = 2;
  int cameras, points, count;
  Vector camera, place, weight, seen;

  BundleAdjustment(int cameras, int points, int observations) : cameras(cameras), points(points), count(observations) {
    Numbers numbers;
    for (int i = 0; i < cameras; ++i) {
      numbers.append(camera, 3, -0.5, 0.5);
      numbers.append(camera, 2, -0.5, 0.5);
      numbers.append(camera, 1, -6, -5);
      numbers.append(camera, 1, 400, 800);
      numbers.append(camera, 2, -10, 10);
      numbers.append(camera, 2, -0.1, 0.1);
    }
    place = numbers.list(points * 3, -1, 1);
    weight = numbers.list(observations, 0.5, 1.5);
    seen = numbers.list(observations * 2, -100, 100);
  }

  Vector point(int index) const {
    const double *c = &camera[index % cameras * 11], *p = &place[index % points * 3];
    Vector result(c, c + 11);
    result.insert(result.end(), p, p + 3);
    result.push_back(weight[index]);
    return result;
  }

  template <class T>
  static void cross(const T* a, const T* b, T* result) {
    for (int i = 0; i < 3; ++i) result[i] = a[(i + 1) % 3] * b[(i + 2) % 3] - a[(i + 2) % 3] * b[(i + 1) % 3];
  }

  template <class T>
  static void rotate(const T* x, const T* r, T* result) {
    using std::cos;
    using std::sin;
    using std::sqrt;
    T square = r[0] * r[0] + r[1] * r[1] + r[2] * r[2], axis[3], turned[3];
    if (number(square) == 0) {
      cross(r, x, turned);
      for (int i = 0; i < 3; ++i) result[i] = x[i] + turned[i];
      return;
    }
    T angle = sqrt(square), cosine = cos(angle), sine = sin(angle);
    for (int i = 0; i < 3; ++i) axis[i] = r[i] / angle;
    cross(axis, x, turned);
    T along = (axis[0] * x[0] + axis[1] * x[1] + axis[2] * x[2]) * (1.0 - cosine);
    for (int i = 0; i < 3; ++i) result[i] = x[i] * cosine + turned[i] * sine + axis[i] * along;
  }

  template <class T>
  void results(int index, const std::vector<T>& x, std::vector<T>& result) const {
    T moved[3], y[3], p[2];
    for (int i = 0; i < 3; ++i) moved[i] = x[11 + i] - x[3 + i];
    rotate(moved, x.data(), y);
    for (int i = 0; i < 2; ++i) p[i] = y[i] / y[2];
    T square = p[0] * p[0] + p[1] * p[1];
    T distortion = x[9] * square + x[10] * square * square + 1.0;
    for (int i = 0; i < 2; ++i) {
      result[i] = x[14] * (p[i] * distortion * x[6] + x[7 + i] - seen[2 * index + i]);
    }
  }

  // The values of all observations, then their Jacobians.
  Vector by_hand() const {
    Vector result(count * (outputs + outputs * inputs));
    for (int i = 0; i < count; ++i) {
      block(i, &result[i * outputs], &result[count * outputs + i * outputs * inputs]);
    }
    return result;
  }

 private:
  void block(int index, double* value, double* jacobian) const {
    const double *c = &camera[index % cameras * 11], *X = &place[index % points * 3];
    double w = weight[index], x[3], axis[3], turned[3], y[3];
    for (int i = 0; i < 3; ++i) x[i] = X[i] - c[3 + i];
    // No camera has a rotation of 0.
    double angle = std::sqrt(c[0] * c[0] + c[1] * c[1] + c[2] * c[2]), cosine = std::cos(angle), sine = std::sin(angle);
    for (int i = 0; i < 3; ++i) axis[i] = c[i] / angle;
    cross(axis, x, turned);
    double projection = axis[0] * x[0] + axis[1] * x[1] + axis[2] * x[2], along = projection * (1 - cosine);
    for (int i = 0; i < 3; ++i) y[i] = x[i] * cosine + turned[i] * sine + axis[i] * along;
    double p[2] = {y[0] / y[2], y[1] / y[2]}, square = p[0] * p[0] + p[1] * p[1];
    double distortion = 1 + c[9] * square + c[10] * square * square, slope = 2 * (c[9] + 2 * c[10] * square);
    // The derivatives of the rotated point: with respect to the rotation, and to the point, which is the rotation's matrix.
    double to_rotation[3][3], matrix[3][3];
    for (int j = 0; j < 3; ++j) {
      double b[3], crossed[3], part = 0;
      for (int i = 0; i < 3; ++i) b[i] = ((i == j) - axis[i] * axis[j]) / angle;
      cross(b, x, crossed);
      for (int i = 0; i < 3; ++i) part += b[i] * x[i];
      for (int i = 0; i < 3; ++i) {
        to_rotation[i][j] = axis[j] * (-x[i] * sine + turned[i] * cosine + axis[i] * projection * sine) +
                            sine * crossed[i] + (1 - cosine) * (b[i] * projection + axis[i] * part);
        matrix[i][j] = (i == j) * cosine + axis[i] * axis[j] * (1 - cosine);
      }
    }
    for (int i = 0; i < 3; ++i) {
      int j = (i + 1) % 3, k = (i + 2) % 3;
      matrix[i][j] -= sine * axis[k];
      matrix[i][k] += sine * axis[j];
    }
    for (int row = 0; row < 2; ++row, jacobian += inputs) {
      double q = p[row] * distortion, error = q * c[6] + c[7 + row] - seen[2 * index + row], to_p[2], to_y[3];
      value[row] = w * error;
      for (int i = 0; i < 2; ++i) to_p[i] = w * c[6] * ((i == row) * distortion + p[row] * slope * p[i]);
      to_y[0] = to_p[0] / y[2];
      to_y[1] = to_p[1] / y[2];
      to_y[2] = -(to_p[0] * p[0] + to_p[1] * p[1]) / y[2];
      for (int j = 0; j < 3; ++j) {
        double rotation = 0, point = 0;
        for (int i = 0; i < 3; ++i) rotation += to_y[i] * to_rotation[i][j], point += to_y[i] * matrix[i][j];
        jacobian[j] = rotation;
        jacobian[3 + j] = -point;
        jacobian[11 + j] = point;
      }
      jacobian[6] = w * q;
      jacobian[7 + row] = w;
      jacobian[8 - row] = 0;
      jacobian[9] = w * c[6] * p[row] * square;
      jacobian[10] = w * c[6] * p[row] * square * square;
      jacobian[14] = error;
    }
  }
};
