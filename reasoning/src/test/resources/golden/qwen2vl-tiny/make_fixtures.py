"""Makes the fixtures of GoldenParityTest: a tiny Qwen2-VL with random weights, and what Hugging Face transformers computes with it.

    pip install torch transformers safetensors
    python make_fixtures.py            # writes the folders dense/ and mixture/ beside this file

transformers has no mixture of ChatVLA-2's kind. `Mixture` below is written from its description, one token and one expert after the other,
and takes the place of each decoder layer's feed-forward network; everything around it stays transformers' own.
"""
import json
import pathlib

import torch
from safetensors.torch import save_file
from transformers import Qwen2VLConfig, Qwen2VLForConditionalGeneration

HERE = pathlib.Path(__file__).parent
VISION_START, VISION_END, IMAGE = 3, 4, 5
EXPERTS, PER_TOKEN = 4, 2
GREEDY_TOKENS = 24
CONFIG = {
    "model_type": "qwen2_vl", "hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 4, "num_key_value_heads": 2,
    "intermediate_size": 48, "hidden_act": "silu", "rms_norm_eps": 1e-6, "rope_theta": 1000000.0,
    "rope_scaling": {"type": "mrope", "mrope_section": [1, 1, 2]}, "tie_word_embeddings": True, "vocab_size": 160,
    "max_position_embeddings": 512, "image_token_id": IMAGE, "video_token_id": 6, "vision_start_token_id": VISION_START,
    "vision_end_token_id": VISION_END, "bos_token_id": 0, "eos_token_id": 1,
    "vision_config": {"depth": 2, "embed_dim": 32, "num_heads": 4, "mlp_ratio": 2, "hidden_size": 32, "in_chans": 3, "in_channels": 3,
                      "patch_size": 14, "temporal_patch_size": 2, "spatial_merge_size": 2},
}


class Mixture(torch.nn.Module):
    """Top-k of the router's logits; softmax over these k; the weighted sum of the experts' outputs."""

    def __init__(self, width, inner):
        super().__init__()
        self.router = torch.nn.Linear(width, EXPERTS)
        self.gate = torch.nn.ParameterList([torch.nn.Parameter(torch.empty(inner, width)) for _ in range(EXPERTS)])
        self.up = torch.nn.ParameterList([torch.nn.Parameter(torch.empty(inner, width)) for _ in range(EXPERTS)])
        self.down = torch.nn.ParameterList([torch.nn.Parameter(torch.empty(width, inner)) for _ in range(EXPERTS)])

    def forward(self, x):
        rows = []
        for token in x.reshape(-1, x.shape[-1]):
            logits = self.router(token)
            chosen = sorted(range(EXPERTS), key=lambda e: -logits[e].item())[:PER_TOKEN]
            share = torch.exp(logits[chosen]) / torch.exp(logits[chosen]).sum()
            outputs = [self.down[e] @ (torch.nn.functional.silu(self.gate[e] @ token) * (self.up[e] @ token)) for e in chosen]
            rows.append(sum(p * y for p, y in zip(share, outputs)))
        return torch.stack(rows).reshape(x.shape)


def randomise(model):
    """Weights large enough that every term shows, and exact in bf16, which the file stores."""
    generator = torch.Generator().manual_seed(15)
    for name, parameter in sorted(model.named_parameters()):
        noise = torch.randn(parameter.shape, generator=generator)
        fan = parameter[0].numel() if parameter.dim() > 1 else 1
        value = 1 + 0.2 * noise if name.endswith(("norm.weight", "norm1.weight", "norm2.weight", "ln_q.weight")) else (
            noise * (1.6 / fan ** 0.5) if parameter.dim() > 1 else 0.3 * noise)
        if "embed_tokens" in name:
            value = 0.15 * noise  # small: the layers, not the last token, decide what follows
        parameter.data.copy_(value.to(torch.bfloat16).float())


def published(name):
    """The name of a parameter in the published checkpoints, which newer versions of transformers rename."""
    name = name.replace("model.language_model.", "model.").replace("model.visual.", "visual.")
    for ours, theirs in (("gate.", "gate_proj"), ("up.", "up_proj"), ("down.", "down_proj")):
        head, found, expert = name.partition(".mlp." + ours)
        if found:
            return f"{head}.share_moe_expert.routed_experts.experts.{expert}.{theirs}.weight"
    return name.replace(".mlp.router.", ".share_moe_expert.routed_experts.router.topkroute_linear.")


def main():
    generator = torch.Generator().manual_seed(12)
    grids = torch.tensor([[1, 4, 6], [1, 2, 4]])
    patches = torch.randn(int(grids.prod(1).sum()), 1176, generator=generator).half()
    tokens = [7, 8, VISION_START, *[IMAGE] * 6, VISION_END, 20, 21, VISION_START, *[IMAGE] * 2, VISION_END, 30, 31, 32, 33, 34]
    ids = torch.tensor([tokens])
    for folder, mixture in (("dense", False), ("mixture", True)):
        model = Qwen2VLForConditionalGeneration._from_config(Qwen2VLConfig(**CONFIG), attn_implementation="eager").eval()
        if mixture:
            for layer in model.model.language_model.layers:
                layer.mlp = Mixture(CONFIG["hidden_size"], CONFIG["intermediate_size"])
        randomise(model)
        with torch.no_grad():
            inputs = {"pixel_values": patches.float(), "image_grid_thw": grids, "attention_mask": torch.ones_like(ids),
                      "mm_token_type_ids": (ids == IMAGE).int()}
            kept = {}
            model.model.visual.blocks[-1].register_forward_hook(lambda module, args, output: kept.update(tower=output))
            model.model.visual.merger.register_forward_hook(lambda module, args, output: kept.update(merged=output))
            model.model.language_model.register_forward_pre_hook(
                lambda module, args, kwargs: kept.update(positions=kept.get("positions", kwargs["position_ids"][-3:, 0])), with_kwargs=True)
            outputs = model(input_ids=ids, output_hidden_states=True, **inputs)
            greedy = model.generate(input_ids=ids, max_new_tokens=GREEDY_TOKENS, min_new_tokens=GREEDY_TOKENS, do_sample=False, **inputs)
        out = HERE / folder
        out.mkdir(exist_ok=True)
        config = CONFIG | ({"num_experts": EXPERTS, "num_experts_per_tok": PER_TOKEN} if mixture else {})
        (out / "config.json").write_text(json.dumps(config, indent=2) + "\n")
        weights = {published(name): value.to(torch.bfloat16).contiguous() for name, value in model.named_parameters()
                   if name != "lm_head.weight"}
        save_file(weights, out / "model.safetensors")
        save_file({
            "patches": patches, "grids": grids, "ids": ids[0], "positions": kept["positions"].long().contiguous(),
            "tower": kept["tower"].contiguous(), "merged": kept["merged"].contiguous(),
            "hidden": outputs.hidden_states[-1][0].contiguous(), "logits": outputs.logits[0].contiguous(),
            "greedy": greedy[0, len(tokens):].contiguous(),
        }, out / "expected.safetensors")
        print(folder, len(weights), "tensors; greedy", greedy[0, len(tokens):].tolist(), "logit deviation", outputs.logits.std().item())
        print(kept["positions"].tolist())


if __name__ == "__main__":
    main()
