"""Reads every picture of a folder with PP-OCRv4 and prints the reader's name and the lines as one line of JSON.

The detector is asked where the writing is; what it does not find is read from the whole picture. Pictures are enlarged, since the detector
misses writing that is only a few pixels high. The better of the two readings counts as its reading: the one with the higher score.
"""
import importlib.metadata
import json
import pathlib
import sys

import cv2
from rapidocr_onnxruntime import RapidOCR

ENLARGED = 3

reader = RapidOCR()
lines = ["PP-OCRv4 (rapidocr-onnxruntime %s)" % importlib.metadata.version("rapidocr-onnxruntime")]
for file in sorted(pathlib.Path(sys.argv[1]).glob("*.png")):
    picture = cv2.imread(str(file))
    picture = cv2.resize(picture, None, fx=ENLARGED, fy=ENLARGED, interpolation=cv2.INTER_CUBIC)
    whole, _ = reader(picture, use_det=False, use_cls=False, use_rec=True)
    found, _ = reader(picture, use_det=True, use_cls=False, use_rec=True)
    readings = [(whole[0][1], whole[0][0])] if whole else []
    if found:
        boxes = sorted(found, key=lambda box: min(corner[0] for corner in box[0]))
        readings.append((sum(box[2] for box in boxes) / len(boxes), "".join(box[1] for box in boxes)))
    lines.append(max(readings)[1] if readings else "")
print(json.dumps(lines))
