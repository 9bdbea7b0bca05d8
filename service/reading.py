"""A question in any of the nine languages -> what it asks."""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from corpus.glossary import Row
from ingest.encoder import Encoder
from ingest.library import Library
from ingest.summaries import Summaries
from service.detection import FEW_WORDS, Detector
from service.foreign import understand_through
from service.language import Question, content_terms, understand
from service.retrieval import COLLECTIONS
from service.terms import Terms

TOLD_AT_MOST = 20  # documents whose summary in the asker's language is looked at


class Reader:
    """Everything that reading needs, passed in."""

    def __init__(self, library: Library, encoder: Encoder, terms: Terms) -> None:
        self._library = library
        self._encoder = encoder
        self.terms = terms
        self._rows, self._detector = terms.rows(), _detector(terms.rows())
        self._summaries = lru_cache(maxsize=16)(self._summaries_of)

    def read(self, text: str, interface: str | None = None) -> Question | None:
        """What a text asks; None where it is in none of the nine languages. `interface` is that of the page."""
        language = self.language(text, interface)
        return self.read_as(language, text) if language else None

    def language(self, text: str, interface: str | None = None) -> str | None:
        """One of the nine, or none of them. A few words that stand in the library and mean nothing in the language that they
        seem to be in are English: ranger salary."""
        rows = self.terms.rows()
        if rows is not self._rows:  # a trainer has changed a file
            self._rows, self._detector = rows, _detector(rows)
        language = self._detector.language(text, interface)
        if language in (None, "en") or len(text.split()) > FEW_WORDS or not text.isascii():
            return language
        lexicon = self.terms.lexicon(language)
        words = [word for word in lexicon.read(lexicon.normal(text)) if word.kind not in ("name", "place", "number")]
        meant = sum(word.kind != "unknown" for word in words)
        return "en" if meant < sum(all(map(self._holds, content_terms(word.text))) for word in words) else language

    def read_as(self, language: str, text: str) -> Question:
        """What a text in that language asks."""
        if language == "en":
            return understand(text, self._encoder.is_word)
        return understand_through(self.terms.lexicon(language), text, self._holds)

    def told(self, question: Question) -> Mapping[str, float]:
        """The documents whose summary in the question's language answers to it, with their BM25 score, best first."""
        if question.language == "en":
            return {}
        return self._summaries(self._library.version, question.language).search(question.text, TOLD_AT_MOST)

    def warm(self, language: str) -> None:
        """Make what the first question in that language would wait for."""
        self._detector.language("the first of all the words")
        self.terms.lexicon(language)
        self._summaries(self._library.version, language)

    def _holds(self, term: str) -> bool:
        return self._library.frequency(term) > 0

    def _summaries_of(self, _version: str, language: str) -> Summaries:
        return Summaries(self._library.documents_in(COLLECTIONS), language)


def _detector(rows: Iterable[Row]) -> Detector:
    return Detector(row.searched for row in rows if row.kind in ("name", "place"))
