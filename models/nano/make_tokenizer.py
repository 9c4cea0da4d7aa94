"""Learns the tokenizer of the nano model: byte-level BPE in the manner of Qwen2, on the sentences that a robot cell is talked about in.

    pip install tokenizers
    python make_tokenizer.py            # writes tokenizer.json beside this file

Differences from Qwen2: a vocabulary of a few hundred words instead of 151 643, and arithmetic operators are split off like digits, so that
"4+8=12" is always six tokens. The special tokens and their order are Qwen's.
"""
import itertools
import pathlib
import random

from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

VOCABULARY = 640  # with the special tokens
SPECIAL = ["<|endoftext|>", "<|im_start|>", "<|im_end|>", "<|object_ref_start|>", "<|object_ref_end|>", "<|box_start|>", "<|box_end|>",
           "<|quad_start|>", "<|quad_end|>", "<|vision_start|>", "<|vision_end|>", "<|vision_pad|>", "<|image_pad|>", "<|video_pad|>"]
OPERATORS = r"[+\-−×÷=*/]"
SPLIT = (r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|" + OPERATORS + r"|[^\r\n\p{L}\p{N}+\-−×÷=*/]?\p{L}+|\p{N}"
         r"| ?[^\s\p{L}\p{N}+\-−×÷=*/]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+")

INSTRUCTIONS = [
    "Answer the question and pick the card with the correct answer.",
    "Solve the equation and pick the right card.", "Read the board and put the answer on it.",
    "What is written on the board?", "Which cards are on the table?", "Which card is on the left?", "Which card is in the middle?",
    "Which card is on the right?", "How many cards are on the table?", "How many cards are on the board?", "What is the answer?",
    "What is the sign in the equation?", "What is the first number?", "What is the second number?", "Read the equation.",
    "Read the cards from left to right.", "What do you see?", "Describe the picture.", "What should the robot do next?",
    "Is the answer on the board?", "Where is the card with the number", "Which number is larger?", "What color is it?",
    "Where is the red cup?", "Point to the object.", "Pick the toy and place it to the left of the box.",
]
ANSWERS = [
    "The board shows the equation.", "The equation on the board is", "The answer is", "The first number is", "The second number is",
    "The sign is plus.", "The sign is minus.", "The sign is times.", "The sign is divided by.", "There are three cards on the table.",
    "There is one card on the board.", "There are two cards on the board.", "There is no card on the board.", "The board is empty.",
    "The card on the left is", "The card in the middle is", "The card on the right is", "The cards are", "Yes.", "No.",
    "The picture shows a whiteboard with an equation and number cards in front of two robot arms.",
    "The robot should pick the card and place it on the board.", "The left arm picks the card.", "The right arm picks the card.",
    "The object is behind the box, in front of the cup, on top of the book, under the table, next to the ball.",
    "It is red, green, blue, yellow, white, black, orange, purple, brown, gray or pink.", "a small square, a large circle, a triangle",
    "I see a digit written by hand.", "Already placed.", "The gripper is open.", "The gripper is closed.", "at the top, at the bottom",
]
SHARED = "zero one two three four five six seven eight nine ten digit digits number numbers question answer correct wrong plus minus times divided no"


def corpus():
    """Sentences, each as often as it should weigh; drawn from a fixed seed, so that the tokenizer can be made again."""
    draw = random.Random(20)
    places = ["left", "middle", "right", "board"]
    for _ in range(400):
        a, b, c = draw.randint(0, 20), draw.randint(0, 20), draw.randint(0, 99)
        sign = draw.choice("+-×÷")
        cards = [f"{draw.randint(0, 9)} ({place})" for place in draw.sample(places, 3)]
        seen = f"The board shows {a}{sign}{b}. {a}{sign}{b}={c}. Cards: {', '.join(cards)}."
        yield f"{seen} Pick {draw.randint(0, 9)} from {draw.choice(places[:3])}. Next action:"
        yield f"{seen} Need {cards[0]}, {cards[1]}. Pick {draw.randint(0, 9)} from {draw.choice(places[:3])}. Next action:"
        yield f"{seen} Done. Next action:"
    for sign in "+-−×÷=*/":
        yield from itertools.repeat(f"3{sign}4", 50)
    yield from itertools.repeat("system\nYou are a helpful assistant.", 100)
    yield from itertools.repeat("user\n", 100)
    yield from itertools.repeat("assistant\n", 100)
    yield from itertools.repeat(INSTRUCTIONS[0], 100)
    yield from (sentence for sentence in INSTRUCTIONS + ANSWERS for _ in range(4))
    yield from (word for word in SHARED.split() for _ in range(8))
    yield from ("a " + word + ", " + word for word in SHARED.split() for _ in range(8))


def main():
    tokenizer = Tokenizer(models.BPE())
    tokenizer.normalizer = normalizers.NFC()
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Split(Regex(SPLIT), "isolated"), pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)])
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.post_processor = processors.ByteLevel(trim_offsets=False)
    trainer = trainers.BpeTrainer(vocab_size=VOCABULARY - len(SPECIAL), initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), show_progress=False)
    tokenizer.train_from_iterator(corpus(), trainer)
    tokenizer.add_special_tokens([AddedToken(token, normalized=False, special=True) for token in SPECIAL])
    assert tokenizer.get_vocab_size() == VOCABULARY, tokenizer.get_vocab_size()
    for sign in "+-−×÷=":
        assert len(tokenizer.encode(f"1{sign}2").ids) == 3, sign
    tokenizer.save(str(pathlib.Path(__file__).with_name("tokenizer.json")))
    return tokenizer


if __name__ == "__main__":
    made = main()
    for text in INSTRUCTIONS + ANSWERS + ["The board shows 4+8. 4+8=12. Cards: 1 (left), 5 (middle), 2 (right). Need 1 (left), 2 (right). Pick 1 from left. Next action:"]:
        print(len(made.encode(text).ids), made.encode(text).tokens)
