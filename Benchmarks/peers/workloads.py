"""What the peers in Python train, as Sources/compiled/Workload.swift has it for us, and how they are asked to.

One step is forward, backward and plain gradient descent. Weights are (outputs, inputs), as in PyTorch.
"""
import dataclasses

import numpy as np

from serving import Training, serve_by

PENALTY = 1e-4
CHECKED_STEPS = 100
PRECISIONS = {"f32": np.float32, "f64": np.float64}


@dataclasses.dataclass(frozen=True)
class Workload:
    sizes: tuple
    samples: int
    loss: str  # of the output layer; hidden layers end in ReLU
    rate: float
    chunk: int  # steps that together take a few milliseconds, for peers that must know beforehand; divides or exceeds 100


WORKLOADS = {
    "W1": Workload((2, 2, 1), 100, "squared error of sigmoid", 0.1, 2000),
    "W2": Workload((2, 16, 16, 1), 100, "hinge and penalty", 0.1, 500),
    "W3": Workload((64, 128, 64, 10), 128, "cross-entropy of softmax", 0.05, 20),
    "W4": Workload((784, 512, 256, 10), 128, "cross-entropy of softmax", 0.05, 4),
}


def make_data(workload, precision):
    """Inputs, labels, and parameters: weights and biases of the first layer, of the second, …"""
    number = PRECISIONS[precision]
    random = np.random.RandomState(1234)
    inputs = random.uniform(-1, 1, (workload.samples, workload.sizes[0]))
    same_sign = inputs[:, :1] * inputs[:, 1:2] > 0
    if workload.loss.startswith("cross-entropy"):
        labels = random.randint(0, workload.sizes[-1], workload.samples)
    else:
        labels = np.where(same_sign, 1, -1 if workload.loss.startswith("hinge") else 0).astype(number)
    parameters = []
    for fan_in, fan_out in zip(workload.sizes, workload.sizes[1:]):
        parameters.append((random.uniform(-1, 1, (fan_out, fan_in)) * np.sqrt(3 / fan_in)).astype(number))
        parameters.append(np.full(fan_out, 0.01, number))
    return inputs.astype(number), labels, parameters


def serve(peer, version, variants):
    """Answers lines VARIANT WORKLOAD PRECISION SECONDS; `variants` make a `Training` from a workload and a precision."""
    def make(variant, workload, precision) -> tuple[Training, dict]:
        training = variants[variant](WORKLOADS[workload], precision)
        return training, {"loss": float(training.run(CHECKED_STEPS))}

    serve_by(make, peer, version, variants)
