"""PyTorch: the usual loop, and torch.compile of the model or of a whole step."""
import torch
import torch.nn.functional as F

from problem import BETAS, EPSILON, HEADS, WIDTH, batches, rate, serve


class GPT(torch.nn.Module):
    def __init__(self, weights):
        super().__init__()
        for name, matrix in weights.items():
            setattr(self, name, torch.nn.Parameter(torch.from_numpy(matrix.copy())))

    def forward(self, tokens, targets, shares):
        norm = lambda x: F.rms_norm(x, (WIDTH,), eps=1e-5)
        x = norm(F.embedding(tokens, self.tokens) + self.positions[:tokens.shape[1]])
        normed = norm(x)
        heads = lambda matrix: F.linear(normed, matrix).unflatten(-1, (HEADS, -1)).transpose(1, 2)
        attended = F.scaled_dot_product_attention(
            heads(self.queries), heads(self.keys), heads(self.values), is_causal=True)
        x = x + F.linear(attended.transpose(1, 2).flatten(2), self.mixing)
        x = x + F.linear(F.relu(F.linear(norm(x), self.up)), self.down)
        logits = F.linear(x, self.logits)
        losses = F.cross_entropy(logits.flatten(0, 1), targets.flatten(), reduction="none")
        return torch.dot(losses, shares.flatten())


def tensors(pieces):
    return [tuple(map(torch.from_numpy, piece)) for piece in pieces]


def usual(weights, data, compile):
    """The loop of a textbook, with the fastest of PyTorch's implementations of Adam."""
    model, number = GPT(weights), 0
    optimizer = torch.optim.Adam(model.parameters(), betas=BETAS, eps=EPSILON, fused=True)
    loss_of = torch.compile(model, dynamic=False, fullgraph=True) if compile else model

    def take(count):
        nonlocal number
        losses = []
        for _ in range(count):
            loss = loss_of(*data[number % len(data)])
            optimizer.zero_grad()
            loss.backward()
            optimizer.param_groups[0]["lr"] = rate(number)
            optimizer.step()
            losses.append(loss.detach())
            number += 1
        return losses

    return take, 1


def eager(weights, documents, batch, precision):
    return usual(weights, tensors(batches(documents, batch, precision, False)), compile=False)


def compiled(weights, documents, batch, precision):
    return usual(weights, tensors(batches(documents, batch, precision, True)), compile=True)


def compiled_step(weights, documents, batch, precision):
    """A step as one function without side effects, Adam included, as one graph."""
    data, number = tensors(batches(documents, batch, precision, True)), 0
    model = GPT(weights)
    p = {name: parameter.detach().clone() for name, parameter in model.named_parameters()}
    zeros = lambda: {name: torch.zeros_like(matrix) for name, matrix in p.items()}
    state = p, zeros(), zeros(), torch.ones(2, dtype=model.tokens.dtype)
    betas = torch.tensor(BETAS, dtype=model.tokens.dtype)
    loss_of = torch.func.grad_and_value(lambda p, *piece: torch.func.functional_call(model, p, piece))

    def step(state, rate, tokens, targets, shares):
        p, means, squares, powers = state
        gradients, loss = loss_of(p, tokens, targets, shares)
        powers = powers * betas
        length, share = rate / (1 - powers[0]), 1 / (1 - powers[1])
        means = {n: BETAS[0] * means[n] + (1 - BETAS[0]) * g for n, g in gradients.items()}
        squares = {n: BETAS[1] * squares[n] + (1 - BETAS[1]) * g * g for n, g in gradients.items()}
        p = {n: p[n] - length * means[n] / ((squares[n] * share).sqrt() + EPSILON) for n in p}
        return (p, means, squares, powers), loss

    # torch.compile keeps what it compiled with the code object, and would try all sizes' guards at every call.
    step.__code__ = step.__code__.replace()
    step = torch.compile(step, dynamic=False, fullgraph=True, options={"cpp_wrapper": True})

    @torch.no_grad()
    def take(count):
        nonlocal state, number
        losses = []
        for _ in range(count):
            state, loss = step(state, torch.tensor(rate(number), dtype=betas.dtype), *data[number % len(data)])
            losses.append(loss)
            number += 1
        return losses

    return take, 1


if __name__ == "__main__":
    torch.set_num_threads(1)
    serve("PyTorch", torch.__version__, {"eager": eager, "compiled": compiled, "compiled-step": compiled_step})
