"""Candidates -> exact scores -> a ranking, grouped by document."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

import numpy as np

from ingest.documents import Document
from ingest.encoder import Encoder, Vectors
from ingest.lexical import Wanted, analyse
from ingest.library import Candidate, Library

COLLECTIONS = ("public",)  # what every asker may see

# Chosen on the odd-numbered questions of XQuAD English and Cranfield, one set for both; reported on the even ones (make bench).
PASSAGE, SENTENCE, BM25 = 0.2, 0.8, 0.3
# The best passages speak the library's language where the question does not: they are added to its vector, and the candidates
# scored again (vector feedback: https://pyterrier.readthedocs.io/en/latest/ext/pyterrier-dr/prf.html).
FEEDBACK, BELIEVED = 0.6, 3
SUMMARY, TOLD = 0.2, 8  # what a document's summary in the asker's language adds; so many documents are sought by it
ALIKE = 0.8  # for what is quoted: two questions are nearer to each other than a question to its answer


@dataclass(frozen=True)
class Filters:
    """Empty means any. Years overlap: a document of 2007-2013 matches from 2010."""

    countries: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()  # M49 codes
    themes: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    methods: tuple[str, ...] = ()
    year_from: int | None = None
    year_to: int | None = None

    @property
    def empty(self) -> bool:
        return self == Filters()

    def match(self, document: Document) -> bool:
        facets = document.facets
        wanted = (
            (self.countries, facets.countries),
            (self.regions, facets.regions),
            (self.themes, facets.themes),
            (self.settings, facets.settings),
            (self.methods, facets.methods),
            (self.kinds, (facets.kind,)),
        )
        return all(not want or set(want) & set(have) for want, have in wanted) and self._in_years(facets.years)

    def _in_years(self, years: tuple[int, int | None] | None) -> bool:
        if self.year_from is None and self.year_to is None:
            return True
        if years is None:
            return False
        start, end = years
        return (self.year_to is None or start <= self.year_to) and (
            self.year_from is None or end is None or end >= self.year_from
        )


@dataclass(frozen=True, eq=False)
class Hit:
    """A passage with its fused score. `cosines` (n + m,) to the question are of its n sentences, then of the m questions that
    they answer."""

    candidate: Candidate
    score: float
    cosines: Vectors

    @property
    def sentences(self) -> Vectors:
        """(n,): for each sentence the cosine of itself or of the nearest question that it answers, whichever is greater."""
        own, answered = self._own_and_answered()
        best: Vectors = np.maximum(own, ALIKE * answered)
        return best

    @property
    def averaged(self) -> Vectors:
        """(n,): for each sentence the weighted mean of its own cosine and that of the nearest question that it answers, if any:
        by the vector of mere words neither tells enough alone (right facts 0.75 in place of 0.71, `make eval`)."""
        own, answered = self._own_and_answered()
        mean: Vectors = np.where(answered > -1, (own + ALIKE * answered) / (1 + ALIKE), own)
        return mean

    def _own_and_answered(self) -> tuple[Vectors, Vectors]:
        """(n,), (n,): the cosine of each sentence, and of the nearest question that it answers (-1: it answers none)."""
        count, answering = len(self.candidate.entry.passage.sentences), self.candidate.entry.answering
        answered = np.full(count, -1, np.float32)
        if answering:
            np.maximum.at(answered, answering, self.cosines[count:])
        return self.cosines[:count], answered


@dataclass(frozen=True)
class Found:
    """What a question found: its vector (d,), the hits best first, and what summaries in the asker's language told.
    `by_words`: it was read through a glossary, and its vector is that of words."""

    vector: Vectors
    hits: tuple[Hit, ...] = field(default=())
    told: Mapping[str, float] = field(default_factory=dict)
    by_words: bool = False

    def of(self, documents: Mapping[str, Document]) -> "Found":
        """Without what was published or withdrawn since `documents` were."""
        versions = {identity: document.version for identity, document in documents.items()}
        passages = ((hit, hit.candidate.entry.passage) for hit in self.hits)
        told = {one: score for one, score in self.told.items() if one in versions}
        return replace(self, hits=tuple(hit for hit, one in passages if versions.get(one.document) == one.version), told=told)

    def by_document(self) -> dict[str, list[Hit]]:
        """Hits grouped by document, the documents in the order of their best hit."""
        groups: dict[str, list[Hit]] = {}
        for hit in self.hits:
            groups.setdefault(hit.candidate.entry.passage.document, []).append(hit)
        return groups


class Retriever:
    """The one way from a question to ranked passages."""

    def __init__(self, library: Library, encoder: Encoder, candidates: int = 40) -> None:
        self._library = library
        self._encoder = encoder
        self._candidates = candidates

    def retrieve(
        self,
        question: str,
        *,
        wanted: Sequence[Wanted] | None = None,
        told: Mapping[str, float] = MappingProxyType({}),
        filters: Filters = Filters(),
        within: Collection[str] | None = None,
        collections: Collection[str] = COLLECTIONS,
    ) -> Found:
        """The ranked passages for a question, of documents that pass the filters and are in `within` where that is given.

        `wanted` is what BM25 searches for, in place of the question's own terms. `told` are documents whose summary in the
        asker's language answers to the question, by its BM25 score."""
        vector = self._encoder.query(question)
        terms = tuple(analyse(question) if wanted is None else wanted)
        if not filters.empty:
            passing = {document.id for document in self._library.documents().values() if filters.match(document)}
            within = passing if within is None else passing & set(within)
        told = {one: score for one, score in told.items() if within is None or one in within}
        near = list(told)[:TOLD]
        candidates = self._library.search(vector, terms, collections, self._candidates, within, near)
        return Found(vector, tuple(rank(candidates, vector, told=told)), told)


def rank(
    candidates: Sequence[Candidate],
    vector: Vectors,
    weights: tuple[float, float, float] = (PASSAGE, SENTENCE, BM25),
    feedback: float = FEEDBACK,
    told: Mapping[str, float] = MappingProxyType({}),
) -> list[Hit]:
    """Exact cosines of passage and best sentence, and BM25 of the passage and of what is `told` of its document, each scaled by
    the question's best; ties by passage key."""
    if not candidates:
        return []
    rows = np.concatenate([one.entry.rows for one in candidates])
    sizes = [len(one.entry.rows) for one in candidates]  # the passage, then its sentences
    starts = np.cumsum([0, *sizes[:-1]])
    bm25 = np.array([one.bm25 for one in candidates], np.float32)
    words = weights[2] * bm25 / (bm25.max() or 1)
    if told:
        most = max(told.values())
        words = words + SUMMARY * np.array([told.get(one.entry.passage.document, 0.0) / most for one in candidates], np.float32)

    def fused(cosines: Vectors) -> Vectors:
        whole, sentences = cosines[starts], cosines.copy()
        sentences[starts] = -1  # so that the greatest of each run is a sentence's
        scores: Vectors = weights[0] * whole + weights[1] * np.maximum.reduceat(sentences, starts) + words
        return scores

    cosines = rows @ vector
    scores = fused(cosines)
    if feedback:
        believed = rows[starts[np.argsort(-scores, kind="stable")[:BELIEVED]]].mean(axis=0)
        fed = vector + feedback * believed
        scores = fused(rows @ (fed / np.linalg.norm(fed)))
    order = np.lexsort((np.array([one.entry.key for one in candidates]), -scores)).tolist()
    first, score = starts.tolist(), scores.tolist()
    return [Hit(candidates[n], score[n], cosines[first[n] + 1 : first[n] + sizes[n]]) for n in order]
