"""JAX: a jitted step, and loops of jitted steps, which spare it the way back to Python after each."""
import functools

import jax
import jax.numpy as jnp

from workloads import PENALTY, PRECISIONS, Training, make_data, serve

jax.config.update("jax_enable_x64", True)


def loss_of(workload, inputs, labels, parameters):
    values = inputs
    for level in range(0, len(parameters), 2):
        values = (jax.nn.relu(values) if level else values) @ parameters[level].T + parameters[level + 1]
    if workload.loss.startswith("squared"):
        return jnp.mean((jax.nn.sigmoid(values) - labels) ** 2)
    if workload.loss.startswith("hinge"):
        return jnp.mean(jax.nn.relu(1 - labels * values)) + PENALTY * sum(jnp.sum(p * p) for p in parameters)
    return -jnp.mean(jnp.take_along_axis(jax.nn.log_softmax(values), labels[:, None], 1))


def make_step(workload, precision):
    """A function from parameters to new parameters and the loss, and the initial parameters."""
    inputs, labels, parameters = make_data(workload, precision)
    inputs, labels, rate = jnp.asarray(inputs), jnp.asarray(labels), PRECISIONS[precision](workload.rate)

    def step(parameters):
        loss, gradients = jax.value_and_grad(functools.partial(loss_of, workload, inputs, labels))(parameters)
        return [p - rate * gradient for p, gradient in zip(parameters, gradients)], loss

    return step, [jnp.asarray(p) for p in parameters]


def training(advance, parameters, chunk):
    """A training by `advance(parameters, steps)`, at most `chunk` steps a call."""
    def run(steps):
        nonlocal parameters
        length = min(steps, chunk)
        for _ in range(steps // length):
            parameters, loss = advance(parameters, length)
        return loss.block_until_ready()

    return run


def jit(workload, precision):
    step, parameters = make_step(workload, precision)
    step = jax.jit(step, donate_argnums=0)
    return Training(training(lambda parameters, _: step(parameters), parameters, chunk=1))


def fori(workload, precision):
    step, parameters = make_step(workload, precision)

    @functools.partial(jax.jit, donate_argnums=0)
    def advance(parameters, steps):
        start = parameters, jnp.zeros((), PRECISIONS[precision])
        return jax.lax.fori_loop(0, steps, lambda _, state: step(state[0]), start)

    return Training(training(advance, parameters, chunk=1 << 62))


def scan(workload, precision, unroll=1):
    step, parameters = make_step(workload, precision)

    @functools.partial(jax.jit, static_argnums=1, donate_argnums=0)
    def advance(parameters, steps):
        parameters, losses = jax.lax.scan(
            lambda parameters, _: step(parameters), parameters, length=steps, unroll=unroll)
        return parameters, losses[-1]

    return Training(training(advance, parameters, workload.chunk), workload.chunk)


if __name__ == "__main__":
    serve("JAX", jax.__version__, {
        "jit": jit, "fori": fori, "scan": scan, "scan-unrolled": functools.partial(scan, unroll=8)})
