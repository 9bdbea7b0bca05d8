"""Is this enough to answer? Which sentences speak to the question, and what of it does no passage cover?"""

import math
import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeVar

from corpus.brief import OWN_VOICE
from corpus.check import NOT_REPORTED
from ingest.catalog import Entry
from ingest.documents import Document, Sentence
from ingest.lexical import analyse, forms, keyword_words, plain_words
from service.language import ASKS, Kind, Meaning, Name, Question, is_country
from service.retrieval import Found

# How well a sentence answers, beside its cosine of weight 1: the question's terms that it holds, the fused score of its
# document, a figure where one is wanted, and its section. Chosen on the core set and the odd halves of the others.
COVERAGE, DOCUMENT, FIGURE = 0.2, 1.8, 0.2
SECTIONS = {  # of a brief, by what the question wants
    "effect": {"Results": 0.14, "Limits and debate": 0.12},
    "open": {"Results": 0.08, "Limits and debate": 0.05},
}
ABSENCE, OWN = 0.33, 0.6  # taken off a sentence that says what is not known; off Rightkey's own inference

# Whether anything answers at all: the best of cosine + DEPTH * document + TERMS * coverage, less UNKNOWN * the share of
# the question that stands nowhere in the library, and LENGTH for each of its terms up to LONG: the more a question says, the
# further it lies from any one sentence. Below ENOUGH nothing does: between the weakest answer and the strongest far refusal
# (but one) of the core set and the odd halves of the others.
DEPTH, TERMS, UNKNOWN, LENGTH, LONG = 0.35, 0.3, 0.4, 0.04, 10
# The vector of mere words lies nearer to every sentence than that of a question. So READ is taken off, and TOLD added for each
# point of BM25, up to WELL, by which the best of the summaries answers in the asker's own language: well told, less is enough
# than in English. From a document without a summary in it UNTOLD is taken, as nothing could tell. Chosen on multilingual.yaml.
READ, TOLD, WELL, UNTOLD = 0.25, 0.0145, 25, 0.1
ENOUGH, NEARLY, OWN_PLACE = 0.95, 0.6, 0.1  # OWN_PLACE: so much less is enough where the asker only tells of a place
PASSAGES = 16  # passages whose sentences are weighed
NEAR = 0.35  # how far below the best a sentence may lie and still speak of a year that was asked about
_YEARS = re.compile(r"\b((?:18|19|20)\d\d)(?:\s?[-–—/]\s?(\d{4}|\d\d)(?![-\d])|\s+(?:to|until|and)\s+((?:18|19|20)\d\d))?\b")
_JOINT = re.compile(
    r"[^,;.?!]{0,20}(?:\band\b|\bor\b|\bwith\b|\bversus\b|\bvs\b|,)[^,;.?!]{0,20}"
)  # of two names in one breath
LONGEST = 60  # years; a longer span is two dates that stand side by side
_ABSENCE = re.compile(rf"^{NOT_REPORTED}\b|\brests? on (?:one|a single) source\b")


Named = Mapping[Name, frozenset[str]]  # each name that is asked about, and the documents that hold it


@dataclass(frozen=True, eq=False)
class Weighed:
    """One sentence against the question: `score` orders the sentences, `strength` says whether it answers at all."""

    entry: Entry
    index: int
    score: float
    strength: float

    @property
    def sentence(self) -> Sentence:
        return self.entry.passage.sentences[self.index]

    @property
    def text(self) -> str:
        return self.entry.quotes[self.index]

    @property
    def document(self) -> str:
        return self.entry.passage.document


@dataclass(frozen=True)
class Missing:
    """Something that the question asks about and no passage holds."""

    kind: Kind
    text: str
    clause: int


@dataclass(frozen=True)
class Judgement:
    """`enough` to answer at least a part; `missing` is what no passage covers; `rows` are the sentences that may be quoted."""

    enough: bool
    missing: tuple[Missing, ...]
    rows: tuple[Weighed, ...]


Shares = Mapping[str, float] | Mapping[Meaning, float]  # of the terms of a question, or of its words in another language
Wish = TypeVar("Wish", str, Meaning)


def weights(counts: Mapping[Wish, int], total: int) -> dict[Wish, float]:
    """The share of each term in a question, by its inverse document frequency (BM25's form), given in how many of `total`
    passages it stands; a term that stands nowhere weighs most."""
    idf = {term: math.log(1 + (total - n + 0.5) / (n + 0.5)) for term, n in counts.items()}
    whole = sum(idf.values()) or 1.0
    return {term: weight / whole for term, weight in idf.items()}


def weigh(question: Question, found: Found, shares: Shares, unknown: float, documents: Mapping[str, Document]) -> list[Weighed]:
    """The sentences of the best passages, best first. `unknown` is the share of the question that stands nowhere here."""
    best = {identity: hits[0].score for identity, hits in found.by_document().items()}
    allowance = LENGTH * min(len(question.meanings or question.terms), LONG) - UNKNOWN * unknown
    by_summaries = TOLD * min(max(found.told.values(), default=0.0), WELL) - READ
    rows = []
    for hit in found.hits[:PASSAGES]:
        entry = hit.candidate.entry
        document, cosines, section = best[entry.passage.document], hit.sentences.tolist(), _section(question, entry)
        summed_up = question.language in documents[entry.passage.document].summary
        allowed = allowance + ((by_summaries if summed_up else -UNTOLD) if found.by_words else 0.0)
        nearness = hit.averaged.tolist() if found.by_words else cosines
        for index, (terms, cosine, near) in enumerate(zip(entry.terms, cosines, nearness, strict=True)):
            covered = share_covered(shares, terms, entry.context_terms)
            score = near + COVERAGE * covered + DOCUMENT * document + section + _suits(question, entry.quotes[index])
            strength = cosine + TERMS * covered + DEPTH * document + allowed
            rows.append(Weighed(entry, index, score, strength))
    return sorted(rows, key=lambda row: (-row.score, row.entry.key, row.index))


def unknown_share(shares: Mapping[Wish, float], counts: Mapping[Wish, int]) -> float:
    """The share of the question whose terms stand nowhere in the library."""
    return sum(share for term, share in shares.items() if not counts[term])


def share_covered(shares: Shares, terms: Set[str], context: Set[str]) -> float:
    """The share of the question that a sentence holds; a term counts half where only title or heading holds it."""
    held = _held(shares, terms)
    above = _held(shares, context) - held
    # exact sums, so that the order of a set means nothing
    return math.fsum(shares[term] for term in held) + math.fsum(shares[term] for term in above) / 2


def _held(shares: Shares, terms: Set[str]) -> Set[Any]:
    """A term by itself, a word of another language by any of its meanings."""
    if not isinstance(next(iter(shares), ""), tuple):
        return shares.keys() & terms
    return {one for one in shares if any(terms >= set(meant) for meant in one)}


def _section(question: Question, entry: Entry) -> float:
    """What a section is worth to what the question wants."""
    heading = entry.passage.heading
    return SECTIONS.get(question.wants, {}).get(heading, 0.0) - (OWN if heading == OWN_VOICE else 0.0)


def _suits(question: Question, text: str) -> float:
    """What the kind of a sentence is worth to what the question wants."""
    figure, year, absent = _holds(text)
    wanted = (question.wants == "figure" and figure) or (question.wants == "time" and year)
    return (FIGURE if wanted else 0.0) - (ABSENCE if absent else 0.0)


@lru_cache(maxsize=20_000)
def _holds(text: str) -> tuple[bool, bool, bool]:
    """Whether a sentence holds a figure beside its years, a year, or only that something is not known."""
    return bool(re.search(r"\d", _YEARS.sub("", text))), bool(_YEARS.search(text)), bool(_ABSENCE.search(text))


def judge(question: Question, weighed: Sequence[Weighed], named: Named) -> Judgement:
    """What is missing, whether what is left is answered, and by which sentences."""
    names = [Missing(_kind(name), name.text, name.clause) for name in question.names if not named[name]]
    missing = tuple([*names, *_missing_years(question, weighed)])
    if missing and not _rest_is_asked(question, missing, named):
        return Judgement(False, missing, ())
    years = () if question.parts else tuple(year for year, _ in question.years if all(one.text != str(year) for one in missing))
    rows = tuple(weighed)
    if years or question.beside:
        rows = tuple(row for row in rows if speaks_of(years, row.text) and not _is_about(question.beside, row))
    # the asker's own place is no evidence against the nearest cases
    return Judgement(strength(rows) >= ENOUGH - (OWN_PLACE if question.own_places else 0.0), missing, rows)


def about(named: Named) -> frozenset[str] | None:
    """The documents that may answer: those that hold the names asked about, all of one clause where some do, so that no answer
    is about another as if it were that one. None where nothing that is held is asked about by name."""
    clauses: dict[int, list[frozenset[str]]] = {}
    for name, documents in named.items():
        if documents:
            clauses.setdefault(name.clause, []).append(documents)
    if not clauses:
        return None
    return frozenset().union(*(frozenset.intersection(*some) or frozenset().union(*some) for some in clauses.values()))


def _kind(name: Name) -> Kind:
    return "place" if is_country(name.text) else "programme" if name.text.isupper() else "topic"


def strength(rows: Sequence[Weighed]) -> float:
    """That of the strongest sentence; minus infinity for none."""
    return max((row.strength for row in rows), default=-math.inf)


def _missing_years(question: Question, weighed: Sequence[Weighed]) -> list[Missing]:
    near = [row.text for row in weighed if row.score >= weighed[0].score - NEAR]
    return [
        Missing("year", str(year), clause) for year, clause in question.years if not any(in_years(text, year) for text in near)
    ]


def _rest_is_asked(question: Question, missing: Sequence[Missing], named: Named) -> bool:
    """Whether, beside what is missing, the question asks about something by name that the library holds: in another clause,
    or beside the missing name ("Shibadong and Dawan")."""
    broken = {one.clause for one in missing}
    for name in question.names:
        if not named[name]:
            continue
        if name.clause not in broken or any(_coordinated(question.clauses[name.clause], name.text, m.text) for m in missing):
            return True
    if question.language != "en":
        return False  # a clause in English terms has lost the words that point back: what did it reduce?
    return any(_asks_alone(clause) for number, clause in enumerate(question.clauses) if number not in broken)


def _coordinated(clause: str, one: str, other: str) -> bool:
    first, second = sorted((clause.find(name), name) for name in (one, other))
    return first[0] >= 0 and _JOINT.fullmatch(clause, first[0] + len(first[1]), second[0]) is not None


def _asks_alone(clause: str) -> bool:
    """A clause that asks by itself: it has a question word and does not point back (they, it, there, each)."""
    return bool(ASKS.match(clause)) and not re.search(
        r"\b(?:they|it|them|their|its|there|that|this|each|he|she)\b", clause, re.I
    )


def speaks_of(years: Sequence[int], text: str) -> bool:
    """Where years are asked about, a sentence that dates itself otherwise is no answer."""
    return not years or not _YEARS.search(text) or any(in_years(text, year) for year in years)


def _is_about(names: Sequence[str], row: Weighed) -> bool:
    """Whether a sentence or what stands above it names one of them."""
    held = row.entry.terms[row.index] | row.entry.context_terms
    return any(held.issuperset(analyse(name)) for name in names)


def of_places(question: Question, weighed: Sequence[Weighed], documents: Mapping[str, Document]) -> Sequence[Weighed]:
    """Where countries are asked about: the sentences of passages that name one, and of documents about one. A document that
    names it elsewhere, in passing, tells of another place."""
    asked = [[set(forms(word)) for word in plain_words(one.text)] for one in question.names if is_country(one.text)]
    if not asked:
        return weighed

    def told(entry: Entry) -> bool:
        held = entry.places | keyword_words(documents[entry.passage.document].keywords)
        return any(all(some & held for some in words) for words in asked)

    entries = {row.entry.key: row.entry for row in weighed}
    telling = {key for key, entry in entries.items() if told(entry)}
    return [row for row in weighed if row.entry.key in telling]


def in_years(text: str, year: int) -> bool:
    """Whether a text speaks of that year: by name, or within a span such as 2015-19 or 1998-05."""
    for start, dashed, spelled in _YEARS.findall(text):
        first = last = int(start)
        if end := dashed or spelled:
            last = int(start[:2] + end) if len(end) == 2 else int(end)
            last += 100 if last < first and len(end) == 2 else 0
        if first <= year <= (last if 0 <= last - first <= LONGEST else first):
            return True
    return False
