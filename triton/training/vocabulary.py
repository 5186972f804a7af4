"""Prompts as sequences of word ids.

The exported graph does the same with ONNX operators (see ``export``), so that no other program needs a tokenizer.
"""

from pathlib import Path

UNKNOWN = -1
"""The id of a word outside the vocabulary. The network ignores such a word but keeps its place in the sequence."""

PUNCTUATION = (".", ",", ";", ":")
"""A word may carry one of these at its end without being another word."""


class Vocabulary:
    """Words and their ids, which are their positions in the vocabulary's file."""

    def __init__(self, words):
        words = [word.strip().lower() for word in words]
        doubled = sorted({word for word in words if words.count(word) > 1})
        if "" in words:
            raise ValueError("vocabulary: expected one word a line, found an empty word")
        if doubled:
            raise ValueError(f"vocabulary: expected each word once, found again: {', '.join(doubled)}")
        if any(any(c.isspace() for c in word) for word in words):
            raise ValueError("vocabulary: expected one word a line, found a line with blanks inside")
        self.words = tuple(words)
        self.ids = {spelling: i for i, word in enumerate(words) for spelling in (word, *(word + p for p in PUNCTUATION))}

    @classmethod
    def read(cls, path):
        """Reads a file of one word a line; empty lines and lines that start with ``#`` are skipped."""
        lines = (line.strip() for line in Path(path).read_text(encoding="utf-8").splitlines())
        return cls([line for line in lines if line and not line.startswith("#")])

    def extended(self, prompts):
        """This vocabulary and, after it, the words of the prompts that it lacks, in alphabetical order."""
        found = {word.rstrip("".join(PUNCTUATION)) for prompt in prompts for word in prompt.lower().split()}
        return Vocabulary([*self.words, *sorted(found - set(self.words) - {""})])

    def encode(self, prompt):
        """The ids of the prompt's words in order, UNKNOWN for words outside the vocabulary; case does not matter."""
        return [self.ids.get(word, UNKNOWN) for word in prompt.lower().split()]

    def require(self, prompt):
        """Raises ValueError naming the first word of the prompt that is outside the vocabulary."""
        strange = next((word for word in prompt.lower().split() if word not in self.ids and word not in PUNCTUATION), None)
        if strange is not None:
            raise ValueError(f"prompt '{prompt}': expected words of the vocabulary, found '{strange}'")

    def __len__(self):
        return len(self.words)
