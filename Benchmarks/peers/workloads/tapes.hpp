// Gradients and Jacobians by a peer whose tape is recorded and swept by two functions:
//
//   template <class F> void gradient_of(const Vector& point, Vector& result, F function)
//   template <class F> bool jacobian_of(const Vector& point, int outputs, double* values, double* jacobian, F function)
//
// The latter returns false if there is no way to.
#pragma once
#include "peer.hpp"

template <class Tape>
struct TapePeer {
  std::string name;
  Tape tape = {};
  std::vector<std::string> variants = {"tape"};

  template <class W>
  bool gradient(const std::string&, const W& work, Vector& result) {
    result.resize(1 + work.point.size());
    tape.gradient_of(work.point, result, [&](const auto& x) { return work.objective(x); });
    return true;
  }

  template <class W>
  bool jacobians(const std::string&, const W& work, Vector& result) {
    bool has_way = true;
    in_blocks(work, result, [&](int index, double* values, double* jacobian) {
      auto function = [&](const auto& x, auto& y) { work.results(index, x, y); };
      has_way = has_way && tape.jacobian_of(work.point(index), work.outputs, values, jacobian, function);
    });
    return has_way;
  }

  bool second_order(const std::string&, const KMeans&, Vector&) { return false; }
};
