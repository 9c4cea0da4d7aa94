"""Makes the golden values beside this file; see README.md."""
import gzip

import numpy as np
from PIL import Image
from transformers.models.qwen2_vl.image_processing_qwen2_vl import Qwen2VLImageProcessor, smart_resize

processor = Qwen2VLImageProcessor(min_pixels=56 * 56, max_pixels=16384 * 28 * 28)


def picture(width, height):
    """Smooth colours, hard edges and noise: what resampling gets wrong first."""
    y, x = np.mgrid[0:height, 0:width]
    rng = np.random.default_rng(7)
    red = 127 + 120 * np.sin(x / 9.0 + y / 31.0)
    green = np.where((x // 13 + y // 11) % 2 == 0, 250, 5)
    blue = rng.integers(0, 256, (height, width))
    return Image.fromarray(np.stack([red, green, blue], -1).clip(0, 255).astype(np.uint8), "RGB")


for width, height in [(320, 240), (97, 64), (56, 56)]:
    name = f"{width}x{height}"
    image = picture(width, height)
    image.save(f"picture-{name}.png")
    down, across = smart_resize(height, width, factor=28, min_pixels=56 * 56, max_pixels=16384 * 28 * 28)
    resized = image.resize((across, down), Image.BICUBIC)
    resized.save(f"resized-{name}.png")
    rows = processor(images=[resized], return_tensors="np")["pixel_values"].astype("<f4")
    direct = processor(images=[image], return_tensors="np")["pixel_values"]
    assert np.array_equal(rows, direct)
    with open(f"patches-{name}.bin.gz", "wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as out:
        out.write(np.concatenate([rows[:8], rows[-8:]]).tobytes())

with open("sizes.csv", "w") as out:
    out.write("width,height,resizedWidth,resizedHeight,minPixels,maxPixels\n")
    for low, high in [(56 * 56, 16384 * 784), (256 * 784, 1280 * 784)]:
        for width, height in [(320, 240), (640, 480), (1280, 720), (70, 42), (98, 126), (28, 28), (31, 517), (5000, 4000), (2000, 40)]:
            down, across = smart_resize(height, width, factor=28, min_pixels=low, max_pixels=high)
            out.write(f"{width},{height},{across},{down},{low},{high}\n")
