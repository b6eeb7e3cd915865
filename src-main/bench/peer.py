"""A plain PyTorch IREM, as people run it today: the other side of `basin bench`.

Written from the published method: the energy network on the concatenation [y, x], autograd for every reasoning step, a
replay buffer of tensors, torch.optim.Adam. Prints one JSON object a line: {"case": ..., "ms": median}.

    python3 peer.py '{"cases": ["train-paper"], "iterations": 12}'
"""
import json
import statistics
import sys
import time

import torch
from torch import nn
from torch.nn import functional as F

SIZES = {"paper": dict(rank=20, hidden=512, batch=512, rate=1e-4), "quick": dict(rank=4, hidden=128, batch=32, rate=1e-3)}
STEPS, STEP_SIZE, CAPACITY = 10, 100.0, 10000


class Energy(nn.Module):
    def __init__(self, x_width, y_width, hidden):
        super().__init__()
        self.fc1 = nn.Linear(x_width + y_width, hidden)
        self.fc2 = nn.Linear(hidden, hidden)
        self.fc3 = nn.Linear(hidden, hidden)
        self.fc4 = nn.Linear(hidden, 1)

    def forward(self, x, y):
        h = F.silu(self.fc1(torch.cat([y, x], dim=-1)))
        h = F.silu(self.fc2(h))
        h = F.silu(self.fc3(h))
        return self.fc4(h)


def descend(model, x, y, last=False):
    """One update; with `last` the update itself can be differentiated."""
    y = y.detach().requires_grad_()
    (gradient,) = torch.autograd.grad(model(x, y).sum(), y, create_graph=last)
    return y - STEP_SIZE * gradient


class Replay:
    def __init__(self, capacity):
        self.capacity, self.items, self.at = capacity, [], 0

    def add(self, *batch):
        for row in zip(*batch):
            if len(self.items) < self.capacity:
                self.items.append(row)
            else:
                self.items[self.at] = row
            self.at = (self.at + 1) % self.capacity

    def sample(self, count):
        rows = [self.items[i] for i in torch.randint(len(self.items), (count,)).tolist()]
        return [torch.stack(column) for column in zip(*rows)]


def addition(rank, rows):
    x = torch.rand(rows, 2 * rank * rank) * 2 - 1
    return x, x[:, : rank * rank] + x[:, rank * rank :]


def train(size, iterations):
    """Milliseconds of each whole iteration: data, replay, ten steps, second-order gradient, Adam."""
    rank, hidden, batch = size["rank"], size["hidden"], size["batch"]
    width = rank * rank
    model = Energy(2 * width, width, hidden)
    optimiser = torch.optim.Adam(model.parameters(), lr=size["rate"])
    replay = Replay(CAPACITY)
    times = []
    for iteration in range(iterations + 2):
        start = time.perf_counter()
        x, target = addition(rank, batch)
        y = torch.rand(batch, width) * 2 - 1
        if len(replay.items) >= batch:
            old_x, old_y, old_target = replay.sample(batch)
            x, y, target = torch.cat([old_x, x]), torch.cat([old_y, y]), torch.cat([old_target, target])
        for _ in range(STEPS - 1):
            y = descend(model, x, y)
        y = descend(model, x, y, last=True)
        loss = F.mse_loss(y, target)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        replay.add(x, y.detach(), target)
        float(loss)
        # The first iteration has no replayed rows, the second warms the allocator.
        if iteration >= 2:
            times.append((time.perf_counter() - start) * 1000)
    return times


def reason(size, rows, steps, repeats):
    """Milliseconds of one reasoning step."""
    width = size["rank"] ** 2
    model = Energy(2 * width, width, size["hidden"])
    x, _ = addition(size["rank"], rows)
    times = []
    for repeat in range(repeats + 1):
        y = torch.rand(rows, width) * 2 - 1
        start = time.perf_counter()
        for _ in range(steps):
            y = descend(model, x, y)
        if repeat > 0:
            times.append((time.perf_counter() - start) * 1000 / steps)
    return times


class Gine(nn.Module):
    """h_j + sum over i of ReLU(h_i + lin(e_ij)), then a linear layer; dense, padding masked."""

    def __init__(self, inputs, units):
        super().__init__()
        self.lin, self.nn = nn.Linear(units, inputs), nn.Linear(inputs, units)

    def forward(self, h, edges, mask):
        messages = F.relu(h[:, :, None] + self.lin(edges)) * mask[:, :, None, None]
        return self.nn(h + messages.sum(1))


class GraphEnergy(nn.Module):
    def __init__(self, units=128):
        super().__init__()
        self.edge_map, self.edge_map_opt = nn.Linear(1, units // 2), nn.Linear(1, units // 2)
        self.conv1, self.conv2, self.conv3 = Gine(1, units), Gine(units, units), Gine(units, units)
        self.fc1, self.fc2 = nn.Linear(units, units), nn.Linear(units, 1)

    def forward(self, problem, y):
        x, mask = problem
        edges = torch.cat([self.edge_map(x[..., None]), self.edge_map_opt(y[..., None])], -1)
        h = torch.zeros(*mask.shape, 1)
        for conv in (self.conv1, self.conv2, self.conv3):
            h = conv(h, edges, mask)
        h = h.masked_fill(mask[:, :, None] == 0, -1e9).max(1).values
        return self.fc2(F.relu(self.fc1(h)))


def shortest_paths(rows, nodes):
    sizes = torch.randint(2, nodes + 1, (rows,))
    mask = (torch.arange(nodes)[None] < sizes[:, None]).float()
    u = torch.rand(rows, nodes, nodes)
    weights = (u + u.transpose(1, 2)) * (1 - torch.eye(nodes))
    far = weights + 1e6 * (1 - mask[:, :, None] * mask[:, None])
    for via in range(nodes):
        far = torch.minimum(far, far[:, :, via, None] + far[:, None, via, :])
    real = mask[:, :, None] * mask[:, None]
    return (weights * real, mask), torch.where(real > 0, far, torch.zeros(())), real


def train_graph(iterations, batch=64, nodes=10, steps=5):
    model = GraphEnergy()
    optimiser = torch.optim.Adam(model.parameters(), lr=1e-4)
    times = []
    for iteration in range(iterations + 2):
        start = time.perf_counter()
        problem, target, real = shortest_paths(batch, nodes)
        y = (torch.rand(batch, nodes, nodes) * 2 - 1) * real
        for _ in range(steps - 1):
            y = descend(model, problem, y)
        y = descend(model, problem, y, last=True)
        loss = ((y - target) ** 2 * real).sum() / real.sum()
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        float(loss)
        if iteration >= 2:
            times.append((time.perf_counter() - start) * 1000)
    return times


def main():
    request = json.loads(sys.argv[1])
    torch.manual_seed(0)
    torch.set_num_threads(request.get("threads", 1))
    for case in request["cases"]:
        if case["kind"] == "train":
            times = train(SIZES[case["size"]], case["repeats"])
        elif case["kind"] == "graph":
            times = train_graph(case["repeats"])
        else:
            times = reason(SIZES[case["size"]], case["rows"], case["steps"], case["repeats"])
        print(json.dumps({"case": case["case"], "ms": statistics.median(times)}), flush=True)


if __name__ == "__main__":
    main()
