"""What Hugging Face transformers computes with a Qwen2-VL: shared by the generators of the fixtures of GoldenParityTest.

transformers has no mixture of ChatVLA-2's kind. `Mixture` below is written from its description, one token and one expert after the other,
and takes the place of each decoder layer's feed-forward network; everything around it stays transformers' own.
"""
import torch
from transformers import Qwen2VLConfig, Qwen2VLForConditionalGeneration

VISION_START, VISION_END, IMAGE = 3, 4, 5
GREEDY_TOKENS = 64
CLEAR_GAP = 4e-3  # twice what the tolerance of the tests lets two logits differ: nobody may doubt which token is the best
CLEAR_ROUTE = 1e-4  # nor which experts are


class Mixture(torch.nn.Module):
    """Top-k of the router's logits; softmax over these k; the weighted sum of the experts' outputs."""

    def __init__(self, width, inner, experts, per_token):
        super().__init__()
        self.per_token = per_token
        self.narrowest = float("inf")
        self.router = torch.nn.Linear(width, experts)
        self.gate = torch.nn.ParameterList([torch.nn.Parameter(torch.empty(inner, width)) for _ in range(experts)])
        self.up = torch.nn.ParameterList([torch.nn.Parameter(torch.empty(inner, width)) for _ in range(experts)])
        self.down = torch.nn.ParameterList([torch.nn.Parameter(torch.empty(width, inner)) for _ in range(experts)])

    def forward(self, x):
        rows = []
        for token in x.reshape(-1, x.shape[-1]):
            logits = self.router(token)
            order = sorted(range(len(self.gate)), key=lambda e: -logits[e].item())
            chosen = order[:self.per_token]
            self.narrowest = min(self.narrowest, (logits[chosen[-1]] - logits[order[self.per_token]]).item())
            share = torch.exp(logits[chosen]) / torch.exp(logits[chosen]).sum()
            outputs = [self.down[e] @ (torch.nn.functional.silu(self.gate[e] @ token) * (self.up[e] @ token)) for e in chosen]
            rows.append(sum(p * y for p, y in zip(share, outputs)))
        return torch.stack(rows).reshape(x.shape)


def build(config, experts=0, per_token=0):
    model = Qwen2VLForConditionalGeneration._from_config(Qwen2VLConfig(**config), attn_implementation="eager").eval()
    if experts:
        for layer in model.model.language_model.layers:
            layer.mlp = Mixture(config["hidden_size"], config["intermediate_size"], experts, per_token)
    return model


def published(name):
    """The name of a parameter in the published checkpoints, which newer versions of transformers rename."""
    name = name.replace("model.language_model.", "model.").replace("model.visual.", "visual.")
    for ours, theirs in (("gate.", "gate_proj"), ("up.", "up_proj"), ("down.", "down_proj")):
        head, found, expert = name.partition(".mlp." + ours)
        if found:
            return f"{head}.share_moe_expert.routed_experts.experts.{expert}.{theirs}.weight"
    return name.replace(".mlp.router.", ".share_moe_expert.routed_experts.router.topkroute_linear.")


def parameters(model):
    """Parameters by published name; the output layer's weight is the embedding."""
    return {published(name): value for name, value in model.named_parameters() if name != "lm_head.weight"}


def some(rows, count):
    """So many rows from the first to the last, or all of them."""
    return torch.arange(rows) if rows <= count else torch.linspace(0, rows - 1, count).round().long()


def compute(model, tokens, patches, grids, most_rows):
    """Prefill and greedy decoding; of what has more rows than `most_rows`, that many."""
    ids = torch.tensor([tokens])
    inputs = {"pixel_values": patches, "image_grid_thw": grids, "attention_mask": torch.ones_like(ids),
              "mm_token_type_ids": (ids == IMAGE).int()}
    kept = {}
    hooks = [
        model.model.visual.blocks[-1].register_forward_hook(lambda module, args, output: kept.update(tower=output)),
        model.model.visual.merger.register_forward_hook(lambda module, args, output: kept.update(merged=output)),
        model.model.language_model.register_forward_pre_hook(
            lambda module, args, kwargs: kept.update(positions=kwargs["position_ids"][-3:, 0]), with_kwargs=True)]
    with torch.no_grad():
        outputs = model(input_ids=ids, output_hidden_states=True, **inputs)
        for hook in hooks:
            hook.remove()
        decoded = model.generate(
            input_ids=ids, max_new_tokens=GREEDY_TOKENS, min_new_tokens=GREEDY_TOKENS, do_sample=False, output_logits=True,
            return_dict_in_generate=True, **inputs)
    greedy = decoded.sequences[0, len(tokens):]
    best = torch.cat(decoded.logits).topk(2)
    assert torch.equal(best.indices[:, 0], greedy)
    gap = (best.values[:, 0] - best.values[:, 1]).min().item()
    route = min((layer.mlp.narrowest for layer in model.model.language_model.layers if isinstance(layer.mlp, Mixture)), default=None)
    print("distinct tokens", len(greedy.unique()), "smallest gap", gap, "narrowest route", route,
          "logit deviation", outputs.logits.std().item())
    assert gap > CLEAR_GAP and (route is None or route > CLEAR_ROUTE), "choose another seed"
    expected = {"grids": grids, "ids": ids[0], "positions": kept["positions"].long(), "greedy": greedy, "best": best.values}
    values = {"tower": kept["tower"], "merged": kept["merged"], "hidden": outputs.hidden_states[-1][0], "logits": outputs.logits[0]}
    for name, value in values.items():
        rows = some(len(value), most_rows)
        expected |= {name + ".rows": rows, name: value[rows]}
    return {name: value.contiguous() for name, value in expected.items()}
