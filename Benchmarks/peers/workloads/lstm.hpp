// ADBench's LSTM; Sources/workloads/LSTM.swift has the formula.
#pragma once
#include "numbers.hpp"

template <class T>
T logistic(const T& x) {
  using std::exp;
  return 1.0 / (1.0 + exp(-x));
}

struct LSTM {
  int layers, count;
  static constexpr int width = 14;
  Vector state, characters, point;

  LSTM(int layers, int characters) : layers(layers), count(characters) {
    Numbers numbers;
    point = numbers.list(layers * 8 * width + 3 * width, -1, 1);
    state = numbers.list(2 * layers * width, -1, 1);
    this->characters = numbers.list(count * width, 0, 1);
    for (double& bit : this->characters) bit = bit < 0.5 ? 0 : 1;
  }

  template <class T>
  T objective(const std::vector<T>& parameters) const {
    using std::exp;
    using std::log;
    using std::tanh;
    const T* extra = parameters.data() + layers * 8 * width;
    std::vector<T> state(this->state.begin(), this->state.end()), x(width), outputs(width);
    T total = 0;
    for (int t = 0; t < count - 1; ++t) {
      for (int i = 0; i < width; ++i) x[i] = characters[t * width + i] * extra[i];
      for (int layer = 0; layer < layers; ++layer) {
        const T* p = parameters.data() + layer * 8 * width;
        T *hidden = state.data() + 2 * layer * width, *cells = hidden + width;
        for (int i = 0; i < width; ++i) {
          T forget = logistic<T>(x[i] * p[i] + p[4 * width + i]);
          T input = logistic<T>(hidden[i] * p[width + i] + p[5 * width + i]);
          T output = logistic<T>(x[i] * p[2 * width + i] + p[6 * width + i]);
          T change = tanh(hidden[i] * p[3 * width + i] + p[7 * width + i]);
          cells[i] = cells[i] * forget + input * change;
          hidden[i] = output * tanh(cells[i]);
          x[i] = hidden[i];
        }
      }
      T sum = 2.0;
      for (int i = 0; i < width; ++i) {
        outputs[i] = x[i] * extra[width + i] + extra[2 * width + i];
        sum += exp(outputs[i]);
      }
      T normalizer = log(sum);
      for (int i = 0; i < width; ++i) total += (outputs[i] - normalizer) * characters[(t + 1) * width + i];
    }
    return total / -static_cast<double>((count - 1) * width);
  }

  Vector by_hand() const {
    // What each unit computed: its input, the hidden state and the cell of before, the gates, and the new cell's tanh.
    struct Unit { double x, hidden, cell, forget, input, output, change, squashed; };
    int steps = count - 1;
    const double *p = point.data(), *extra = p + layers * 8 * width;
    std::vector<Unit> units(static_cast<std::size_t>(steps) * layers * width);
    Vector state = this->state, to_outputs(steps * width), last(steps * width), x(width);
    double scale = -1 / static_cast<double>(steps * width), total = 0;
    for (int t = 0; t < steps; ++t) {
      for (int i = 0; i < width; ++i) x[i] = characters[t * width + i] * extra[i];
      for (int layer = 0; layer < layers; ++layer) {
        const double* w = p + layer * 8 * width;
        double *hidden = &state[2 * layer * width], *cells = hidden + width;
        for (int i = 0; i < width; ++i) {
          Unit& unit = units[(t * layers + layer) * width + i];
          unit.x = x[i];
          unit.hidden = hidden[i];
          unit.cell = cells[i];
          unit.forget = logistic(x[i] * w[i] + w[4 * width + i]);
          unit.input = logistic(hidden[i] * w[width + i] + w[5 * width + i]);
          unit.output = logistic(x[i] * w[2 * width + i] + w[6 * width + i]);
          unit.change = std::tanh(hidden[i] * w[3 * width + i] + w[7 * width + i]);
          cells[i] = cells[i] * unit.forget + unit.input * unit.change;
          unit.squashed = std::tanh(cells[i]);
          hidden[i] = x[i] = unit.output * unit.squashed;
        }
      }
      double sum = 2, bits = 0, outputs[width];
      for (int i = 0; i < width; ++i) {
        last[t * width + i] = x[i];
        outputs[i] = x[i] * extra[width + i] + extra[2 * width + i];
        sum += std::exp(outputs[i]);
        bits += characters[(t + 1) * width + i];
      }
      double normalizer = std::log(sum);
      for (int i = 0; i < width; ++i) {
        double bit = characters[(t + 1) * width + i];
        total += (outputs[i] - normalizer) * bit;
        to_outputs[t * width + i] = scale * (bit - bits * std::exp(outputs[i]) / sum);
      }
    }
    Vector result(1 + point.size()), to_hidden(layers * width), to_cells(layers * width), to_x(width);
    double *to_p = &result[1], *to_extra = to_p + layers * 8 * width;
    for (int t = steps - 1; t >= 0; --t) {
      for (int i = 0; i < width; ++i) {
        double part = to_outputs[t * width + i];
        to_extra[width + i] += part * last[t * width + i];
        to_extra[2 * width + i] += part;
        to_x[i] = part * extra[width + i];
      }
      for (int layer = layers - 1; layer >= 0; --layer) {
        const double* w = p + layer * 8 * width;
        double* to_w = to_p + layer * 8 * width;
        for (int i = 0; i < width; ++i) {
          const Unit& unit = units[(t * layers + layer) * width + i];
          double &hidden = to_hidden[layer * width + i], &cell = to_cells[layer * width + i];
          double result = hidden + to_x[i];
          double total = cell + result * unit.output * (1 - unit.squashed * unit.squashed);
          double forget = total * unit.cell * unit.forget * (1 - unit.forget);
          double input = total * unit.change * unit.input * (1 - unit.input);
          double output = result * unit.squashed * unit.output * (1 - unit.output);
          double change = total * unit.input * (1 - unit.change * unit.change);
          to_w[i] += forget * unit.x;
          to_w[width + i] += input * unit.hidden;
          to_w[2 * width + i] += output * unit.x;
          to_w[3 * width + i] += change * unit.hidden;
          to_w[4 * width + i] += forget;
          to_w[5 * width + i] += input;
          to_w[6 * width + i] += output;
          to_w[7 * width + i] += change;
          hidden = input * w[width + i] + change * w[3 * width + i];
          cell = total * unit.forget;
          to_x[i] = forget * w[i] + output * w[2 * width + i];
        }
      }
      for (int i = 0; i < width; ++i) to_extra[i] += to_x[i] * characters[t * width + i];
    }
    result[0] = scale * total;
    return result;
  }
};
