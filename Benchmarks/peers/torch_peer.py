"""PyTorch: the usual loop, and torch.compile of a whole step or of ten, which spares it the way back to Python."""
import functools

import torch
import torch.nn.functional as F

from workloads import PENALTY, Training, make_data, serve


def tensors(workload, precision):
    inputs, labels, parameters = make_data(workload, precision)
    return torch.from_numpy(inputs), torch.from_numpy(labels), [torch.from_numpy(p) for p in parameters]


def loss_of(workload, inputs, labels, parameters):
    values = inputs
    for level in range(0, len(parameters), 2):
        values = F.linear(F.relu(values) if level else values, parameters[level], parameters[level + 1])
    if workload.loss.startswith("squared"):
        return F.mse_loss(torch.sigmoid(values), labels)
    if workload.loss.startswith("hinge"):
        return F.relu(1 - labels * values).mean() + PENALTY * sum(p.square().sum() for p in parameters)
    return F.cross_entropy(values, labels)


def eager(workload, precision):
    inputs, labels, parameters = tensors(workload, precision)
    parameters = [p.requires_grad_() for p in parameters]

    def run(steps):
        for _ in range(steps):
            loss = loss_of(workload, inputs, labels, parameters)
            loss.backward()
            with torch.no_grad():
                torch._foreach_add_(parameters, [p.grad for p in parameters], alpha=-workload.rate)
            for p in parameters:
                p.grad = None
        return loss.detach()

    return Training(run)


def compiled(workload, precision, chunk):
    inputs, labels, parameters = tensors(workload, precision)
    gradients_and_loss = torch.func.grad_and_value(functools.partial(loss_of, workload, inputs, labels))

    def advance(parameters):
        for _ in range(chunk):
            gradients, loss = gradients_and_loss(parameters)
            parameters = [p - workload.rate * gradient for p, gradient in zip(parameters, gradients)]
        return parameters, loss

    # torch.compile keeps what it compiled with the code object, and would try all workloads' guards at every call.
    advance.__code__ = advance.__code__.replace()
    advance = torch.compile(advance, dynamic=False, fullgraph=True, options={"cpp_wrapper": True})

    @torch.no_grad()
    def run(steps):
        nonlocal parameters
        for _ in range(steps // chunk):
            parameters, loss = advance(parameters)
        return loss

    return Training(run, chunk)


if __name__ == "__main__":
    torch.set_num_threads(1)
    serve("PyTorch", torch.__version__, {
        "eager": eager, "compiled": functools.partial(compiled, chunk=1),
        "compiled-10-steps": functools.partial(compiled, chunk=10)})
