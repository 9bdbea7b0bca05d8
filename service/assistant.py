"""The straight line from a question to an answer."""

import secrets
import time
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import replace
from functools import lru_cache
from typing import Literal

from corpus.brief import OWN_VOICE
from corpus.glossary import OTHERS
from corpus.lists import suggested
from ingest.documents import Document
from ingest.encoder import Encoder, Vectors
from ingest.library import Library
from service import compose
from service.contract import Answer, Ask, ExampleOut, LibraryOut, MissingOut, NoticeOut
from service.evidence import NEARLY, Judgement, Weighed, Wish, about, judge, of_places, strength, unknown_share, weigh, weights
from service.language import FIRST_PERSON, Meaning, Question, content_terms
from service.quoting import LEAST, MOST_QUOTES, Dispute, Quoted, best_for_part, dispute_of, put_first, quote
from service.reading import Reader
from service.retrieval import COLLECTIONS, Filters, Found, Retriever
from service.terms import Terms
from service.wording import wording

NO_FILTERS = Filters()
ASKED_NEXT = ("Results", "Limits and debate", "What it took", OWN_VOICE, "What was done")  # sections, one follow-up from each

Documents = dict[str, Document]


class Assistant:
    """Everything that an answer needs, passed in."""

    def __init__(self, library: Library, encoder: Encoder, terms: Terms) -> None:
        self._library = library
        self._encoder = encoder
        self._reader = Reader(library, encoder, terms)
        self._retriever = Retriever(library, encoder)
        self._topics = lru_cache(maxsize=4096)(encoder.query)
        self._questions = lru_cache(maxsize=4096)(self._questions_of)

    @property
    def library(self) -> Library:
        return self._library

    @property
    def reader(self) -> Reader:
        return self._reader

    @property
    def size(self) -> int:
        """The documents that every asker may see."""
        return len(self._library.documents_in(COLLECTIONS))

    def answer(self, ask: Ask, prefers: Callable[[Document], bool] | None = None) -> Answer:
        """Understand, retrieve, judge the evidence, quote, cite. Documents that the asker's site `prefers` come first."""
        started = time.perf_counter()
        question = self._reader.read(ask.question, ask.interface)
        if question is None:
            return self._unclear(ask, "language", ask.interface or "en", started)
        language = question.language if ask.language == "auto" else ask.language
        if not question.terms:
            return self._unclear(ask, "unclear", language, started)
        documents = self._library.documents()  # of this moment: what is published meanwhile is for the next answer
        found, weighed, judgement = self._evidence(question, ask.filters.to_filters(), documents)
        own = frozenset(one for one in documents if prefers(documents[one])) if prefers else frozenset()
        if not judgement.enough:
            return self._not_found(ask, language, question, weighed, judgement, documents, own, started)
        judgement = replace(judgement, rows=put_first(judgement.rows, own))
        dispute = self._dispute(question, found.vector, judgement.rows, weighed, documents)
        quoted = quote(question, judgement.rows, dispute, self._parts(question, judgement))
        return self._answered(ask, language, question, quoted, judgement, documents, own, started)

    def warm(self, stopped: Callable[[], bool]) -> None:
        """Make beforehand what the first answers from briefs would wait for, until it is done or `stopped`: some seconds."""
        for document in self._library.documents_in(COLLECTIONS):
            if stopped():
                return
            if document.origin == "brief":
                for entry in self._library.passages_of(document.id):
                    entry.warm()
                for one in document.disagreements:
                    self._topics(one.topic)
        for language in OTHERS:
            if stopped():
                return
            self._reader.warm(language)

    def _evidence(
        self, question: Question, filters: Filters, documents: Documents
    ) -> tuple[Found, Sequence[Weighed], Judgement]:
        named = {name: self._library.naming(name.text, COLLECTIONS) for name in question.names}
        found = self.find(question, filters, about(named)).of(documents)
        weighed: Sequence[Weighed]
        if question.language == "en":
            weighed = self._weighed(
                question, found, {term: self._library.frequency(term) for term in question.terms}, documents
            )
        else:
            weighed = self._weighed(question, found, {one: self._meant(one) for one in question.meanings}, documents)
        weighed = of_places(question, weighed, documents)
        return found, weighed, judge(question, weighed, named)

    def _weighed(self, question: Question, found: Found, counts: Mapping[Wish, int], documents: Documents) -> list[Weighed]:
        shares = weights(counts, self._library.size)
        return weigh(question, found, shares, unknown_share(shares, counts), documents)

    def _meant(self, meaning: Meaning) -> int:
        """In how many passages a word of another language may stand: by its most frequent sense, of that the rarest term."""
        return max(min(map(self._library.frequency, terms), default=0) for terms in meaning)

    def find(
        self,
        question: Question,
        filters: Filters = NO_FILTERS,
        within: Set[str] | None = None,
        told: Mapping[str, float] | None = None,
    ) -> Found:
        """The ranked passages for a question in any of the languages. `told` stands for what summaries tell its reader."""
        foreign = question.language != "en"
        found = self._retriever.retrieve(
            question.text if foreign and self._encoder.multilingual else question.search,
            wanted=question.meanings or None,
            told=self._reader.told(question) if told is None else told,
            filters=filters,
            within=within,
            collections=COLLECTIONS,
        )
        return replace(found, by_words=foreign and not self._encoder.multilingual)

    def _dispute(
        self, question: Question, vector: Vectors, best: Sequence[Weighed], weighed: Sequence[Weighed], documents: Documents
    ) -> Dispute | None:
        """What the sources of the best documents disagree about, where the answer touches it."""
        near = dict.fromkeys(row.document for row in best[:LEAST])
        about = [(identity, one) for identity in near for one in documents[identity].disagreements]
        topics = [(float(self._topics(one.topic) @ vector), identity, one) for identity, one in about]
        return dispute_of(question, best, weighed, topics)

    def _parts(self, question: Question, judgement: Judgement) -> list[Weighed]:
        """The best sentence for each part that a question of several parts asks, and that is not missing."""
        broken = {one.clause for one in judgement.missing}
        found = []
        for number in question.parts[:MOST_QUOTES]:
            if number not in broken:
                clause = question.clauses[number]
                named = any(name.clause == number for name in question.names)
                # a part that names nothing goes on about what the question is about: its best document
                rows = [
                    row for row in judgement.rows if (named or row.document == judgement.rows[0].document) and row not in found
                ]
                vector, terms = self._encoder.query(clause), content_terms(clause)
                found.append(best_for_part(rows, vector, terms, question.years_of(number)))
        return [one for one in found if one is not None]

    def _answered(
        self,
        ask: Ask,
        language: str,
        question: Question,
        quoted: Quoted,
        judgement: Judgement,
        documents: Documents,
        own: Set[str],
        started: float,
    ) -> Answer:
        rows = compose.in_reading_order(question, quoted, own)
        answer = _new_id()
        near = [row.document for row in rows] + [row.document for row in judgement.rows if row.score >= rows[0].score - 0.4]
        near.sort(key=lambda identity: identity not in own)
        return Answer(
            id=answer,
            conversation=ask.conversation,
            question=ask.question,
            language=language,
            outcome="partial" if judgement.missing else "answered",
            statements=[compose.statement(number, row, documents[row.document]) for number, row in enumerate(rows, 1)],
            groups=compose.groups(rows, documents, language),
            disagreements=compose.disagreements(quoted, rows, documents, language),
            examples=compose.examples(near, rows, documents, language),
            citations=[compose.citation(number, row, documents[row.document], answer) for number, row in enumerate(rows, 1)],
            missing=_missing(judgement, question),
            follow_ups=self._follow_up(rows, ask.question, language, documents),
            notices=[
                *compose.partly_understood(question, language),
                *compose.elsewhere(question, rows, documents, language),
                *compose.superseded(rows, documents, language),
            ],
            library=self._library_out(),
            took_ms=_since(started),
        )

    def _not_found(
        self,
        ask: Ask,
        language: str,
        question: Question,
        weighed: Sequence[Weighed],
        judgement: Judgement,
        documents: Documents,
        own: Set[str],
        started: float,
    ) -> Answer:
        nearest = _nearest(weighed, documents, own, language)
        return Answer(
            id=_new_id(),
            conversation=ask.conversation,
            question=ask.question,
            language=language,
            outcome="not_found",
            nearest=nearest,
            missing=_missing(judgement, question),
            follow_ups=self._follow_up(weighed[:1], ask.question, language, documents) if nearest else suggested(language)[:3],
            notices=compose.partly_understood(question, language),
            library=self._library_out(),
            took_ms=_since(started),
        )

    def _unclear(self, ask: Ask, code: Literal["unclear", "language"], language: str, started: float) -> Answer:
        return Answer(
            id=_new_id(),
            conversation=ask.conversation,
            question=ask.question,
            language=language,
            outcome="unclear",
            notices=[NoticeOut(code=code, text=wording(language).t(f"answer.{code}"))],
            library=self._library_out(),
            took_ms=_since(started),
        )

    def _follow_up(self, rows: Sequence[Weighed], asked: str, language: str, documents: Documents) -> list[str]:
        """Up to three questions that the best documents say they answer, and that this answer does not."""
        if language != "en":
            near = list(dict.fromkeys(row.document for row in rows))[:2]
            told = [documents[one].translations[language].questions for one in near if language in documents[one].translations]
            return [question for some in told for question in some if question != asked][:3]
        seen = {asked, *(question for row in rows for question in row.sentence.questions)}
        found = []
        for identity in list(dict.fromkeys(row.document for row in rows))[:2]:
            for questions in self._questions(self._library.version, identity):
                found += [one for one in questions if one not in seen][:1]
        return found[:3]

    def _questions_of(self, _version: str, identity: str) -> list[list[str]]:
        """What the sentences of a document answer, by section; not what tells of the asker."""
        passages = [entry.passage for entry in self._library.passages_of(identity)]
        asked = [(one.heading, question) for one in passages for question in one.questions if not FIRST_PERSON.search(question)]
        return [[question for heading, question in asked if heading == wanted] for wanted in ASKED_NEXT]

    def _library_out(self) -> LibraryOut:
        return LibraryOut(version=self._library.version, documents=self.size)


def _nearest(weighed: Sequence[Weighed], documents: Documents, own: Set[str], language: str) -> list[ExampleOut]:
    if strength(weighed) < NEARLY:
        return []
    near = list(dict.fromkeys(row.document for row in weighed))[: 2 * compose.MOST_EXAMPLES]
    return compose.examples(sorted(near, key=lambda identity: identity not in own), (), documents, language)


def _missing(judgement: Judgement, question: Question) -> list[MissingOut]:
    """In the asker's own words."""
    written = {name.text: name.written or name.text for name in question.names}
    told = dict.fromkeys((one.kind, written.get(one.text, one.text)) for one in judgement.missing)
    return [MissingOut(kind=kind, text=text) for kind, text in told]


def _new_id() -> str:
    return secrets.token_urlsafe(9)


def _since(started: float) -> float:
    return round((time.perf_counter() - started) * 1000, 2)
