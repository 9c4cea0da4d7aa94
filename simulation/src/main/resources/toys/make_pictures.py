"""Makes the toys' pictures from the npm package @lobehub/fluent-emoji-3d 1.1.0 (MIT, pictures by Microsoft): python3 make_pictures.py PACKAGE TARGET"""
import pathlib
import sys

from PIL import Image

PICTURES = {
    # in-domain
    "apple": "1f34e", "avocado": "1f951", "banana": "1f34c", "basketball": "1f3c0", "bus": "1f68c", "car": "1f697", "carrot": "1f955",
    "clock": "23f0", "dice": "1f3b2", "duck": "1f986", "fish": "1f41f", "football": "26bd", "frog": "1f438", "gift": "1f381",
    "grapes": "1f347", "lemon": "1f34b", "mug": "2615", "pear": "1f350", "robot": "1f916", "rocket": "1f680", "star": "2b50",
    "strawberry": "1f353", "teddy bear": "1f9f8", "train": "1f682",
    # open-world
    "baseball": "26be", "bell": "1f514", "broccoli": "1f966", "burger": "1f354", "cactus": "1f335", "camera": "1f4f7", "cheese": "1f9c0",
    "chick": "1f425", "cookie": "1f36a", "corn": "1f33d", "crown": "1f451", "dinosaur": "1f995", "doughnut": "1f369", "eggplant": "1f346",
    "helicopter": "1f681", "light bulb": "1f4a1", "mushroom": "1f344", "octopus": "1f419", "orange": "1f34a", "panda": "1f43c",
    "peach": "1f351", "penguin": "1f427", "pig": "1f437", "pineapple": "1f34d", "tiger": "1f42f", "tractor": "1f69c",
}
SIDE = 64


def main(package, target):
    target.mkdir(parents=True, exist_ok=True)
    for name, code in sorted(PICTURES.items()):
        picture = Image.open(package / "assets" / f"{code}.webp").convert("RGBA")
        box = picture.getbbox()
        picture = picture.crop(box)
        scale = SIDE / max(picture.size)
        picture = picture.resize([max(1, round(scale * s)) for s in picture.size], Image.LANCZOS)
        square = Image.new("RGBA", (SIDE, SIDE))
        square.paste(picture, ((SIDE - picture.width) // 2, (SIDE - picture.height) // 2))
        square.quantize(96, method=Image.Quantize.FASTOCTREE).save(target / f"{name.replace(' ', '-')}.png", optimize=True)


main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))
