"""Document -> passages: at most 240 word pieces with their heading, never across a heading."""

import math
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from ingest.documents import Document, Locator, Part, Passage, Sentence

MOST_PIECES = 240
MOST_CONTEXT = 80  # of which title and heading take at most so many
RUN = 10  # a run of text is balanced by itself: at most about so many passages

Sizes = npt.NDArray[np.int64]


def split_passages(document: Document, count: Callable[[str], int]) -> list[Passage]:
    """The passages of a document in order. `count` gives the word pieces of a text in the encoder's own vocabulary."""
    passages: list[Passage] = []
    for part in document.parts:
        context = _context(document.title, part.heading, count)
        room = MOST_PIECES - count(context)
        pieces = [piece for sentence in part.sentences for piece in _fitting(part.text, sentence, count, room)]
        for group in _groups([sentence for sentence, _ in pieces], [size for _, size in pieces], room):
            passages.append(_passage(document, part, context, group, len(passages)))
    return passages


def _context(title: str, heading: str, count: Callable[[str], int]) -> str:
    """Title and heading, cut where they are long, so that the text has most of the room."""
    context = " ".join(f"{words}." for words in (title, heading) if words)
    while count(context) > MOST_CONTEXT:
        context = context[: len(context) * 3 // 4].rstrip()
    return context


def _fitting(text: str, sentence: Sentence, count: Callable[[str], int], room: int) -> Iterator[tuple[Sentence, int]]:
    """The sentence itself, or, where it alone is too long (a table, a list, an address), runs of its words that fit; each
    with its word pieces."""
    size = count(text[sentence.start : sentence.end])
    if size <= room:
        yield sentence, size
        return
    pieces = [piece for word in _words(text, sentence) for piece in _halved(text, word, count, room)]
    run, size = pieces[0], count(text[pieces[0].start : pieces[0].end])
    for piece in pieces[1:]:
        longer = count(text[run.start : piece.end])
        if longer > room:
            yield run, size
            run, longer = piece, count(text[piece.start : piece.end])
        run, size = replace(run, end=piece.end), longer
    yield run, size


def _words(text: str, sentence: Sentence) -> list[Sentence]:
    found = re.finditer(r"\S+", text[sentence.start : sentence.end])
    return [replace(sentence, start=sentence.start + word.start(), end=sentence.start + word.end()) for word in found]


def _halved(text: str, word: Sentence, count: Callable[[str], int], room: int) -> Iterator[Sentence]:
    """A word that fits, or its halves, and theirs: text without spaces is cut anywhere."""
    if word.end - word.start < 2 or count(text[word.start : word.end]) <= room:
        yield word
        return
    middle = (word.start + word.end) // 2
    yield from _halved(text, replace(word, end=middle), count, room)
    yield from _halved(text, replace(word, start=middle), count, room)


def _groups(sentences: list[Sentence], sizes: list[int], room: int) -> Iterator[list[Sentence]]:
    """Consecutive sentences in groups that fit and are of about the same size, so that no passage is a mere tail. A long text
    is first cut into runs: one very long sentence then makes small passages of its own run, and not of the whole text."""
    if sentences:
        weights = np.array(sizes)
        for run in _shared(weights, math.ceil(sum(sizes) / (RUN * room)) or 1):
            for group in _balanced(weights[run], room):
                yield sentences[run][group]


def _balanced(sizes: Sizes, room: int) -> list[slice]:
    """As few groups as fit."""
    for parts in range(math.ceil(sizes.sum() / room) or 1, len(sizes)):
        groups = _shared(sizes, parts)
        if np.add.reduceat(sizes, [group.start for group in groups]).max() <= room:
            return groups
    return _shared(np.ones_like(sizes), len(sizes))


def _shared(sizes: Sizes, parts: int) -> list[slice]:
    """What falls into each of so many equal parts of the whole, by its middle; parts into which nothing falls are left out."""
    middles = np.cumsum(sizes) - sizes / 2
    numbers = np.minimum(parts - 1, middles // max(sizes.sum() / parts, 1))
    cuts = [0, *(np.flatnonzero(np.diff(numbers)) + 1).tolist(), len(sizes)]
    return [slice(start, end) for start, end in pairwise(cuts)]


def _passage(document: Document, part: Part, context: str, group: list[Sentence], ordinal: int) -> Passage:
    start, end = group[0].start, group[-1].end
    return Passage(
        document=document.id,
        version=document.version,
        ordinal=ordinal,
        heading=part.heading,
        context=context,
        text=part.text[start:end],
        locator=_locator(part, start, end),
        sentences=tuple(replace(one, start=one.start - start, end=one.end - start) for one in group),
        sentences_stand_alone=document.origin == "brief",
    )


def _locator(part: Part, start: int, end: int) -> Locator:
    if not part.page_starts:
        return Locator("section", part.heading)
    numbers = [page for offset, page in part.page_starts if offset < end]
    before = [page for offset, page in part.page_starts if offset <= start]
    pages = tuple(range(before[-1], numbers[-1] + 1))
    return Locator("page", f"p. {pages[0]}" if len(pages) == 1 else f"pp. {pages[0]}–{pages[-1]}", pages)
