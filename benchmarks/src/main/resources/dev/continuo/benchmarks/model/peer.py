"""The same networks in eager PyTorch, timed in the same way: the peer's rows of `continuo bench model`.

Architecture and sizes are those of the model directory's config.json and policy_config.json; weights are random. Written as one writes
PyTorch: modules, scaled_dot_product_attention, one optimiser call; no compilation. Prints one line of JSON.
"""
import argparse
import json
import math
import resource
import time

import torch
import torch.nn.functional as F
from torch import nn


def rotate(x, cosine, sine):
    half = x.shape[-1] // 2
    return x * cosine + torch.cat((-x[..., half:], x[..., :half]), -1) * sine


def angles(positions, width, theta=10000.0):
    """Cosines and sines of positions [tokens] for a head of this width."""
    inverse = theta ** (-torch.arange(0, width, 2).float() / width)
    angle = positions.float()[:, None] * inverse
    angle = torch.cat((angle, angle), -1)
    return angle.cos(), angle.sin()


class VisionBlock(nn.Module):
    def __init__(self, width, heads, ratio):
        super().__init__()
        self.heads = heads
        self.norm1, self.norm2 = nn.LayerNorm(width, 1e-6), nn.LayerNorm(width, 1e-6)
        self.qkv, self.proj = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.fc1, self.fc2 = nn.Linear(width, ratio * width), nn.Linear(ratio * width, width)

    def forward(self, x, cosine, sine):
        images, tokens, width = x.shape
        qkv = self.qkv(self.norm1(x)).view(images, tokens, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
        mixed = F.scaled_dot_product_attention(rotate(qkv[0], cosine, sine), rotate(qkv[1], cosine, sine), qkv[2])
        x = x + self.proj(mixed.transpose(1, 2).reshape(images, tokens, width))
        inner = self.fc1(self.norm2(x))
        return x + self.fc2(inner * torch.sigmoid(1.702 * inner))


class Vision(nn.Module):
    def __init__(self, config, hidden):
        super().__init__()
        vision = config["vision_config"]
        width, merge = vision["embed_dim"], vision["spatial_merge_size"]
        self.merged, self.head = width * merge * merge, width // vision["num_heads"]
        self.embed = nn.Linear(3 * vision["temporal_patch_size"] * vision["patch_size"] ** 2, width, bias=False)
        self.blocks = nn.ModuleList(
            VisionBlock(width, vision["num_heads"], vision["mlp_ratio"]) for _ in range(vision["depth"]))
        self.norm = nn.LayerNorm(width, 1e-6)
        self.mlp = nn.Sequential(nn.Linear(self.merged, self.merged), nn.GELU(), nn.Linear(self.merged, hidden))

    def forward(self, patches, rows, columns):
        """Patches [images, rows * columns, values] to tokens [images, tokens, hidden]."""
        row, column = torch.meshgrid(torch.arange(rows), torch.arange(columns), indexing="ij")
        quarter = self.head // 4
        inverse = 10000.0 ** (-torch.arange(quarter).float() / quarter)
        angle = torch.cat((row.reshape(-1, 1) * inverse, column.reshape(-1, 1) * inverse), -1)
        angle = torch.cat((angle, angle), -1)
        x = self.embed(patches)
        for block in self.blocks:
            x = block(x, angle.cos(), angle.sin())
        return self.mlp(self.norm(x).reshape(x.shape[0], -1, self.merged))


class Mixture(nn.Module):
    def __init__(self, hidden, inner, experts, chosen):
        super().__init__()
        self.chosen = chosen
        self.router = nn.Linear(hidden, experts)
        self.gate_up = nn.ModuleList(nn.Linear(hidden, 2 * inner, bias=False) for _ in range(experts))
        self.down = nn.ModuleList(nn.Linear(inner, hidden, bias=False) for _ in range(experts))

    def forward(self, x):
        flat = x.reshape(-1, x.shape[-1])
        weights, experts = torch.topk(self.router(flat), self.chosen, dim=-1)
        weights = weights.softmax(-1)
        mixed = torch.zeros_like(flat)
        for expert in experts.unique().tolist():
            row, place = torch.where(experts == expert)
            gate, up = self.gate_up[expert](flat[row]).chunk(2, -1)
            mixed.index_add_(0, row, self.down[expert](F.silu(gate) * up) * weights[row, place, None])
        return mixed.view_as(x)


class Layer(nn.Module):
    def __init__(self, config):
        super().__init__()
        hidden, self.heads, self.groups = config["hidden_size"], config["num_attention_heads"], config["num_key_value_heads"]
        self.width = hidden // self.heads
        self.norm1, self.norm2 = nn.RMSNorm(hidden, 1e-6), nn.RMSNorm(hidden, 1e-6)
        self.query = nn.Linear(hidden, self.heads * self.width)
        self.key, self.value = nn.Linear(hidden, self.groups * self.width), nn.Linear(hidden, self.groups * self.width)
        self.output = nn.Linear(self.heads * self.width, hidden, bias=False)
        self.mixture = Mixture(hidden, config["intermediate_size"], config["num_experts"], config["num_experts_per_tok"])

    def forward(self, x, cosine, sine, cache):
        samples, tokens, _ = x.shape
        normed = self.norm1(x)
        query = rotate(self.query(normed).view(samples, tokens, self.heads, -1).transpose(1, 2), cosine, sine)
        key = rotate(self.key(normed).view(samples, tokens, self.groups, -1).transpose(1, 2), cosine, sine)
        value = self.value(normed).view(samples, tokens, self.groups, -1).transpose(1, 2)
        if cache is not None:
            if cache:
                key, value = torch.cat((cache[0], key), 2), torch.cat((cache[1], value), 2)
            cache[:] = [key, value]
        mixed = F.scaled_dot_product_attention(query, key, value, is_causal=tokens > 1, enable_gqa=True)
        x = x + self.output(mixed.transpose(1, 2).reshape(samples, tokens, -1))
        return x + self.mixture(self.norm2(x))


class Vlm(nn.Module):
    def __init__(self, config):
        super().__init__()
        self.vision = Vision(config, config["hidden_size"])
        self.embedding = nn.Embedding(config["vocab_size"], config["hidden_size"])
        self.layers = nn.ModuleList(Layer(config) for _ in range(config["num_hidden_layers"]))
        self.norm = nn.RMSNorm(config["hidden_size"], 1e-6)
        self.width = config["hidden_size"] // config["num_attention_heads"]

    def forward(self, ids, image=None, grid=None, begin=0, caches=None):
        x = self.embedding(ids)
        if image is not None:
            seen = self.vision(image, *grid)
            x = torch.cat((x[:, :2], seen, x[:, 2 + seen.shape[1]:]), 1)
        cosine, sine = angles(torch.arange(begin, begin + ids.shape[1]), self.width)
        for number, layer in enumerate(self.layers):
            x = layer(x, cosine, sine, None if caches is None else caches[number])
        return self.norm(x)

    def logits(self, hidden):
        return F.linear(hidden, self.embedding.weight)


class Block(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.heads = heads
        self.qkv, self.proj = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.fc1, self.fc2 = nn.Linear(width, 4 * width), nn.Linear(4 * width, width)
        self.modulation = nn.Linear(width, 6 * width)

    def forward(self, x, condition):
        samples, rows, width = x.shape
        shift1, scale1, gate1, shift2, scale2, gate2 = self.modulation(condition)[:, None].chunk(6, -1)
        normed = F.layer_norm(x, (width,), eps=1e-6) * (1 + scale1) + shift1
        qkv = self.qkv(normed).view(samples, rows, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
        mixed = F.scaled_dot_product_attention(qkv[0], qkv[1], qkv[2]).transpose(1, 2).reshape(samples, rows, width)
        x = x + gate1 * self.proj(mixed)
        normed = F.layer_norm(x, (width,), eps=1e-6) * (1 + scale2) + shift2
        return x + gate2 * self.fc2(F.gelu(self.fc1(normed), approximate="tanh"))


class Expert(nn.Module):
    def __init__(self, config):
        super().__init__()
        width, condition = config["width"], config["condition_size"]
        self.config = config
        self.first_reasoning = config["conditioning"].get("first_block", config["blocks"])
        self.rows = nn.Linear(config["action_size"], width)
        self.positions = nn.Parameter(torch.randn(1, config["chunk_rows"], width) * 0.02)
        self.time = nn.Sequential(nn.Linear(256, width), nn.SiLU(), nn.Linear(width, width))
        self.norm = nn.LayerNorm(condition)
        self.project = nn.ModuleList(
            nn.Sequential(nn.Linear(condition, condition), nn.GELU(), nn.Linear(condition, condition)) for _ in range(2))
        self.conditions = nn.ModuleList(nn.Linear(condition + config["state_size"], width) for _ in range(2))
        self.blocks = nn.ModuleList(Block(width, config["heads"]) for _ in range(config["blocks"]))
        self.modulation = nn.Linear(width, 2 * width)
        self.last = nn.Linear(width, config["action_size"])
        steps = torch.arange(config["train_timesteps"] + 1).double() / config["train_timesteps"]
        bar = torch.cos((steps + 0.008) / 1.008 * math.pi / 2) ** 2
        self.alpha = torch.cumprod(1 - (1 - bar[1:] / bar[:-1]).clamp(max=0.999), 0).float()

    def forward(self, noisy, times, observation, reasoning, state):
        frequency = torch.exp(-math.log(10000.0) * torch.arange(128) / 128)
        angle = times.float()[:, None] * frequency
        time_embedding = self.time(torch.cat((angle.cos(), angle.sin()), -1))
        conditions = [
            F.silu(time_embedding + layer(torch.cat((self.norm(project(pooled)), state), -1)))
            for project, layer, pooled in zip(self.project, self.conditions, (observation, reasoning))]
        x = self.rows(noisy) + self.positions
        for number, block in enumerate(self.blocks):
            x = block(x, conditions[1 if number >= self.first_reasoning else 0])
        shift, scale = self.modulation(conditions[1])[:, None].chunk(2, -1)
        return self.last(F.layer_norm(x, (x.shape[-1],), eps=1e-6) * (1 + scale) + shift)

    @torch.no_grad()
    def sample(self, observation, reasoning, state):
        config = self.config
        stride = config["train_timesteps"] // config["inference_steps"]
        x = torch.randn(1, config["chunk_rows"], config["action_size"])
        for step in reversed(range(config["inference_steps"])):
            time = step * stride
            noise = self(x, torch.tensor([time]), observation, reasoning, state)
            alpha = self.alpha[time]
            clean = ((x - (1 - alpha).sqrt() * noise) / alpha.sqrt()).clamp(-1, 1)
            before = self.alpha[time - stride] if time >= stride else torch.tensor(1.0)
            x = before.sqrt() * clean + (1 - before).sqrt() * noise
        return x.numpy()

    def loss(self, observation, reasoning, state, actions):
        times = torch.randint(0, self.config["train_timesteps"], (actions.shape[0],))
        alpha = self.alpha[times][:, None, None]
        noise = torch.randn_like(actions)
        return F.mse_loss(self(alpha.sqrt() * actions + (1 - alpha).sqrt() * noise, times, observation, reasoning, state), noise)


def measure(seconds, warm_up, least, step):
    """Nanoseconds of each call, or what a call returns as a list of them."""
    end = time.perf_counter() + warm_up
    step()
    while time.perf_counter() < end:
        step()
    durations = []
    end = time.perf_counter() + seconds
    while len(durations) < least or time.perf_counter() < end:
        begin = time.perf_counter_ns()
        own = step()
        durations += own if isinstance(own, list) else [time.perf_counter_ns() - begin]
    return durations


def row(part, durations):
    ordered = sorted(durations)

    def at(share):
        return ordered[min(len(ordered) - 1, math.ceil(share * len(ordered)) - 1)]

    return {"part": part, "count": len(ordered), "p50": at(0.5), "p90": at(0.9), "p99": at(0.99), "p999": at(0.999), "max": ordered[-1]}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--model")
    for name in ("rows", "columns", "text", "tokens", "batch", "threads", "least"):
        parser.add_argument("--" + name, type=int)
    for name in ("seconds", "warm-up"):
        parser.add_argument("--" + name, type=float)
    task = parser.parse_args()
    torch.set_num_threads(task.threads)
    torch.manual_seed(1)
    with open(task.model + "/config.json") as file:
        config = json.load(file)
    with open(task.model + "/policy_config.json") as file:
        policy = json.load(file)
    vlm, expert = Vlm(config), Expert(policy)
    merge = config["vision_config"]["spatial_merge_size"]
    image_tokens = task.rows * task.columns // merge ** 2
    prompt = image_tokens + task.text
    values = vlm.vision.embed.in_features
    image = torch.randn(task.batch, task.rows * task.columns, values)
    ids = torch.randint(0, config["vocab_size"], (task.batch, prompt + task.tokens))
    grid = (task.rows, task.columns)

    @torch.no_grad()
    def prefill():
        caches = [[] for _ in vlm.layers]
        hidden = vlm(ids[:1, :prompt], image[:1], grid, caches=caches)
        hidden.mean(1).numpy()
        return caches, vlm.logits(hidden[:, -1]).argmax(-1)

    @torch.no_grad()
    def decode():
        caches, token = prefill()
        durations = []
        for number in range(task.tokens):
            begin = time.perf_counter_ns()
            hidden = vlm(token[None], begin=prompt + number, caches=caches)
            hidden.numpy()
            token = vlm.logits(hidden[:, -1]).argmax(-1)
            token.item()
            durations.append(time.perf_counter_ns() - begin)
        return durations

    observation, reasoning = torch.randn(2, task.batch, policy["condition_size"])
    state = torch.randn(task.batch, policy["state_size"])
    actions = torch.rand(task.batch, policy["chunk_rows"], policy["action_size"]) * 2 - 1
    parameters = [*vlm.parameters(), *expert.parameters()]
    optimizer = torch.optim.AdamW(parameters, lr=1e-4, weight_decay=0.01)

    def train():
        hidden = vlm(ids, image, grid)
        loss = F.cross_entropy(vlm.logits(hidden[:, prompt - 1:-1]).flatten(0, 1), ids[:, prompt:].flatten())
        loss = loss + expert.loss(hidden[:, :prompt].mean(1), hidden[:, prompt:].mean(1), state, actions)
        loss.backward()
        nn.utils.clip_grad_norm_(parameters, 1.0)
        optimizer.step()
        optimizer.zero_grad()

    timing = (task.seconds, task.warm_up, task.least)
    rows = [
        row("prefill", measure(*timing, lambda: (prefill(), None)[1])),
        row("decode", measure(*timing, decode)),
        row("reasoning", measure(*timing, lambda: (decode(), None)[1])),
        row("chunk", measure(*timing, lambda: (expert.sample(observation[:1], reasoning[:1], state[:1]), None)[1])),
        row("training-step", measure(*timing, train)),
    ]
    print(json.dumps({"version": torch.__version__, "parameters": sum(p.numel() for p in parameters), "rows": rows,
                      "peak_bytes": 1024 * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss}))


main()
