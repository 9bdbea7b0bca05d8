"""Does a text hold a fact? Compared after writing both in one way: case, per cent, thousands separators, dashes, spaces."""

import re
import unicodedata

from evals.sets import Fact


def plain(text: str) -> str:
    """`About 29,480,000 people – 30 per cent` -> `about 29480000 people - 30%`."""
    text = unicodedata.normalize("NFKC", text).casefold()
    text = re.sub(r"[‐‑‒–—―]", "-", text).replace("’", "'")
    text = re.sub(r"(?<=\d),(?=\d{3}\b)", "", text)
    text = re.sub(r"\s*(?:per cent\b|percent\b|%)", "%", text)
    return re.sub(r"\s+", " ", text)


def holds(text: str, fact: Fact) -> bool:
    """Whether any wording of the fact stands in the text as whole words."""
    text = plain(text)
    return any(re.search(rf"(?<![\w.]){re.escape(plain(one))}(?![\w%])", text) for one in fact)
