"""A question in another language, read through its lexicon: what it asks for, in English terms."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.lexical import analyse
from service.language import MOST_NAMES, Meaning, Name, Question, wants_of
from service.lexicon import Lexicon, Word
from service.names import END, behind_title, gap, read_words

SEARCHED = 2  # senses of a word that the encoder reads
ENOUGH_ASKED = 3  # content words of the clauses that ask, for the encoder to read them twice
_COLON = re.compile(r"[:：]")
_COMMA = re.compile(r"[,，،、]")
_ASKS = re.compile(r"[?？؟]")
_YEAR = re.compile(r"(?:18|19|20)\d\d")
# English senses that tell: a number is no year before these; a place is the asker's behind these; what is heard of is not
_UNITS = frozenset(
    "yuan dollar household family people village share percentage percent million hectare kilometre".split()  # noqa: SIM905
)
_IN, _PLACED = frozenset(["in, at, on", "is, are"]), frozenset(["in, at, on", "is, are", "from", "of"])
_HEARSAY = frozenset("read hear told tell say see saw know learn visit delegation".split())  # noqa: SIM905
_REQUESTS = frozenset(["please", "tell me, explain"])
_SCHEMES = frozenset("programme project initiative grant fund scheme campaign".split())  # noqa: SIM905
_ROLES = frozenset(
    """work worker adviser official leader trainer teacher nurse mayor governor office ministry service council agency student
    cooperative journalist municipality expert department technician chairman director ward chief manager
    secretary live hamlet commune""".split()  # noqa: SIM905
) | {"village head", "local government", "party secretary"}


@dataclass(frozen=True)
class _Clause:
    words: tuple[Word, ...]
    asks: bool  # has a question word, or ends in a question mark
    names_topic: bool = False  # ends in a colon


def understand_through(lexicon: Lexicon, text: str, holds: Callable[[str], bool]) -> Question:
    """Read a question in the language of the lexicon. `holds` says whether an English term stands in the library."""
    text = " ".join(text.split())
    normal = lexicon.normal(text)
    clauses = list(_clauses(normal, read_words(lexicon, normal, holds)))
    own = frozenset(_own_places(clauses))
    asked = [replace(clause, words=tuple(word for word in clause.words if word not in own)) for clause in clauses]
    content = [word for clause in asked for word in clause.words if _carries(word)]
    rendered = tuple(_rendered(clause, normal) for clause in asked)
    said = _twice(asked)
    places = {word.english: word.called for word in sorted(own, key=lambda word: word.start)}
    return Question(
        text=text,
        search=" ".join(
            [
                *(_rendered(clause, normal, read=True) for clause in said),
                *(sense for clause in said for word in clause.words if _carries(word) for sense in _searched(word)),
            ]
        )
        if content
        else "",
        language=lexicon.language,
        wants=wants_of(rendered),
        terms=tuple(dict.fromkeys(term for word in content for term in _meaning(word)[0])),
        names=tuple(dict.fromkeys(name for n, clause in enumerate(asked) for name in _names(clause, n)))[:MOST_NAMES],
        years=tuple(dict.fromkeys((year, number) for number, clause in enumerate(asked) for year in _years(clause.words))),
        own_places=tuple(places),
        own_written=tuple(places.values()),
        beside=(),
        clauses=rendered,
        parts=_parts(asked),
        meanings=tuple(dict.fromkeys(_meaning(word) for word in content)),
        understood=tuple(dict.fromkeys(word.text for word in content if word.senses)),
        unknown=tuple(dict.fromkeys(word.text for word in content if word.kind in ("unknown", "unheld"))),
    )


def understood_share(question: Question) -> float:
    """The share of its content words that mean something here."""
    known, unknown = len(question.understood), len(question.unknown)
    return known / (known + unknown) if known + unknown else 0.0


def _carries(word: Word) -> bool:
    return word.content or word.kind == "number"


def _twice(clauses: Sequence[_Clause]) -> list[_Clause]:
    """The clauses, and those that ask once more behind what is told around them, where they say enough by themselves."""
    asking = [clause for clause in clauses if clause.asks]
    enough = sum(word.content for clause in asking for word in clause.words) >= ENOUGH_ASKED
    return [*clauses, *asking] if enough and len(asking) < len(clauses) else [*clauses]


def _clauses(text: str, words: Sequence[Word]) -> Iterator[_Clause]:
    """The words between marks; of several questions in one sentence each its own clause."""
    held: list[Word] = []
    splits = _splits(text, words)
    for number, word in enumerate(words):
        before = gap(text, words, number)
        if held and (END.search(before) or number in splits):
            yield _clause(held, before)
            held = []
        held.append(word)
    if held:
        yield _clause(held, text[held[-1].end :])


def _splits(text: str, words: Sequence[Word]) -> set[int]:
    """Where a further question begins in a sentence: at the last comma or `and` between two question words."""
    found: set[int] = set()
    boundary: int | None = None
    asked = content = False
    for number, word in enumerate(words):
        before = gap(text, words, number)
        if END.search(before):
            asked, boundary, content = False, None, False
        if asked and content and (_COMMA.search(before) or word.english == "and"):
            boundary = number
        if word.kind == "question":
            found |= {boundary} if boundary is not None else set()
            asked, boundary, content = True, None, False
        content = content or word.content
    return found


def _clause(words: list[Word], after: str) -> _Clause:
    asks = any(word.kind == "question" for word in words) or _ASKS.search(after) is not None
    return _Clause(tuple(words), asks, _COLON.search(after) is not None)


def _own_places(clauses: Sequence[_Clause]) -> tuple[Word, ...]:
    """The places of the asker: behind the first person and a word of place, or in an opening that tells who asks; not what he
    has heard of, and no name by which the question asks elsewhere, too."""
    openings = [
        number
        for number, clause in enumerate(clauses[:2])
        if not (clause.asks or _requests(clause)) and number < len(clauses) - 1
    ]
    found = {word for number, clause in enumerate(clauses) for word in _own_of(clause, opening=number in openings)}
    again = {word.english for clause in clauses for word in clause.words if word not in found}
    return tuple(word for word in found if word.english not in again)


def _requests(clause: _Clause) -> bool:
    """Whether it asks for something, and tells nothing of the asker: please send the figures of Lankao."""
    return bool(_senses(clause) & _REQUESTS) and all(word.kind != "person" for word in clause.words)


def _senses(clause: _Clause) -> set[str]:
    return {sense.english for word in clause.words for sense in word.senses}


def _own_of(clause: _Clause, *, opening: bool) -> Iterator[Word]:
    senses = _senses(clause)
    if senses & _HEARSAY and not clause.asks:
        return
    kinds = {word.kind for word in clause.words}
    only_names = not clause.names_topic and kinds <= {"place", "unheld", "unknown", "function"}
    tells = opening and (only_names or bool(senses & _ROLES) or "person" in kinds)
    speaks = False
    before: Word | None = None
    for word in clause.words:
        speaks = speaks or word.kind == "person"
        # what could my village learn from Shibadong: a question's `from` places nobody
        placed = before is not None and (before.kind == "person" or before.english in (_IN if clause.asks else _PLACED))
        named = opening and word.kind == "unheld" and not senses & _SCHEMES
        person = word.kind == "unheld" and behind_title(before, word)
        if word.kind in ("place", "unheld") and not person and (tells or (placed and (speaks or named))):
            yield word
        before = word


def _searched(word: Word) -> list[str]:
    """What the encoder reads of a word: its first senses, and what is written in Latin letters as it is."""
    if word.senses:
        return [sense.english for sense in word.senses[:SEARCHED]]
    return [word.text] if word.kind == "number" or word.text.isascii() else []


def _meaning(word: Word) -> Meaning:
    """What a word may mean, each as analysed terms."""
    if word.kind in ("unknown", "unheld"):
        return ((word.text.casefold(),),)
    if word.kind == "number":
        return (tuple(analyse(word.text)),)
    return tuple(dict.fromkeys(sense.terms for sense in word.senses if sense.terms)) or ((),)


def _rendered(clause: _Clause, text: str, *, read: bool = False) -> str:
    """A clause in English words, what it asks with first: by it is told what is wanted, as in an English question. To be `read`
    by the encoder, without words in other letters."""
    asked = [word.english for word in clause.words if word.kind == "question"]
    told: list[str] = []
    end = clause.words[0].start if clause.words else 0
    for word in clause.words:
        if read and not (word.senses or word.text.isascii()):
            continue
        if word.content or word.kind == "number" or word.english in ("and", "or", "not"):
            comma = "," if told and _COMMA.search(text[end : word.start]) else ""
            told.append(f"{comma} {word.english}")
            end = word.end
    return " ".join([*(asked or (["does"] if clause.asks else [])), "".join(told).strip()]).strip()


def _names(clause: _Clause, number: int) -> Iterator[Name]:
    for word in clause.words:
        if word.kind in ("name", "place", "unheld"):
            yield Name(word.english, number, word.called)


def _years(words: Sequence[Word]) -> Iterator[int]:
    for word, after in zip(words, [*words[1:], None], strict=False):
        counted = after is not None and any(sense.english in _UNITS for sense in after.senses)
        if word.kind == "number" and _YEAR.fullmatch(word.text) and not counted:
            yield int(word.text)


def _parts(clauses: Sequence[_Clause]) -> tuple[int, ...]:
    asking = tuple(
        number for number, clause in enumerate(clauses) if clause.asks and any(word.content for word in clause.words)
    )
    return asking if len(asking) > 1 else ()
