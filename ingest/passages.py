"""Document -> passages: at most 240 word pieces with their heading, never across a heading."""

import math
import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from ingest.documents import Document, Locator, Part, Passage, Sentence

MOST_PIECES = 240


def split_passages(document: Document, count: Callable[[str], int]) -> list[Passage]:
    """The passages of a document in order. `count` gives the word pieces of a text in the encoder's own vocabulary."""
    passages: list[Passage] = []
    for part in document.parts:
        context = _context(document.title, part.heading)
        room = MOST_PIECES - count(context)
        sentences = [piece for sentence in part.sentences for piece in _fitting(part.text, sentence, count, room)]
        for group in _groups(sentences, [count(part.text[s.start : s.end]) for s in sentences], room):
            passages.append(_passage(document, part, context, group, len(passages)))
    return passages


def _context(title: str, heading: str) -> str:
    return " ".join(f"{words}." for words in (title, heading) if words)


def _fitting(text: str, sentence: Sentence, count: Callable[[str], int], room: int) -> Iterator[Sentence]:
    """The sentence itself, or, where it alone is too long (a table, a list), its words in runs that fit."""
    if count(text[sentence.start : sentence.end]) <= room:
        yield sentence
        return
    words = [
        (sentence.start + word.start(), sentence.start + word.end())
        for word in re.finditer(r"\S+", text[sentence.start : sentence.end])
    ]
    start, end = words[0]
    for first, last in words[1:]:
        if count(text[start:last]) > room:
            yield replace(sentence, start=start, end=end)
            start = first
        end = last
    yield replace(sentence, start=start, end=end)


def _groups(sentences: list[Sentence], sizes: list[int], room: int) -> Iterator[list[Sentence]]:
    """Consecutive sentences in as few groups as fit, of about the same size, so that no passage is a mere tail."""
    total = sum(sizes)
    if not sentences:
        return
    share = total / math.ceil(total / room)
    group, size = list[Sentence](), 0
    for sentence, pieces in zip(sentences, sizes, strict=True):
        if group and (size + pieces > room or size + pieces / 2 > share):
            yield group
            group, size = [], 0
        group.append(sentence)
        size += pieces
    yield group


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
