// CoDiPack. Reverse mode with both of its ways to give values an index (`linear`, `reuse`), and with two adjoints at once
// (`reverse vector`, for Jacobians with few results); forward mode with all derivatives at once (`forward vector`).
#include <codi.hpp>

#include "numbers.hpp"

template <>
double number(const codi::RealReverse& x) { return x.getValue(); }
template <>
double number(const codi::RealReverseIndex& x) { return x.getValue(); }
template <>
double number(const codi::RealReverseVec<2>& x) { return x.getValue(); }
template <>
double number(const codi::RealForwardVec<15>& x) { return x.getValue(); }
template <>
double number(const codi::RealForwardVec<26>& x) { return x.getValue(); }
using SecondOrder = codi::RealReverseGen<codi::RealForward>;
template <>
double number(const SecondOrder& x) { return x.getValue().getValue(); }

#include "peer.hpp"

struct CoDiPack {
  std::string name = "CoDiPack";
  std::vector<std::string> variants = {"linear", "reuse", "reverse vector", "forward vector"};

  template <class W>
  bool gradient(const std::string& variant, const W& work, Vector& result) {
    if (variant == "linear") return reverse<codi::RealReverse>(work, result);
    if (variant == "reuse") return reverse<codi::RealReverseIndex>(work, result);
    return false;
  }

  template <class W>
  bool jacobians(const std::string& variant, const W& work, Vector& result) {
    if (variant == "linear") return row_by_row<codi::RealReverse>(work, result);
    // Its adjoints of all blocks so far would be cleared for each row.
    if (variant == "reuse") return work.count == 1 && row_by_row<codi::RealReverseIndex>(work, result);
    if (variant == "reverse vector") return two_rows(work, result);
    return forward(work, result);
  }

  // Forward over reverse: the Hessian times a vector of ones, which is its diagonal.
  bool second_order(const std::string& variant, const KMeans& work, Vector& result) {
    if (variant != "linear") return false;
    auto& tape = SecondOrder::getTape();
    std::vector<SecondOrder> x(work.point.begin(), work.point.end());
    tape.setActive();
    for (auto& input : x) {
      input.value().gradient() = 1;
      tape.registerInput(input);
    }
    SecondOrder y = work.objective(x);
    tape.registerOutput(y);
    tape.setPassive();
    y.gradient().value() = 1;
    tape.evaluate();
    result.resize(1 + 2 * x.size());
    result[0] = number(y);
    for (std::size_t i = 0; i < x.size(); ++i) {
      result[1 + i] = x[i].gradient().value();
      result[1 + x.size() + i] = x[i].gradient().gradient();
    }
    tape.reset();
    return true;
  }

 private:
  template <class T, class W>
  bool reverse(const W& work, Vector& result) {
    auto& tape = T::getTape();
    std::vector<T> x(work.point.begin(), work.point.end());
    tape.setActive();
    for (T& input : x) tape.registerInput(input);
    T y = work.objective(x);
    tape.registerOutput(y);
    tape.setPassive();
    y.setGradient(1);
    tape.evaluate();
    result.resize(1 + x.size());
    result[0] = y.getValue();
    for (std::size_t i = 0; i < x.size(); ++i) result[1 + i] = x[i].getGradient();
    tape.reset();
    return true;
  }

  // Records a block and calls `sweep` with the tape, its inputs and results.
  template <class T, class W, class Sweep>
  void record(const W& work, int index, Sweep sweep) {
    auto& tape = T::getTape();
    Vector point = work.point(index);
    std::vector<T> x(point.begin(), point.end()), y(work.outputs);
    tape.setActive();
    for (T& input : x) tape.registerInput(input);
    work.results(index, x, y);
    for (T& output : y) tape.registerOutput(output);
    tape.setPassive();
    sweep(tape, x, y);
    tape.reset();
  }

  template <class T, class W>
  bool row_by_row(const W& work, Vector& result) {
    in_blocks(work, result, [&](int index, double* values, double* jacobian) {
      record<T>(work, index, [&](auto& tape, auto& x, auto& y) {
        for (T& output : y) {
          *values++ = output.getValue();
          output.setGradient(1);
          tape.evaluate();
          for (T& input : x) *jacobian++ = input.getGradient();
          tape.clearAdjoints();
        }
      });
    });
    return true;
  }

  template <class W>
  bool two_rows(const W& work, Vector& result) {
    if (work.outputs != 2) return false;
    using T = codi::RealReverseVec<2>;
    in_blocks(work, result, [&](int index, double* values, double* jacobian) {
      record<T>(work, index, [&](auto& tape, auto& x, auto& y) {
        for (int i = 0; i < 2; ++i) {
          values[i] = y[i].getValue();
          y[i].gradient()[i] = 1;
        }
        tape.evaluate();
        for (int i = 0; i < 2; ++i) {
          for (T& input : x) *jacobian++ = input.getGradient()[i];
        }
      });
    });
    return true;
  }

  template <class W>
  bool forward(const W& work, Vector& result) {
    using T = codi::RealForwardVec<W::inputs>;
    std::vector<T> y(work.outputs);
    in_blocks(work, result, [&](int index, double* values, double* jacobian) {
      Vector point = work.point(index);
      std::vector<T> x(point.begin(), point.end());
      for (int i = 0; i < W::inputs; ++i) x[i].gradient()[i] = 1;
      work.results(index, x, y);
      for (T& output : y) {
        *values++ = output.getValue();
        for (int i = 0; i < W::inputs; ++i) *jacobian++ = output.getGradient()[i];
      }
    });
    return true;
  }
};

int main(int count, char** arguments) { return run_peer(count, arguments, CoDiPack()); }
