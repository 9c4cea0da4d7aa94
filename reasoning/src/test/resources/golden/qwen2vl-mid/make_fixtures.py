"""Makes the mid-size fixtures of GoldenParityTest. The weights are a formula, so that no file has to hold them.

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

import formula
import reference

SEEDS = {"dense": 2, "mixture": 7}
EXPERTS, PER_TOKEN = 8, 2
ROWS = 5
CONFIG = {
    "model_type": "qwen2_vl", "hidden_size": 512, "num_hidden_layers": 8, "num_attention_heads": 8, "num_key_value_heads": 2,
    "intermediate_size": 1024, "hidden_act": "silu", "rms_norm_eps": 1e-6, "rope_theta": 1000000.0,
    "rope_scaling": {"type": "mrope", "mrope_section": [8, 12, 12]}, "tie_word_embeddings": True, "vocab_size": 2000,
    "max_position_embeddings": 512, "image_token_id": reference.IMAGE, "video_token_id": 6,
    "vision_start_token_id": reference.VISION_START, "vision_end_token_id": reference.VISION_END, "bos_token_id": 0, "eos_token_id": 1,
    "vision_config": {"depth": 6, "embed_dim": 256, "num_heads": 8, "mlp_ratio": 4, "hidden_size": 512, "in_chans": 3, "in_channels": 3,
                      "patch_size": 14, "temporal_patch_size": 2, "spatial_merge_size": 2},
}


def values(seed, name, shape):
    """The numbers of one tensor; FormulaModel of the Java tests draws the same."""
    seeded = f"{seed}/{name}"
    if "embed_tokens" in name:
        return formula.uniform(seeded, shape, 0.25)  # small: the layers, not the last token, decide what follows
    if len(shape) > 1:
        return formula.weight(seeded, shape, 1.5)
    norm = name.endswith(("norm.weight", "norm1.weight", "norm2.weight", "ln_q.weight"))
    return formula.uniform(seeded, shape, 0.5, 1.0 if norm else 0.0)


def main():
    grids = torch.tensor([[1, 10, 14], [1, 6, 8]])
    patches = torch.from_numpy(formula.uniform("patches", (int(grids.prod(1).sum()), 1176), 1.75))
    image = lambda rows, columns: [reference.VISION_START, *[reference.IMAGE] * (rows * columns // 4), reference.VISION_END]
    tokens = [*range(100, 110), *image(10, 14), *range(500, 1000, 71), *image(6, 8), *range(1990, 1200, -37)]
    for folder, experts in (("dense", 0), ("mixture", EXPERTS)):
        config = CONFIG | ({"intermediate_size": 512} if experts else {})
        model = reference.build(config, experts, PER_TOKEN)
        parameters = reference.parameters(model)
        for name, parameter in parameters.items():
            parameter.data.copy_(torch.from_numpy(values(SEEDS[folder], name, tuple(parameter.shape))))
        out = HERE / folder
        out.mkdir(exist_ok=True)
        if experts:
            config |= {"num_experts": experts, "num_experts_per_tok": PER_TOKEN}
        (out / "config.json").write_text(json.dumps(config, indent=2) + "\n")
        print(folder, len(parameters), "tensors,", sum(p.numel() for p in parameters.values()), "parameters,", len(tokens), "tokens")
        save_file(reference.compute(model, tokens, patches, grids, ROWS), out / "expected.safetensors", {"seed": str(SEEDS[folder])})


if __name__ == "__main__":
    main()
