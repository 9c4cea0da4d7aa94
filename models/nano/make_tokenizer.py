"""Makes tokenizer.json of the nano model: byte-level BPE with Qwen2's splitting rule (each digit by itself) and special tokens.

Run once, with the Python package `tokenizers` (0.23.3 was used): python3 make_tokenizer.py
The merges come from the sentences that the cell is talked about in, so that frequent words are one token.
"""
import itertools
import os

from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers

SPECIAL = [
    "<|endoftext|>", "<|im_start|>", "<|im_end|>", "<|object_ref_start|>", "<|object_ref_end|>", "<|box_start|>", "<|box_end|>",
    "<|quad_start|>", "<|quad_end|>", "<|vision_start|>", "<|vision_end|>", "<|vision_pad|>", "<|image_pad|>", "<|video_pad|>",
]
SPLIT = (r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+")
ROWS = 640


def sentences():
    places = ["left", "middle", "right", "board"]
    for a, b, op in itertools.product(range(0, 30, 3), range(0, 20, 3), "+-×÷"):
        yield f"The board shows {a}{op}{b}. {a}{op}{b}={a + b}. Cards: {a % 10} (left), {b % 10} (middle), 5 (right)."
        yield f"{a} {op} {b} ={a + b}"
    for p, q in itertools.product(places, places):
        yield f"Need 1 ({p}), 2 ({q}). Pick 1 from {p}. Next action:"
        yield f"Cards: 1 ({p}), 5 ({q}), 2 (board). Done. Next action:"
        yield f"Where is the card with the number 7? It is on the {p}. What is on the {q}?"
    for line in [
        "Answer the question and pick the card with the correct answer.", "Read this.", "Read the board.", "What does the board show?",
        "Which cards are there?", "Point to the card.", "system\n", "user\n", "assistant\n", "You are a helpful assistant.",
        "Describe the scene: a table, a whiteboard, a camera, two robot arms and three number cards.",
        "Solve the equation and put the card on the board.", "Pick the toy and place it to the left of the other, to the right, in front, "
        "behind, on top, under it.", "plus minus times divided by equals", "The arm holds a card.", "Yes.", "No.",
        "red green blue black white yellow orange grey brown", "zero one two three four five six seven eight nine ten",
    ]:
        for _ in range(20):
            yield line


def main():
    tokenizer = Tokenizer(models.BPE())
    tokenizer.normalizer = normalizers.NFC()
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([
        pre_tokenizers.Split(Regex(SPLIT), behavior="isolated"),
        pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
    ])
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=ROWS - len(SPECIAL), initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), show_progress=False)
    tokenizer.train_from_iterator(sentences(), trainer)
    tokenizer.add_special_tokens(SPECIAL)
    assert tokenizer.get_vocab_size() <= ROWS, tokenizer.get_vocab_size()
    for sign in "+-×÷=0123456789":
        assert len(tokenizer.encode(sign).ids) == 1, sign
    assert len(tokenizer.encode("14×7=98").ids) == 7
    tokenizer.save(os.path.join(os.path.dirname(os.path.abspath(__file__)), "tokenizer.json"))
    text = "The board shows 4+8. 4+8=12. Cards: 1 (left), 5 (middle), 2 (right). Need 1 (left), 2 (right). Pick 1 from left. Next action:"
    encoding = tokenizer.encode(text)
    print(tokenizer.get_vocab_size(), len(encoding.ids), encoding.tokens)
    assert tokenizer.decode(encoding.ids) == text
    print(len(tokenizer.encode("Answer the question and pick the card with the correct answer.").ids))


main()
