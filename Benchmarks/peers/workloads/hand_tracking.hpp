// ADBench's HAND; Sources/workloads/HandTracking.swift has the formula.
#pragma once
#include "numbers.hpp"

struct HandTracking {
  static constexpr int inputs = 26, bones = 22, vertices = 544, count = 1;
  int measured, outputs;
  int parents[bones];
  Vector places, absolutes, skin, weights, points, pose;

  // A matrix of 3 × 4; the fourth row is 0, 0, 0, 1.
  template <class T>
  struct Frame {
    T entries[3][4];
  };

  explicit HandTracking(int measured) : measured(measured), outputs(3 * measured) {
    Numbers numbers;
    for (int bone = 0; bone < bones; ++bone) {
      parents[bone] = bone == 0 ? -1 : bone == 21 || bone % 4 == 1 ? 0 : bone - 1;
    }
    places = numbers.list(bones * 3, -1, 1);
    absolutes = places;
    for (int bone = 1; bone < bones; ++bone) {
      for (int i = 0; i < 3; ++i) absolutes[bone * 3 + i] += absolutes[parents[bone] * 3 + i];
    }
    skin = numbers.list(vertices * 3, -2, 2);
    weights = numbers.list(vertices * bones, 0.1, 1);
    for (int vertex = 0; vertex < vertices; ++vertex) {
      double total = 0;
      for (int bone = 0; bone < bones; ++bone) total += weights[vertex * bones + bone];
      for (int bone = 0; bone < bones; ++bone) weights[vertex * bones + bone] /= total;
    }
    points = numbers.list(measured * 3, -2, 2);
    pose = numbers.list(inputs, -0.5, 0.5);
  }

  Vector point(int) const { return pose; }

  // The vertices that points are measured at are spread over the skin.
  static int vertex(int point) { return point * 5 % vertices; }

  // The index of the first of a bone's angles among all parameters, and their number: the first three bones of a finger
  // bend about x, the first one about z as well.
  static int first_angle(int bone) {
    int joint = (bone - 1) % 4, start = 6 + 4 * ((bone - 1) / 4);
    return joint == 0 ? start : start + 1 + joint;
  }
  static int angles(int bone) {
    int joint = (bone - 1) % 4;
    return bone == 0 || bone == 21 || joint == 3 ? 0 : joint == 0 ? 2 : 1;
  }

  template <class A, class B, class T>
  static void multiply(const Frame<A>& a, const Frame<B>& b, Frame<T>& result) {
    for (int r = 0; r < 3; ++r) {
      for (int c = 0; c < 4; ++c) {
        T sum = a.entries[r][0] * b.entries[0][c] + a.entries[r][1] * b.entries[1][c] + a.entries[r][2] * b.entries[2][c];
        if (c == 3) sum += a.entries[r][3];
        result.entries[r][c] = sum;
      }
    }
  }

  static Frame<double> translation(const double* offset, double sign) {
    return {{{1, 0, 0, sign * offset[0]}, {0, 1, 0, sign * offset[1]}, {0, 0, 1, sign * offset[2]}}};
  }

  template <class T>
  Frame<T> euler(const T* theta, int bone) const {
    using std::cos;
    using std::sin;
    if (angles(bone) == 0) return {{{1, 0, 0, 0}, {0, 1, 0, 0}, {0, 0, 1, 0}}};
    T x = theta[first_angle(bone)], z = angles(bone) == 2 ? theta[first_angle(bone) + 1] : T(0);
    T cx = cos(x), sx = sin(x), cz = cos(z), sz = sin(z);
    return {{{cz, -sz * cx, sz * sx, 0}, {sz, cz * cx, -cz * sx, 0}, {0, sx, cx, 0}}};
  }

  template <class T>
  void bone_transforms(const T* theta, Frame<T>* transforms) const {
    Frame<T> frames[bones], relative;
    for (int bone = 0; bone < bones; ++bone) {
      multiply(translation(&places[bone * 3], 1), euler(theta, bone), relative);
      if (parents[bone] < 0) {
        frames[bone] = relative;
      } else {
        multiply(frames[parents[bone]], relative, frames[bone]);
      }
      multiply(frames[bone], translation(&absolutes[bone * 3], -1), transforms[bone]);
    }
  }

  template <class T>
  static void rotation(const T* r, T m[3][3]) {
    using std::cos;
    using std::sin;
    using std::sqrt;
    T angle = sqrt(r[0] * r[0] + r[1] * r[1] + r[2] * r[2]);
    T x = r[0] / angle, y = r[1] / angle, z = r[2] / angle, s = sin(angle), c = cos(angle), d = 1.0 - c;
    m[0][0] = x * x * d + c, m[0][1] = x * y * d - z * s, m[0][2] = x * z * d + y * s;
    m[1][0] = x * y * d + z * s, m[1][1] = y * y * d + c, m[1][2] = y * z * d - x * s;
    m[2][0] = x * z * d - y * s, m[2][1] = y * z * d + x * s, m[2][2] = z * z * d + c;
  }

  template <class T>
  void results(int, const std::vector<T>& theta, std::vector<T>& result) const {
    Frame<T> transforms[bones];
    bone_transforms(theta.data(), transforms);
    std::vector<T> positions(vertices * 3, T(0));
    for (int v = 0; v < vertices; ++v) {
      for (int bone = 0; bone < bones; ++bone) {
        for (int r = 0; r < 3; ++r) {
          const T* row = transforms[bone].entries[r];
          positions[v * 3 + r] += (row[0] * skin[v * 3] + row[1] * skin[v * 3 + 1] + row[2] * skin[v * 3 + 2] + row[3]) *
                                  weights[v * bones + bone];
        }
      }
    }
    T m[3][3];
    rotation(theta.data(), m);
    for (int i = 0; i < measured; ++i) {
      const T* p = &positions[vertex(i) * 3];
      for (int r = 0; r < 3; ++r) {
        result[i * 3 + r] = points[i * 3 + r] - (m[r][0] * p[0] + m[r][1] * p[1] + m[r][2] * p[2] + theta[3 + r]);
      }
    }
  }

  // The values, then the Jacobian. Only the vertices that count are moved, and only the bones that follow an angle are
  // differentiated.
  Vector by_hand() const {
    Vector result(outputs + outputs * inputs);
    double *values = result.data(), *jacobian = values + outputs;
    const double* theta = pose.data();
    Frame<double> frames[bones], transforms[bones], slopes[bones], relative;
    for (int bone = 0; bone < bones; ++bone) {
      multiply(translation(&places[bone * 3], 1), euler(theta, bone), relative);
      if (bone == 0) {
        frames[0] = relative;
      } else {
        multiply(frames[parents[bone]], relative, frames[bone]);
      }
      multiply(frames[bone], translation(&absolutes[bone * 3], -1), transforms[bone]);
    }
    double m[3][3];
    rotation(theta, m);
    Vector positions(measured * 3);
    for (int i = 0; i < measured; ++i) place(i, transforms, 0, bones, &positions[i * 3]);
    for (int i = 0; i < measured; ++i) {
      const double* p = &positions[i * 3];
      for (int r = 0; r < 3; ++r) {
        values[i * 3 + r] = points[i * 3 + r] - (m[r][0] * p[0] + m[r][1] * p[1] + m[r][2] * p[2] + theta[3 + r]);
        jacobian[(i * 3 + r) * inputs + 3 + r] = -1;
      }
    }
    for (int j = 0; j < 3; ++j) {
      double slope[3][3];
      rotation_slope(theta, j, slope);
      for (int i = 0; i < measured; ++i) write(slope, &positions[i * 3], i, j, jacobian);
    }
    for (int bone = 1; bone < 21; ++bone) {
      // The bones of the same finger from this one on.
      int end = bone + 4 - (bone - 1) % 4;
      for (int angle = 0; angle < angles(bone); ++angle) {
        multiply(translation(&places[bone * 3], 1), euler_slope(theta, bone, angle == 1), relative);
        for (int r = 0; r < 3; ++r) relative.entries[r][3] = 0;
        Frame<double> parent = frames[parents[bone]];
        for (int r = 0; r < 3; ++r) parent.entries[r][3] = 0;
        multiply(parent, relative, slopes[bone]);
        for (int b = bone + 1; b < end; ++b) {
          Frame<double> step;
          multiply(translation(&places[b * 3], 1), euler(theta, b), step);
          multiply(slopes[b - 1], step, slopes[b]);
        }
        for (int b = bone; b < end; ++b) {
          multiply(slopes[b], translation(&absolutes[b * 3], -1), relative);
          slopes[b] = relative;
        }
        for (int i = 0; i < measured; ++i) {
          double moved[3];
          place(i, slopes, bone, end, moved);
          write(m, moved, i, first_angle(bone) + angle, jacobian);
        }
      }
    }
    return result;
  }

 private:
  // Where some bones take the vertex of a measured point.
  void place(int i, const Frame<double>* transforms, int begin, int end, double* result) const {
    int v = vertex(i);
    const double* s = &skin[v * 3];
    result[0] = result[1] = result[2] = 0;
    for (int bone = begin; bone < end; ++bone) {
      double weight = weights[v * bones + bone];
      for (int r = 0; r < 3; ++r) {
        const double* row = transforms[bone].entries[r];
        result[r] += weight * (row[0] * s[0] + row[1] * s[1] + row[2] * s[2] + row[3]);
      }
    }
  }

  static void write(const double m[3][3], const double* p, int i, int column, double* jacobian) {
    for (int r = 0; r < 3; ++r) {
      jacobian[(i * 3 + r) * inputs + column] = -(m[r][0] * p[0] + m[r][1] * p[1] + m[r][2] * p[2]);
    }
  }

  Frame<double> euler_slope(const double* theta, int bone, bool about_z) const {
    double x = theta[first_angle(bone)], z = angles(bone) == 2 ? theta[first_angle(bone) + 1] : 0;
    double cx = std::cos(x), sx = std::sin(x), cz = std::cos(z), sz = std::sin(z);
    if (about_z) return {{{-sz, -cz * cx, cz * sx, 0}, {cz, -sz * cx, sz * sx, 0}, {0, 0, 0, 0}}};
    return {{{0, sz * sx, sz * cx, 0}, {0, -cz * sx, -cz * cx, 0}, {0, cx, -sx, 0}}};
  }

  // The derivative of the rotation's matrix with respect to r[j].
  static void rotation_slope(const double* r, int j, double m[3][3]) {
    double angle = std::sqrt(r[0] * r[0] + r[1] * r[1] + r[2] * r[2]), s = std::sin(angle), c = std::cos(angle);
    double a[3], b[3];
    for (int i = 0; i < 3; ++i) a[i] = r[i] / angle;
    for (int i = 0; i < 3; ++i) b[i] = ((i == j) - a[i] * a[j]) / angle;
    for (int i = 0; i < 3; ++i) {
      for (int k = 0; k < 3; ++k) m[i][k] = (b[i] * a[k] + a[i] * b[k]) * (1 - c) + a[i] * a[k] * s * a[j];
      m[i][i] -= s * a[j];
    }
    for (int i = 0; i < 3; ++i) {
      int k = (i + 1) % 3, l = (i + 2) % 3;
      m[i][k] -= c * a[j] * a[l] + s * b[l];
      m[i][l] += c * a[j] * a[k] + s * b[k];
    }
  }
};
