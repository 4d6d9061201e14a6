"""The same network in PyTorch on the CPU: forward, backward and Adam, with nothing around them."""

import json
import sys
import time

import torch

setting = json.loads(sys.argv[1])
net = setting["net"]
torch.manual_seed(1)
torch.set_num_threads(setting["threads"])


def module() -> torch.nn.Sequential:
    """Channels first; the softmax is the loss's."""
    shape = net["shape"]
    x = torch.zeros(2, *(shape if len(shape) == 1 else [shape[2], *shape[:2]]))
    layers = torch.nn.Sequential()
    for layer in net["layers"]:
        kind = layer["type"]
        if kind == "dense":
            made = torch.nn.Linear(x.shape[1], layer["units"])
        elif kind == "conv2d":
            made = torch.nn.Conv2d(x.shape[1], layer["filters"], layer["kernelSize"])
        elif kind == "maxPooling2d":
            made = torch.nn.MaxPool2d(2)
        else:
            made = torch.nn.Flatten()
        layers.append(made)
        if layer.get("activation") == "relu":
            torch.nn.init.kaiming_normal_(made.weight, nonlinearity="relu")
            layers.append(torch.nn.ReLU())
        x = made(x)
    return layers


model = module()
optimizer = torch.optim.Adam(model.parameters(), lr=0.001)
size = setting["batchSize"]
rows = size * setting["batches"]
shape = net["shape"]
inputs = torch.randn(rows, *(shape if len(shape) == 1 else [shape[2], *shape[:2]]))
targets = torch.randint(0, net["layers"][-1]["units"], (rows,))


def epoch() -> None:
    """Rows in a new order; the loss is read at every step, as in ours."""
    order = torch.randperm(rows)
    for at in range(0, rows, size):
        batch = order[at : at + size]
        optimizer.zero_grad(set_to_none=True)
        loss = torch.nn.functional.cross_entropy(model(inputs[batch]), targets[batch])
        loss.backward()
        optimizer.step()
        loss.item()


threads = torch.get_num_threads()
print(json.dumps({"device": f"PyTorch {torch.__version__}, {threads} threads"}), flush=True)
for _ in sys.stdin:
    began = time.perf_counter()
    epoch()
    print(json.dumps({"milliseconds": (time.perf_counter() - began) * 1000}), flush=True)
