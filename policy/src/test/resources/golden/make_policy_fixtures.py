"""Makes the fixtures of the policy tests. See README.md beside this file.

The network below is written in PyTorch from the description of ScaleDP and of ChatVLA-2's conditioning, apart from the Java code,
with the modules of torch.nn; the sampler is that of the diffusers package.
"""

import dataclasses
import math
import pathlib
import sys

import numpy
import torch
from diffusers import DDIMScheduler
from torch import nn

HERE = pathlib.Path(__file__).parent
sys.path.insert(0, str(HERE.parents[4] / "reasoning/src/test/resources/golden"))

import formula

BATCH = 3


@dataclasses.dataclass(frozen=True)
class Size:
    blocks: int
    width: int
    heads: int
    rows: int
    action: int
    state: int
    condition: int


TINY = Size(blocks=4, width=24, heads=3, rows=6, action=5, state=4, condition=16)
MIDDLE = Size(blocks=12, width=384, heads=6, rows=50, action=14, state=14, condition=512)


def scheduler(prediction_type="epsilon"):
    return DDIMScheduler(
        num_train_timesteps=100, beta_schedule="squaredcos_cap_v2", clip_sample=True, set_alpha_to_one=True,
        steps_offset=0, prediction_type=prediction_type, timestep_spacing="leading")


class Attention(nn.Module):
    def __init__(self, size):
        super().__init__()
        self.heads = size.heads
        self.qkv = nn.Linear(size.width, 3 * size.width)
        self.proj = nn.Linear(size.width, size.width)

    def forward(self, x):
        batch, rows, _ = x.shape
        q, k, v = self.qkv(x).chunk(3, dim=-1)
        split = lambda y: y.view(batch, rows, self.heads, -1).transpose(1, 2)
        mixed = nn.functional.scaled_dot_product_attention(split(q), split(k), split(v))
        return self.proj(mixed.transpose(1, 2).flatten(2))


class Mlp(nn.Module):
    def __init__(self, size):
        super().__init__()
        self.fc1 = nn.Linear(size.width, 4 * size.width)
        self.fc2 = nn.Linear(4 * size.width, size.width)

    def forward(self, x):
        return self.fc2(nn.functional.gelu(self.fc1(x), approximate="tanh"))


def modulate(x, shift, scale):
    normal = nn.functional.layer_norm(x, x.shape[-1:], eps=1e-6)
    return normal * (1 + scale.unsqueeze(1)) + shift.unsqueeze(1)


class Block(nn.Module):
    def __init__(self, size):
        super().__init__()
        self.attn = Attention(size)
        self.mlp = Mlp(size)
        self.adaLN_modulation = nn.Sequential(nn.SiLU(), nn.Linear(size.width, 6 * size.width))

    def forward(self, x, c):
        shift1, scale1, gate1, shift2, scale2, gate2 = self.adaLN_modulation(c).chunk(6, dim=1)
        x = x + gate1.unsqueeze(1) * self.attn(modulate(x, shift1, scale1))
        return x + gate2.unsqueeze(1) * self.mlp(modulate(x, shift2, scale2))


class FinalLayer(nn.Module):
    def __init__(self, size):
        super().__init__()
        self.adaLN_modulation = nn.Sequential(nn.SiLU(), nn.Linear(size.width, 2 * size.width))
        self.linear = nn.Linear(size.width, size.action)

    def forward(self, x, c):
        shift, scale = self.adaLN_modulation(c).chunk(2, dim=1)
        return self.linear(modulate(x, shift, scale))


class TimestepEmbedder(nn.Module):
    def __init__(self, size):
        super().__init__()
        self.mlp = nn.Sequential(nn.Linear(256, size.width), nn.SiLU(), nn.Linear(size.width, size.width))

    def forward(self, t):
        frequencies = torch.exp(-math.log(10000) * torch.arange(128, dtype=torch.float32) / 128)
        angles = t[:, None].float() * frequencies[None]
        return self.mlp(torch.cat([torch.cos(angles), torch.sin(angles)], dim=-1))


class Head(nn.Module):
    def __init__(self, size):
        super().__init__()
        self.x_embedder = nn.Linear(size.action, size.width)
        self.pos_embed = nn.Parameter(torch.zeros(1, size.rows, size.width))
        self.t_embedder = TimestepEmbedder(size)
        self.norm_after_pool = nn.LayerNorm(size.condition)
        self.cond_obs_emb = nn.Linear(size.condition + size.state, size.width)
        self.cond_reasoning_emb = nn.Linear(size.condition + size.state, size.width)
        self.blocks = nn.ModuleList(Block(size) for _ in range(size.blocks))
        self.final_layer = FinalLayer(size)

    def forward(self, x, t, a, r, state, both):
        time = self.t_embedder(t)
        seen = self.norm_after_pool(a + r if both else a)
        thought = self.norm_after_pool(r)
        c_obs = time + self.cond_obs_emb(torch.cat([seen, state], dim=-1))
        c_rea = time + self.cond_reasoning_emb(torch.cat([thought, state], dim=-1))
        x = self.x_embedder(x) + self.pos_embed
        for i, block in enumerate(self.blocks):
            x = block(x, c_obs if i < len(self.blocks) // 2 else c_rea)
        return self.final_layer(x, c_rea)


class Projector(nn.Module):
    def __init__(self, size):
        super().__init__()
        self.mlps = nn.ModuleList([
            nn.Linear(size.condition, size.condition), nn.GELU(), nn.Linear(size.condition, size.condition), nn.Dropout(0.0)])

    def forward(self, x):
        for layer in self.mlps:
            x = layer(x)
        return x


class Expert(nn.Module):
    def __init__(self, size):
        super().__init__()
        self.input_action_proj = Projector(size)
        self.reasoning_action_proj = Projector(size)
        self.policy_head = Head(size)

    def forward(self, x, t, o, r, state, both):
        return self.policy_head(x, t, self.input_action_proj(o), self.reasoning_action_proj(r), state, both)


def ddim_fixture():
    noise = scheduler()
    noise.set_timesteps(10)
    torch.manual_seed(11)
    arrays = {"cumulative_alpha": noise.alphas_cumprod, "timesteps": noise.timesteps.int()}
    clean, added = torch.rand(100, 7) * 2 - 1, torch.randn(100, 7)
    arrays["clean"], arrays["added"] = clean, added
    arrays["noisy"] = noise.add_noise(clean, added, torch.arange(100))
    sample = torch.randn(30)
    arrays["start"] = sample
    predictions, samples = [], []
    for t in noise.timesteps:
        # Between a guess that explains the sample and one that does not, so that some values are clipped and some are not.
        prediction = sample * 0.7 + 1.0 * torch.randn(30)
        sample = noise.step(prediction, t, sample, eta=0.0).prev_sample
        predictions.append(prediction)
        samples.append(sample)
    arrays["predictions"], arrays["samples"] = torch.stack(predictions), torch.stack(samples)
    save("ddim.npz", arrays)


def sample_prediction_fixture():
    diffusion = scheduler("sample")
    diffusion.set_timesteps(10)
    torch.manual_seed(13)
    sample = torch.randn(30)
    arrays, predictions, samples = {"start": sample}, [], []
    for t in diffusion.timesteps:
        prediction = 0.8 * torch.randn(30)
        sample = diffusion.step(prediction, t, sample, eta=0.0).prev_sample
        predictions.append(prediction)
        samples.append(sample)
    arrays["predictions"], arrays["samples"] = torch.stack(predictions), torch.stack(samples)
    save("ddim_sample.npz", arrays)


def network_fixture():
    torch.manual_seed(12)
    expert = Expert(TINY)
    with torch.no_grad():
        for parameter in expert.parameters():
            parameter.copy_(torch.randn_like(parameter) * (0.25 if parameter.dim() == 1 else 1.2 / math.sqrt(parameter.shape[-1])))
    arrays = {name: parameter.detach() for name, parameter in expert.named_parameters()}
    o, r, state = torch.randn(BATCH, TINY.condition), torch.randn(BATCH, TINY.condition), torch.randn(BATCH, TINY.state)
    actions, noise = torch.rand(BATCH, TINY.rows, TINY.action) * 2 - 1, torch.randn(BATCH, TINY.rows, TINY.action)
    timesteps = torch.tensor([3, 50, 99])
    valid = torch.ones(BATCH, TINY.rows)
    valid[1, 4:] = 0
    valid[2, 1:] = 0
    arrays |= {"in.o": o, "in.r": r, "in.state": state, "in.actions": actions, "in.noise": noise,
               "in.timesteps": timesteps.int(), "in.valid": valid}
    for variant, both in (("o", False), ("o+r", True)):
        expert.zero_grad()
        diffusion = scheduler()
        noisy = diffusion.add_noise(actions, noise, timesteps)
        predicted = expert(noisy, timesteps, o, r, state, both)
        error = (predicted - noise).square().mean(dim=-1)
        loss = (error * valid).sum() / valid.sum()
        loss.backward()
        arrays[variant + ".predicted"], arrays[variant + ".loss"] = predicted.detach(), loss.detach()
        for name, parameter in expert.named_parameters():
            if variant == "o":
                arrays["gradient." + name] = parameter.grad.clone()
        with torch.no_grad():
            _, samples = sampling(diffusion, expert, noise[:1], o[:1], r[:1], state[:1], both)
        arrays[variant + ".sampled"] = samples[-1]
    save("scaledp.npz", arrays)


def sampling(diffusion, expert, sample, o, r, state, both):
    """What the network predicts at each of ten steps, and the sample after it."""
    diffusion.set_timesteps(10)
    predictions, samples = [], []
    for t in diffusion.timesteps:
        predictions.append(expert(sample, t.reshape(1), o, r, state, both))
        sample = diffusion.step(predictions[-1], t, sample, eta=0.0).prev_sample
        samples.append(sample)
    return predictions, samples


def middle_values(name, shape):
    """The numbers of one tensor; MiddleSizeParityTest draws the same."""
    if name.endswith("pos_embed"):
        return formula.uniform(name, shape, 0.5)
    if name.endswith("final_layer.linear.weight"):
        return formula.weight(name, shape, 0.4)  # so small that clipping leaves most of a predicted chunk as it is
    if len(shape) > 1:
        return formula.weight(name, shape, 1.2)
    return formula.uniform(name, shape, 0.4, 1.0 if name.endswith("norm_after_pool.weight") else 0.0)


def middle_fixture():
    expert = Expert(MIDDLE).requires_grad_(False)
    for name, parameter in expert.named_parameters():
        parameter.copy_(torch.from_numpy(middle_values(name, tuple(parameter.shape))))
    draw = lambda name, amplitude, *shape: torch.from_numpy(formula.uniform(name, (BATCH, *shape), amplitude))
    o, r = draw("o", 1.75, MIDDLE.condition), draw("r", 1.75, MIDDLE.condition)
    state = draw("state", 1.75, MIDDLE.state)
    actions, noise = draw("actions", 1, MIDDLE.rows, MIDDLE.action), draw("noise", 1.75, MIDDLE.rows, MIDDLE.action)
    timesteps = torch.tensor([3, 50, 99])
    arrays = {"in.timesteps": timesteps.int()}
    for prediction_type, both in (("epsilon", False), ("sample", True)):
        diffusion = scheduler(prediction_type)
        arrays[prediction_type + ".predicted"] = expert(diffusion.add_noise(actions, noise, timesteps), timesteps, o, r, state, both)
        predictions, samples = sampling(diffusion, expert, noise[:1], o[:1], r[:1], state[:1], both)
        arrays[prediction_type + ".predictions"], arrays[prediction_type + ".samples"] = torch.cat(predictions), torch.cat(samples)
    save("scaledp_middle.npz", arrays)


def save(name, arrays):
    numpy.savez(HERE / name, **{key: value.numpy() for key, value in arrays.items()})


if __name__ == "__main__":
    ddim_fixture()
    sample_prediction_fixture()
    network_fixture()
    middle_fixture()
