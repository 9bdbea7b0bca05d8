"""The cases as a list: which pass, how many there are of each sort, and which are like another."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from corpus.lists import REGIONS, country_name, labels, region_name
from ingest.documents import Document
from ingest.lexical import plain_words
from service.retrieval import Filters

FACETS = ("countries", "regions", "themes", "settings", "kinds", "methods")
# What two cases have in common, by what it is worth: a theme is what was done, the rest is where and how large.
THEME, SETTING, KIND, REGION, SCALE = 3.0, 2.0, 1.0, 1.0, 1.0
WIDE_REGIONS = frozenset(code for code, parts in REGIONS.items() if any(part in REGIONS for part in parts))
ALIKE_IN_SIZE = 5  # times: reached so many more or fewer of the same unit


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


def chosen(documents: Iterable[Document], filters: Filters, words: str = "") -> list[Document]:
    """The briefs that pass the filters and hold every word, the last as a beginning, by title."""
    wanted = plain_words(words)
    passing = (one for one in documents if one.origin == "brief" and filters.match(one) and _holds(one, wanted))
    return sorted(passing, key=lambda one: (one.title.casefold(), one.id))


def _holds(document: Document, wanted: Sequence[str]) -> bool:
    held = _words(searched_text(document))
    whole = all(word in held for word in wanted[:-1])
    return whole and (not wanted or any(word.startswith(wanted[-1]) for word in held))


@lru_cache(maxsize=4096)
def _words(text: str) -> frozenset[str]:
    return frozenset(plain_words(text))


def searched_text(document: Document) -> str:
    """What the typing search looks in."""
    themes = (labels("themes")[one] for one in document.facets.themes)
    return " ".join([document.title, document.keywords, *themes, document.summary.get("en", "")])


def counts(documents: Sequence[Document], filters: Filters, words: str = "") -> dict[str, list[Count]]:
    """For each facet its values with how many cases have them among those that pass the other facets, most first."""
    return {facet: _counts(chosen(documents, Filters(**{**vars(filters), facet: ()}), words), facet) for facet in FACETS}


def _counts(documents: Iterable[Document], facet: str) -> list[Count]:
    tally = Counter(value for one in documents for value in values(one, facet))
    found = [Count(value, label_of(facet, value), count) for value, count in tally.items()]
    return sorted(found, key=lambda one: (-one.count, one.label))


def values(document: Document, facet: str) -> tuple[str, ...]:
    """The values that a document has of a facet."""
    if facet == "kinds":
        return (document.facets.kind,) if document.facets.kind else ()
    found: tuple[str, ...] = getattr(document.facets, facet)
    return found


def label_of(facet: str, value: str) -> str:
    """The word that a reader sees."""
    if facet == "countries":
        return country_name(value)
    return region_name(value) if facet == "regions" else labels(facet)[value]


def comparable(document: Document, documents: Mapping[str, Document], most: int = 3) -> list[Comparable]:
    """The briefs that have most in common with one, best first; none where nothing but the kind is shared."""
    others = (one for one in documents.values() if one.origin == "brief" and one.id != document.id)
    scored = [(_likeness(document, one), one) for one in others]
    best = sorted((pair for pair in scored if pair[0] > KIND + REGION), key=lambda pair: (-pair[0], pair[1].id))
    return [Comparable(one, reasons(document, one)) for _, one in best[:most]]


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


def reasons(document: Document, other: Document) -> tuple[str, ...]:
    """What two cases share, in words: theme, setting, region, size."""
    mine, theirs = document.facets, other.facets
    found = [
        f"{word}: {', '.join(label_of(facet, one) for one in values(document, facet) if one in values(other, facet))}"
        for word, facet in (("same theme", "themes"), ("same setting", "settings"))
        if set(values(document, facet)) & set(values(other, facet))
    ]
    if regions := [one for one in mine.regions if one in theirs.regions]:
        found.append(f"same region: {region_name(regions[0])}")
    if _alike_in_size(mine.reach, theirs.reach) and theirs.reach:
        found.append(f"similar size: {theirs.reach[0]:,} {theirs.reach[1]}")
    return tuple(found)
