"""NumPy, with the gradients written by hand: what BLAS and whole-array operations give without a compiler."""
import numpy as np

from workloads import PENALTY, PRECISIONS, Training, make_data, serve


def loss_and_gradient(workload, scores, labels, parameters):
    """The loss, and its gradient with respect to the scores, without the penalty's."""
    count = scores.dtype.type(workload.samples)
    if workload.loss.startswith("squared"):
        outputs = 1 / (1 + np.exp(-scores))
        errors = outputs - labels
        return np.mean(errors * errors), (2 / count) * errors * outputs * (1 - outputs)
    if workload.loss.startswith("hinge"):
        margins = 1 - labels * scores
        penalty = PENALTY * sum((p * p).sum() for p in parameters)
        return np.maximum(margins, 0).mean() + penalty, np.where(margins > 0, labels / -count, 0)
    rows = np.arange(workload.samples)
    shifted = scores - scores.max(1, keepdims=True)
    exponentials = np.exp(shifted)
    sums = exponentials.sum(1, keepdims=True)
    gradient = exponentials / sums
    gradient[rows, labels] -= 1
    gradient /= count
    return (np.log(sums[:, 0]) - shifted[rows, labels]).mean(), gradient


def by_hand(workload, precision):
    inputs, labels, parameters = make_data(workload, precision)
    number = PRECISIONS[precision]
    rate, decay = number(workload.rate), number(2 * PENALTY)
    layers = list(zip(parameters[::2], parameters[1::2]))

    def step():
        values = [inputs]
        for level, (weights, biases) in enumerate(layers):
            values.append(values[-1] @ weights.T)
            values[-1] += biases
            if level + 1 < len(layers):
                np.maximum(values[-1], 0, out=values[-1])
        loss, gradient = loss_and_gradient(workload, values[-1], labels, parameters)
        for level in reversed(range(len(layers))):
            weights, biases = layers[level]
            changes = gradient.T @ values[level], gradient.sum(0)
            if level > 0:
                gradient = gradient @ weights
                gradient *= values[level] > 0
            for parameter, change in zip((weights, biases), changes):
                if workload.loss.startswith("hinge"):
                    change += decay * parameter
                change *= rate
                parameter -= change
        return loss

    def run(steps):
        for _ in range(steps):
            loss = step()
        return loss

    return Training(run)


if __name__ == "__main__":
    serve("NumPy", np.__version__, {"by-hand": by_hand})
