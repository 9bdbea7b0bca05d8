"""The cases as a list: which pass, how many there are of each sort, and which are like another."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from corpus.lists import REGIONS, country_name, labels, region_name
from ingest.documents import Document
from ingest.lexical import plain_words
from service.retrieval import Filters
from service.wording import wording

FACETS = ("countries", "regions", "themes", "settings", "kinds", "methods")
# What two cases have in common, by what it is worth: a theme is what was done, the rest is where and how large.
THEME, SETTING, KIND, REGION, SCALE = 3.0, 2.0, 1.0, 1.0, 1.0
WIDE_REGIONS = frozenset(code for code, parts in REGIONS.items() if any(part in REGIONS for part in parts))
ALIKE_IN_SIZE = 5  # times: reached so many more or fewer of the same unit
_JOINED = re.compile(r"[\u0600-\u06ff\u3400-\u9fff]")  # Arabic joins its article to a word, Chinese one word to the next


@dataclass(frozen=True)
class Count:
    """How many cases have `value`."""

    value: str
    label: str
    count: int


@dataclass(frozen=True)
class Comparable:
    """A case that is like another, and in what."""

    document: Document
    reasons: tuple[str, ...]


@lru_cache(maxsize=32_768)
def folded(text: str) -> str:
    """A text without case and marks, as it is sorted and compared."""
    return "".join(one for one in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(one))


def chosen(documents: Iterable[Document], filters: Filters, words: str = "", language: str = "en") -> list[Document]:
    """The briefs that pass the filters and hold every word, the last as a beginning, by their title in that language."""
    wanted = plain_words(words)
    passing = (one for one in documents if one.origin == "brief" and filters.match(one) and _holds(one, wanted, language))
    return sorted(passing, key=lambda one: (folded(one.telling(language).title), one.id))


def _holds(document: Document, wanted: Sequence[str], language: str) -> bool:
    held = _words(searched_text(document, language)) if wanted else frozenset()
    return all(_stands(word, held, begun=word is wanted[-1]) for word in wanted)


def _stands(word: str, held: frozenset[str], *, begun: bool) -> bool:
    if _JOINED.search(word):
        return any(word in one for one in held)
    return word in held or (begun and any(one.startswith(word) for one in held))


@lru_cache(maxsize=4096)
def _words(text: str) -> frozenset[str]:
    return frozenset(plain_words(text))


def searched_text(document: Document, language: str = "en") -> str:
    """What the typing search looks in: the words of English and of that language."""
    both = dict.fromkeys(("en", language))
    tellings = [document.telling(one) for one in both]
    texts = [document.keywords, *(text for one in tellings for text in (one.title, one.summary))]
    named = [(facet, word) for facet in ("themes", "countries") for word in values(document, facet)]
    return " ".join(dict.fromkeys([*texts, *(label_of(*one, language) for language in both for one in named)]))


def counts(documents: Sequence[Document], filters: Filters, words: str = "", language: str = "en") -> dict[str, list[Count]]:
    """For each facet its values with how many cases have them among those that pass the other facets, most first."""
    holding = chosen(documents, Filters(), words, language)
    beside = {facet: Filters(**{**vars(filters), facet: ()}) for facet in FACETS}
    return {facet: _counts(filter(one.match, holding), facet, language) for facet, one in beside.items()}


def _counts(documents: Iterable[Document], facet: str, language: str) -> list[Count]:
    tally = Counter(value for one in documents for value in values(one, facet))
    found = [Count(value, label_of(facet, value, language), count) for value, count in tally.items()]
    return sorted(found, key=lambda one: (-one.count, folded(one.label)))


def values(document: Document, facet: str) -> tuple[str, ...]:
    """The values that a document has of a facet."""
    if facet == "kinds":
        return (document.facets.kind,) if document.facets.kind else ()
    found: tuple[str, ...] = getattr(document.facets, facet)
    return found


def label_of(facet: str, value: str, language: str = "en") -> str:
    """The word that a reader sees."""
    if facet == "countries":
        return country_name(value, language)
    return region_name(value, language) if facet == "regions" else labels(facet, language)[value]


def comparable(document: Document, documents: Mapping[str, Document], most: int = 3, language: str = "en") -> list[Comparable]:
    """The briefs that have most in common with one, best first; none where nothing but the kind is shared."""
    others = (one for one in documents.values() if one.origin == "brief" and one.id != document.id)
    scored = [(_likeness(document, one), one) for one in others]
    best = sorted((pair for pair in scored if pair[0] > KIND + REGION), key=lambda pair: (-pair[0], pair[1].id))
    return [Comparable(one, reasons(document, one, language)) for _, one in best[:most]]


def _likeness(document: Document, other: Document) -> float:
    mine, theirs = document.facets, other.facets
    return (
        THEME * _share(mine.themes, theirs.themes)
        + SETTING * _share(mine.settings, theirs.settings)
        + KIND * (mine.kind == theirs.kind)
        + REGION * bool(set(mine.regions) & set(theirs.regions))
        + SCALE * _alike_in_size(mine.reach, theirs.reach)
    )


def _share(mine: Sequence[str], theirs: Sequence[str]) -> float:
    """Of all values of both, the part that both have (Jaccard)."""
    together = set(mine) | set(theirs)
    return len(set(mine) & set(theirs)) / len(together) if together else 0.0


def _alike_in_size(mine: tuple[int, str] | None, theirs: tuple[int, str] | None) -> bool:
    if not mine or not theirs or mine[1] != theirs[1] or not mine[0] or not theirs[0]:
        return False
    return max(mine[0], theirs[0]) <= ALIKE_IN_SIZE * min(mine[0], theirs[0])


def reasons(document: Document, other: Document, language: str = "en") -> tuple[str, ...]:
    """What two cases share, in words: theme, setting, region, size."""
    say, mine, theirs = wording(language), document.facets, other.facets
    found = []
    for facet in ("themes", "settings"):
        if shared := [label_of(facet, one, language) for one in values(document, facet) if one in values(other, facet)]:
            found.append(say.t(f"comparable.{facet}", names=say.listed(shared)))
    if regions := [one for one in mine.regions if one in theirs.regions]:
        found.append(say.t("case.alike.region", name=region_name(regions[0], language)))
    if _alike_in_size(mine.reach, theirs.reach) and theirs.reach:
        # what was counted is a word of the brief's own language
        size = f": {say.number(theirs.reach[0])} {theirs.reach[1]}" if language == other.language else ""
        found.append(say.t("case.alike.size") + size)
    return tuple(found)
