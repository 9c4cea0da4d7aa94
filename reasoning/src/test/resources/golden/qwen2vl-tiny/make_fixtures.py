"""Makes the tiny fixtures of GoldenParityTest, random weights included.

    pip install torch transformers safetensors
    python make_fixtures.py            # writes the folders dense/ and mixture/ beside this file
"""
import json
import pathlib
import sys

import torch
from safetensors.torch import save_file

HERE = pathlib.Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

import reference
from reference import IMAGE, VISION_END, VISION_START

EXPERTS, PER_TOKEN = 4, 2
CONFIG = {
    "model_type": "qwen2_vl", "hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 4, "num_key_value_heads": 2,
    "intermediate_size": 48, "hidden_act": "silu", "rms_norm_eps": 1e-6, "rope_theta": 1000000.0,
    "rope_scaling": {"type": "mrope", "mrope_section": [1, 1, 2]}, "tie_word_embeddings": True, "vocab_size": 160,
    "max_position_embeddings": 512, "image_token_id": IMAGE, "video_token_id": 6, "vision_start_token_id": VISION_START,
    "vision_end_token_id": VISION_END, "bos_token_id": 0, "eos_token_id": 1,
    "vision_config": {"depth": 2, "embed_dim": 32, "num_heads": 4, "mlp_ratio": 2, "hidden_size": 32, "in_chans": 3, "in_channels": 3,
                      "patch_size": 14, "temporal_patch_size": 2, "spatial_merge_size": 2},
}


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


def main():
    generator = torch.Generator().manual_seed(12)
    grids = torch.tensor([[1, 4, 6], [1, 2, 4]])
    patches = torch.randn(int(grids.prod(1).sum()), 1176, generator=generator).half()
    tokens = [7, 8, VISION_START, *[IMAGE] * 6, VISION_END, 20, 21, VISION_START, *[IMAGE] * 2, VISION_END, 30, 31, 32, 33, 34]
    for folder, experts in (("dense", 0), ("mixture", EXPERTS)):
        model = reference.build(CONFIG, experts, PER_TOKEN)
        randomise(model)
        out = HERE / folder
        out.mkdir(exist_ok=True)
        config = CONFIG | ({"num_experts": experts, "num_experts_per_tok": PER_TOKEN} if experts else {})
        (out / "config.json").write_text(json.dumps(config, indent=2) + "\n")
        weights = {name: value.to(torch.bfloat16).contiguous() for name, value in reference.parameters(model).items()}
        save_file(weights, out / "model.safetensors")
        expected = reference.compute(model, tokens, patches.float(), grids, len(tokens) + len(patches))
        save_file(expected | {"patches": patches}, out / "expected.safetensors")


if __name__ == "__main__":
    main()
