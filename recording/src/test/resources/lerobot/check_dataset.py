"""Judges a dataset with lerobot itself and trains one step on it. Run: python check_dataset.py DATASET EXPECTED

EXPECTED holds frames.json, what every frame should be, and EPISODE-FRAME-CAMERA.rgb, the pictures before they were encoded.
The last line that is printed is a JSON object with what was found."""

import json
import sys
import tempfile
from pathlib import Path

import numpy as np
import pandas as pd
import torch
from lerobot.configs import FeatureType
from lerobot.datasets.compute_stats import aggregate_stats, compute_episode_stats, get_feature_stats, sample_images
from lerobot.datasets.lerobot_dataset import LeRobotDataset
from lerobot.datasets.video_utils import decode_video_frames
from lerobot.policies.act.configuration_act import ACTConfig
from lerobot.policies.act.modeling_act import ACTPolicy
from lerobot.policies.factory import make_pre_post_processors
from lerobot.utils.feature_utils import dataset_to_policy_features
from PIL import Image

REPO = "continuo/check"


def picture(expected, frame, camera, shape):
    raw = np.frombuffer((expected / f"{frame['episode_index']}-{frame['frame_index']}-{camera.split('.')[-1]}.rgb").read_bytes(), np.uint8)
    return raw.reshape(shape)


def psnr(wanted, got):
    return 10 * np.log10(255**2 / max(1e-9, np.mean((wanted.astype(float) - got.astype(float)) ** 2)))


def check_frames(dataset, expected, frames):
    """Every number, and how like its original every picture is."""
    levels = []
    assert len(dataset) == len(frames), (len(dataset), len(frames))
    for i, frame in enumerate(frames):
        item = dataset[i]
        for key, wanted in frame.items():
            if key == "task":
                assert item["task"] == wanted, (i, item["task"], wanted)
            else:
                got = item[key].reshape(-1).numpy()
                assert np.array_equal(got, np.asarray(wanted, got.dtype).reshape(-1)), (i, key, got, wanted)
        for camera in dataset.meta.camera_keys:
            got = (item[camera].permute(1, 2, 0).numpy() * 255).round().astype(np.uint8)
            levels.append(psnr(picture(expected, frame, camera, got.shape), got))
    return levels


def worst(wanted, got, where):
    """The greatest relative difference of two sets of statistics."""
    greatest = 0.0
    for name, values in wanted.items():
        one, other = np.asarray(values, float), np.asarray(got[name], float)
        assert one.shape == other.shape, (where, name, one.shape, other.shape)
        off = np.abs(one - other) / np.maximum(np.abs(one), 1e-3)
        greatest = max(greatest, float(off.max()))
        assert off.max() <= 1e-4, (where, name, one, other)
    return greatest


def exact_moments(paths):
    """Mean and deviation of pictures by lerobot's own code in double precision: in single precision, as lerobot runs it, the sums over many pixels are off."""
    pixels = sample_images(paths).astype(np.float64)
    stats = get_feature_stats(pixels, axis=(0, 2, 3), keepdims=True)
    return {name: np.squeeze(stats[name] / 255.0, axis=0) for name in ("mean", "std")}


def check_stats(dataset, expected, frames):
    """Against what lerobot computes from the originals, for every episode and for all."""
    rows = pd.concat([pd.read_parquet(file) for file in sorted((dataset.root / "meta/episodes").glob("*/*.parquet"))])
    everything, greatest, single, moments = [], 0.0, {}, []
    features = dataset.meta.features
    with tempfile.TemporaryDirectory() as scratch:
        for episode, row in rows.set_index("episode_index").iterrows():
            own = [f for f in frames if f["episode_index"] == episode]
            data = {}
            for key, feature in features.items():
                if feature["dtype"] == "video":
                    data[key] = []
                    for f in own:
                        path = f"{scratch}/{episode}-{f['frame_index']}-{key}.png"
                        Image.fromarray(picture(expected, f, key, feature["shape"])).save(path)
                        data[key].append(path)
                elif key == "timestamp":
                    data[key] = np.array([f["frame_index"] / dataset.fps for f in own])
                else:
                    data[key] = np.array([f[key] for f in own], feature["dtype"])
                    if tuple(feature["shape"]) == (1,):
                        data[key] = data[key].reshape(-1)
            stats = compute_episode_stats(data, features)
            for key in dataset.meta.video_keys:
                single.update({f"{episode} {key} {name}": stats[key][name] for name in ("mean", "std")})
                stats[key].update(exact_moments(data[key]))
                for name in ("mean", "std"):
                    moments.append(float(np.abs(single[f"{episode} {key} {name}"] / stats[key][name] - 1).max()))
            everything.append(stats)
            for key in features:
                got = {name: np.array(json.loads(json.dumps(row[f"stats/{key}/{name}"], default=lambda a: a.tolist()))) for name in stats[key]}
                greatest = max(greatest, worst(stats[key], got, (episode, key)))
    for key, stats in aggregate_stats(everything).items():
        greatest = max(greatest, worst(stats, dataset.meta.stats[key], key))
    return greatest, max(moments, default=0.0)


def check_torchcodec(dataset):
    """The decoder that lerobot prefers, where it can be loaded, finds the same pictures."""
    try:
        import torchcodec.decoders  # noqa: F401
    except Exception:
        return None
    least = 1e9
    for episode in range(dataset.meta.total_episodes):
        for camera in dataset.meta.video_keys:
            row = dataset.meta.episodes[episode]
            times = [row[f"videos/{camera}/from_timestamp"] + i / dataset.fps for i in range(row["length"])]
            path = dataset.root / dataset.meta.get_video_file_path(episode, camera)
            one, other = (decode_video_frames(path, times, 1e-4, backend) for backend in ("pyav", "torchcodec"))
            least = min(least, psnr(one.numpy() * 255, other.numpy() * 255))
    return least


def train_step(root):
    """The loss of ACT, and again after one step of training."""
    torch.manual_seed(0)
    chunk = 4
    meta = LeRobotDataset(REPO, root=root, video_backend="pyav").meta
    dataset = LeRobotDataset(REPO, root=root, video_backend="pyav", delta_timestamps={"action": [i / meta.fps for i in range(chunk)]})
    features = dataset_to_policy_features(meta.features)
    # ACT takes a state, an action and cameras; other vectors are for other policies.
    inputs = {k: f for k, f in features.items() if f.type is FeatureType.VISUAL or k == "observation.state"}
    config = ACTConfig(
        input_features=inputs, output_features={"action": features["action"]}, chunk_size=chunk, n_action_steps=chunk, dim_model=32, n_heads=2, dim_feedforward=64,
        n_encoder_layers=1, n_vae_encoder_layers=1, latent_dim=8, pretrained_backbone_weights=None, device="cpu",
    )
    policy = ACTPolicy(config)
    prepare, _ = make_pre_post_processors(config, dataset_stats=meta.stats)
    batch = prepare(next(iter(torch.utils.data.DataLoader(dataset, batch_size=4))))
    policy.train()
    optimizer = torch.optim.AdamW(policy.parameters(), lr=1e-3)
    losses = []
    for _ in range(2):
        loss, _ = policy.forward(batch)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    assert np.isfinite(losses).all(), losses
    return losses


if __name__ == "__main__":
    root, expected = Path(sys.argv[1]), Path(sys.argv[2])
    frames = json.loads((expected / "frames.json").read_text())
    dataset = LeRobotDataset(REPO, root=root, video_backend="pyav")
    levels = check_frames(dataset, expected, frames)
    worst_stat, single_precision = check_stats(dataset, expected, frames)
    print(json.dumps({
        "frames": len(frames), "least_psnr": min(levels), "mean_psnr": float(np.mean(levels)), "worst_stat": worst_stat,
        "lerobot_picture_moments_off": single_precision,
        "torchcodec_psnr": check_torchcodec(dataset), "losses": train_step(root),
    }))
