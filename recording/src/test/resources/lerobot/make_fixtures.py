"""Writes the two small datasets of this folder with lerobot itself, and what lerobot reads from them. Run: python make_fixtures.py FOLDER"""

import json
import sys
from pathlib import Path

import numpy as np
from lerobot.datasets.lerobot_dataset import LeRobotDataset

FPS = 10
EPISODES = [("put the cube into the box", 5), ("open the drawer", 4)]
FEATURES = {
    "observation.state": {"dtype": "float32", "shape": (4,), "names": ["j1", "j2", "j3", "gripper"]},
    "action": {"dtype": "float32", "shape": (3,), "names": ["x", "y", "z"]},
    "observation.effort": {"dtype": "float32", "shape": (2,), "names": ["e1", "e2"]},
    "observation.weight": {"dtype": "float32", "shape": (1,), "names": ["weight"]},
    "observation.images.front": {"dtype": "video", "shape": (64, 96, 3), "names": ["height", "width", "channels"]},
    "observation.images.wrist": {"dtype": "video", "shape": (64, 64, 3), "names": ["height", "width", "channels"]},
}


def picture(width, height, episode, frame):
    """A gradient with a bright square that wanders."""
    y, x = np.mgrid[0:height, 0:width]
    rgb = np.stack([255 * x // width, 255 * y // height, np.full_like(x, 60 + 40 * episode)], axis=-1).astype(np.uint8)
    left = 6 + 8 * frame
    rgb[20:36, left : left + 16] = (240, 230, 20)
    return rgb


def write(root, pictures_as, **limits):
    features = {k: dict(v) for k, v in FEATURES.items()}
    for key in features:
        if features[key]["dtype"] == "video":
            features[key]["dtype"] = pictures_as
    dataset = LeRobotDataset.create("continuo/fixture", fps=FPS, root=root, robot_type="two_link", features=features, use_videos=pictures_as == "video")
    if limits:
        dataset.meta.update_chunk_settings(**limits)
    random = np.random.default_rng(7)
    for episode, (task, length) in enumerate(EPISODES):
        for frame in range(length):
            item = {key: random.normal(size=ft["shape"]).astype(np.float32) for key, ft in features.items() if ft["dtype"] == "float32"}
            item["observation.images.front"] = picture(96, 64, episode, frame)
            item["observation.images.wrist"] = picture(64, 64, episode, frame)
            dataset.add_frame({**item, "task": task})
        dataset.save_episode(parallel_encoding=False)
    dataset.finalize()


def quarters(chw):
    """Mean red, green, blue of the four quarters of a picture, 0 to 255."""
    c, h, w = chw.shape
    return [[round(float(chw[i, y : y + h // 2, x : x + w // 2].mean()) * 255, 2) for i in range(3)] for y in (0, h // 2) for x in (0, w // 2)]


def read(root):
    dataset = LeRobotDataset("continuo/fixture", root=root, video_backend="pyav")
    frames = []
    for i in range(len(dataset)):
        item = dataset[i]
        frames.append({
            **{key: item[key].reshape(-1).tolist() for key, ft in dataset.features.items() if ft["dtype"] == "float32"},
            **{key: item[key].item() for key in ("frame_index", "episode_index", "index", "task_index")},
            "task": item["task"],
            **{key: quarters(item[key]) for key in dataset.meta.camera_keys},
        })
    return frames


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    for name, pictures_as, limits in [
        ("whole", "video", {}),
        ("split", "video", {"chunks_size": 1, "data_files_size_in_mb": 0.001, "video_files_size_in_mb": 0.001}),
        ("pictures", "image", {}),
    ]:
        write(folder / name, pictures_as, **limits)
        (folder / f"{name}.json").write_text(json.dumps(read(folder / name), indent=1) + "\n")
