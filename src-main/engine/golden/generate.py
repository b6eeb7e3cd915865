"""Computes the stored answer that every engine is checked against, and writes irem.ts beside this file.

IREM training (Du, Li, Tenenbaum, Mordatch, ICML 2022) in float64 with derivatives worked out by hand, so that it shares
no code with the engines: the gradient through the last update y^N = y - lambda * dE/dy is -lambda * d/dtheta of the
directional derivative of E along u = dL/dy^N, a forward pass of tangents followed by a backward pass.

    python3 generate.py [GOLDEN.safetensors]

With a file: computes that file's problem instead and prints the relative error of every answer in it. Needs numpy.
"""

import base64
import json
import pathlib
import struct
import sys
import textwrap

import numpy as np

LAYERS = 4


def sigmoid(a):
    return 1 / (1 + np.exp(-a))


def swish(a):
    return a * sigmoid(a)


def swish1(a):
    s = sigmoid(a)
    return s * (1 + a * (1 - s))


def swish2(a):
    s = sigmoid(a)
    return s * (1 - s) * (2 + a * (1 - 2 * s))


def energy_and_gradient(p, x, y):
    """E of each row and its gradient with respect to y."""
    h, pre = np.concatenate([y, x], 1), []
    for layer in range(1, LAYERS):
        pre.append(h @ p[f"fc{layer}.weight"].T + p[f"fc{layer}.bias"])
        h = swish(pre[-1])
    energy = (h @ p["fc4.weight"].T + p["fc4.bias"])[:, 0]
    back = np.repeat(p["fc4.weight"], len(x), 0)
    for layer in range(LAYERS - 1, 0, -1):
        back = (back * swish1(pre[layer - 1])) @ p[f"fc{layer}.weight"]
    return energy, back[:, : y.shape[1]]


def directional_gradient(p, x, y, u):
    """d/dtheta of the sum over rows of u . dE/dy."""
    h, t = np.concatenate([y, x], 1), np.concatenate([u, np.zeros_like(x)], 1)
    values, tangents, pre, pre_t = [h], [t], [], []
    for layer in range(1, LAYERS):
        w = p[f"fc{layer}.weight"]
        a, da = h @ w.T + p[f"fc{layer}.bias"], t @ w.T
        h, t = swish(a), swish1(a) * da
        pre.append(a), pre_t.append(da), values.append(h), tangents.append(t)
    grads = {"fc4.weight": t.sum(0, keepdims=True)}
    back_h, back_t = np.zeros_like(h), np.repeat(p["fc4.weight"], len(x), 0)
    for layer in range(LAYERS - 1, 0, -1):
        a, da, w = pre[layer - 1], pre_t[layer - 1], p[f"fc{layer}.weight"]
        back_a = back_h * swish1(a) + back_t * swish2(a) * da
        back_da = back_t * swish1(a)
        grads[f"fc{layer}.weight"] = back_a.T @ values[layer - 1] + back_da.T @ tangents[layer - 1]
        grads[f"fc{layer}.bias"] = back_a.sum(0)
        back_h, back_t = back_a @ w, back_da @ w
    return grads


def train(p, x, y0, target, steps, step_size, rate, iterations):
    p = {name: value.astype(np.float64) for name, value in p.items()}
    x, y0, target = (np.asarray(a, np.float64) for a in (x, y0, target))
    m = {name: np.zeros_like(value) for name, value in p.items()}
    v = {name: np.zeros_like(value) for name, value in p.items()}
    found = {"losses": []}
    for iteration in range(1, iterations + 1):
        y, energies, outputs = y0, [], [y0]
        for step in range(steps):
            before = y
            energy, gradient = energy_and_gradient(p, x, y)
            y = y - step_size * gradient
            energies.append(energy), outputs.append(y)
        found["losses"].append(np.mean((y - target) ** 2))
        u = 2 * (y - target) / y.size
        grads = {name: -step_size * g for name, g in directional_gradient(p, x, before, u).items()}
        if iteration == 1:
            found |= {"energies": np.array(energies), "outputs": np.array(outputs)}
            found |= {f"grad.{name}": g for name, g in grads.items()}
        for name, g in grads.items():
            m[name] = 0.9 * m[name] + 0.1 * g
            v[name] = 0.999 * v[name] + 0.001 * g * g
            p[name] = p[name] - rate * (m[name] / (1 - 0.9**iteration)) / (np.sqrt(v[name] / (1 - 0.999**iteration)) + 1e-8)
    found["losses"] = np.array(found["losses"])
    return found | {f"after3.{name}": value for name, value in p.items()}


def read(path):
    data = pathlib.Path(path).read_bytes()
    (length,) = struct.unpack("<Q", data[:8])
    header = json.loads(data[8 : 8 + length])
    meta = header.pop("__metadata__")
    at = 8 + length
    return {n: np.frombuffer(data[at + i["data_offsets"][0] : at + i["data_offsets"][1]], "<f4").reshape(i["shape"]) for n, i in header.items()}, meta


def encode(tensors, meta):
    header, offset = {"__metadata__": meta}, 0
    for name, array in tensors.items():
        size = 4 * array.size
        header[name] = {"dtype": "F32", "shape": list(array.shape), "data_offsets": [offset, offset + size]}
        offset += size
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    return struct.pack("<Q", len(text)) + text + b"".join(np.asarray(a, "<f4").tobytes() for a in tensors.values())


def parameters_of(tensors):
    return {name.removeprefix("param."): value for name, value in tensors.items() if name.startswith("param.")}


def check(path):
    tensors, meta = read(path)
    assert meta["method"] == "irem" and meta["backprop"] == "last-step", "only irem with last-step backprop"
    found = train(parameters_of(tensors), tensors["x"], tensors["y0"], tensors["target"], int(meta["steps"]), float(meta["step_size"]), float(meta["learning_rate"]), 3)
    for name, value in found.items():
        if name in tensors:
            print(f"{name:20} {np.linalg.norm(value - tensors[name]) / np.linalg.norm(tensors[name]):.1e}")


def generate():
    rank, hidden, rows = 2, 8, 4
    width, rng = rank * rank, np.random.default_rng(7)
    sizes = [3 * width, hidden, hidden, hidden, 1]
    p = {}
    for layer in range(1, LAYERS + 1):
        bound = 1 / np.sqrt(sizes[layer - 1])
        p[f"fc{layer}.weight"] = rng.uniform(-bound, bound, (sizes[layer], sizes[layer - 1])).astype(np.float32)
        p[f"fc{layer}.bias"] = rng.uniform(-bound, bound, sizes[layer]).astype(np.float32)
    x = rng.uniform(-1, 1, (rows, 2 * width)).astype(np.float32)
    y0 = rng.uniform(-1, 1, (rows, width)).astype(np.float32)
    target = (x[:, :width] + x[:, width:]).astype(np.float32)
    meta = {"method": "irem", "task": "addition", "rank": rank, "hidden": hidden, "batch": rows, "steps": 3, "step_size": 10, "learning_rate": 0.01, "adam_iterations": 3, "backprop": "last-step"}
    found = train(p, x, y0, target, meta["steps"], meta["step_size"], meta["learning_rate"], 3)
    kept = {f"param.{n}": a for n, a in p.items()} | {"x": x, "y0": y0, "target": target} | {n: a for n, a in found.items() if n not in ("outputs", "energies")}
    text = base64.b64encode(encode(kept, {name: str(value) for name, value in meta.items()})).decode()
    lines = " +\n".join(f"  '{line}'" for line in textwrap.wrap(text, 140))
    comment = "/** A small IREM problem and its answers, a safetensors file in base64. Written by generate.py. */"
    (pathlib.Path(__file__).parent / "irem.ts").write_text(f"{comment}\nexport const GOLDEN_IREM =\n{lines};\n")


check(sys.argv[1]) if len(sys.argv) > 1 else generate()
