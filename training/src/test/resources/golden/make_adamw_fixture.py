"""Makes adamw.npz: ten steps of torch.optim.AdamW with two parameter groups, warm-up and clipping. See README.md."""

import pathlib

import numpy
import torch

torch.manual_seed(21)
weight = torch.nn.Parameter(torch.randn(5, 4))
bias = torch.nn.Parameter(torch.randn(5))
arrays = {"start.weight": weight.detach().clone(), "start.bias": bias.detach().clone()}
optimizer = torch.optim.AdamW(
    [{"params": [weight], "weight_decay": 0.1}, {"params": [bias], "weight_decay": 0.0}], betas=(0.9, 0.95), eps=1e-4)
norms = []
for step in range(10):
    x, y = torch.randn(8, 4), torch.randn(8, 5)
    arrays[f"x{step}"], arrays[f"y{step}"] = x, y
    for i, group in enumerate(optimizer.param_groups):
        group["lr"] = (0.02 * (step + 1) / 4 if step < 4 else 0.02) * (1.0, 0.5)[i]
    optimizer.zero_grad()
    (x @ weight.T + bias - y).square().mean().backward()
    norms.append(torch.nn.utils.clip_grad_norm_([weight, bias], 0.5))
    optimizer.step()
    arrays[f"weight{step}"], arrays[f"bias{step}"] = weight.detach().clone(), bias.detach().clone()
arrays["norms"] = torch.stack(norms)
numpy.savez(pathlib.Path(__file__).parent / "adamw.npz", **{key: value.numpy() for key, value in arrays.items()})
print("norms", arrays["norms"])
