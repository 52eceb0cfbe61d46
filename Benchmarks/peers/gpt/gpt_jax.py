"""JAX: a jitted step for each length of a batch, and a jitted scan over all steps of a pass."""
import functools

import jax
import jax.numpy as jnp
import numpy as np

from problem import BETAS, EPSILON, HEADS, batches, rate, serve

jax.config.update("jax_enable_x64", True)


def norm(x):
    return x * jax.lax.rsqrt(jnp.mean(x * x, -1, keepdims=True) + 1e-5)


def logits_of(p, tokens):
    length = tokens.shape[-1]
    x = norm(p["tokens"][tokens] + p["positions"][:length])
    normed = norm(x)
    heads = lambda matrix: (normed @ matrix.T).reshape(*tokens.shape, HEADS, -1)
    queries, keys, values = heads(p["queries"]), heads(p["keys"]), heads(p["values"])
    scores = jnp.einsum("bqhd,bkhd->bhqk", queries, keys) / 2
    weights = jax.nn.softmax(jnp.where(jnp.tril(jnp.ones((length, length), bool)), scores, -jnp.inf))
    x = x + jnp.einsum("bhqk,bkhd->bqhd", weights, values).reshape(x.shape) @ p["mixing"].T
    x = x + jax.nn.relu(norm(x) @ p["up"].T) @ p["down"].T
    return x @ p["logits"].T


def loss_of(p, tokens, targets, shares):
    logarithms = jax.nn.log_softmax(logits_of(p, tokens))
    return -jnp.sum(jnp.take_along_axis(logarithms, targets[..., None], -1)[..., 0] * shares)


def adam(state, gradients, rate):
    p, means, squares, powers = state
    powers = powers * jnp.asarray(BETAS, powers.dtype)
    means = jax.tree.map(lambda m, g: BETAS[0] * m + (1 - BETAS[0]) * g, means, gradients)
    squares = jax.tree.map(lambda s, g: BETAS[1] * s + (1 - BETAS[1]) * g * g, squares, gradients)
    length, share = rate / (1 - powers[0]), 1 / (1 - powers[1])
    p = jax.tree.map(lambda p, m, s: p - length * m / (jnp.sqrt(s * share) + EPSILON), p, means, squares)
    return p, means, squares, powers


def step(state, tokens, targets, shares, rate):
    loss, gradients = jax.value_and_grad(loss_of)(state[0], tokens, targets, shares)
    return adam(state, gradients, rate), loss


def start(weights):
    p = {name: jnp.asarray(matrix) for name, matrix in weights.items()}
    zeros = lambda: jax.tree.map(jnp.zeros_like, p)
    return p, zeros(), zeros(), jnp.ones(2, p["tokens"].dtype)


def jit(weights, documents, batch, precision):
    state, number = start(weights), 0
    one = jax.jit(step, donate_argnums=0)
    data = [tuple(map(jnp.asarray, piece)) for piece in batches(documents, batch, precision, False)]

    def take(count):
        nonlocal state, number
        losses = []
        for _ in range(count):
            state, loss = one(state, *data[number % len(data)], weights["tokens"].dtype.type(rate(number)))
            losses.append(loss)
            number += 1
        losses[-1].block_until_ready()
        return losses

    return take, 1


def scan(weights, documents, batch, precision):
    state, number = start(weights), 0
    data = [jnp.asarray(np.stack(piece)) for piece in zip(*batches(documents, batch, precision, True))]
    steps = len(data[0])

    @functools.partial(jax.jit, donate_argnums=0)
    def advance(state, rates):
        return jax.lax.scan(lambda state, x: step(state, *x), state, (*data, rates))

    def take(count):
        nonlocal state, number
        losses = []
        for _ in range(count // steps):
            rates = np.array([rate(number + k) for k in range(steps)], weights["tokens"].dtype)
            state, of_pass = advance(state, rates)
            losses += [of_pass]
            number += steps
        losses[-1].block_until_ready()
        return np.concatenate(losses) if count < 1000 else losses

    return take, steps


if __name__ == "__main__":
    serve("JAX", jax.__version__, {"jit": jit, "scan": scan})
