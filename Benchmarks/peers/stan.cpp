// Stan Math: nodes in an arena that recover_memory() starts anew. Three ways to write the sums: operators, Stan's
// dot_product for each neuron, and Stan's matrix product for a layer and all samples at once.
#if __has_include(<stan/math/rev/mat.hpp>)
#include <stan/math/rev/mat.hpp>
#else
#include <stan/math/rev.hpp>
#endif

#include "training_step.hpp"

using Scalar = stan::math::var;
using Vector = Eigen::Matrix<Scalar, Eigen::Dynamic, 1>;
using Matrix = Eigen::Matrix<Scalar, Eigen::Dynamic, Eigen::Dynamic>;

// A layer's weights, one row for each neuron, and its biases.
struct Layer {
  std::vector<Vector> rows;
  Matrix weights;
  Vector biases;
};

static std::vector<Layer> layers(const std::vector<Scalar>& parameters) {
  std::vector<Layer> layers;
  const Scalar* parameter = parameters.data();
  for (int layer = 0; layer < Workload::layers; ++layer) {
    int width = Workload::widths[layer], neurons = Workload::widths[layer + 1];
    Layer made{{}, Matrix(neurons, width), Vector(neurons)};
    for (int neuron = 0; neuron < neurons; ++neuron, parameter += width + 1) {
      made.rows.push_back(Eigen::Map<const Vector>(parameter, width));
      made.weights.row(neuron) = made.rows.back().transpose();
      made.biases(neuron) = parameter[width];
    }
    layers.push_back(made);
  }
  return layers;
}

static Scalar mean_hinge_loss(const Workload& work, const std::vector<Scalar>& scores) {
  std::vector<Scalar> losses;
  for (std::size_t i = 0; i < scores.size(); ++i) losses.push_back(relu(Scalar(1 - work.samples[i].label * scores[i])));
  return stan::math::sum(losses) / static_cast<double>(losses.size());
}

template <class Values>
static Vector outputs(const Layer& layer, const Values& values, bool is_last) {
  Vector outputs(layer.rows.size());
  for (std::size_t neuron = 0; neuron < layer.rows.size(); ++neuron) {
    Scalar sum = stan::math::dot_product(layer.rows[neuron], values) + layer.biases(neuron);
    outputs(neuron) = is_last ? sum : relu(sum);
  }
  return outputs;
}

static Scalar loss_by_dot_products(const Workload& work, const std::vector<Scalar>& parameters) {
  std::vector<Layer> net = layers(parameters);
  std::vector<Scalar> scores;
  for (const Sample& sample : work.samples) {
    Vector values = outputs(net[0], Eigen::VectorXd(Eigen::Map<const Eigen::Vector2d>(sample.inputs)), false);
    for (int layer = 1; layer < Workload::layers; ++layer) {
      values = outputs(net[layer], values, layer + 1 == Workload::layers);
    }
    scores.push_back(values(0));
  }
  return mean_hinge_loss(work, scores);
}

static Matrix with_biases(Matrix sums, const Vector& biases, bool is_last) {
  for (int sample = 0; sample < sums.cols(); ++sample) {
    for (int neuron = 0; neuron < sums.rows(); ++neuron) {
      Scalar sum = sums(neuron, sample) + biases(neuron);
      sums(neuron, sample) = is_last ? sum : relu(sum);
    }
  }
  return sums;
}

static Scalar loss_by_matrix_products(const Workload& work, const std::vector<Scalar>& parameters) {
  std::vector<Layer> net = layers(parameters);
  Eigen::MatrixXd inputs(2, work.samples.size());
  for (std::size_t i = 0; i < work.samples.size(); ++i) {
    inputs.col(i) = Eigen::Map<const Eigen::Vector2d>(work.samples[i].inputs);
  }
  Matrix values = with_biases(stan::math::multiply(net[0].weights, inputs), net[0].biases, false);
  for (int layer = 1; layer < Workload::layers; ++layer) {
    Matrix sums = stan::math::multiply(net[layer].weights, values);
    values = with_biases(std::move(sums), net[layer].biases, layer + 1 == Workload::layers);
  }
  return mean_hinge_loss(work, std::vector<Scalar>(values.data(), values.data() + values.size()));
}

template <class Loss>
static double take_step(Workload& work, Phases& phases, Loss loss_of) {
  Stopwatch stopwatch;
  std::vector<Scalar> parameters(work.parameters.begin(), work.parameters.end());
  Scalar loss = loss_of(work, parameters);
  stopwatch.lap(phases.forward);
  loss.grad();
  stopwatch.lap(phases.backward);
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    work.parameters[i] -= Workload::learning_rate * parameters[i].adj();
  }
  double value = loss.val();
  stan::math::recover_memory();
  stopwatch.lap(phases.rest);
  return value;
}

int main(int count, char** arguments) {
  Settings settings(count, arguments, {"plain", "dot", "matrix"});
  auto loss_of = settings.variant == "plain" ? mean_loss<Scalar>
                 : settings.variant == "dot" ? loss_by_dot_products
                                             : loss_by_matrix_products;
  std::string version = stan::math::MAJOR_VERSION + "." + stan::math::MINOR_VERSION;
  measure(settings, "Stan Math " + version,
          [&](Workload& work, Phases& phases) { return take_step(work, phases, loss_of); });
}
