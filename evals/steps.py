"""What each step of reading a question in another language adds: the retrieval with one left out at a time."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from corpus.glossary import OTHERS, Row
from evals.core import hits
from evals.sets import Answerable, Multilingual
from ingest.summaries import Summaries
from service.assistant import Assistant
from service.foreign import understand_through
from service.language import Question
from service.lexicon import Lexicon
from service.reading import TOLD_AT_MOST
from service.retrieval import COLLECTIONS

Read = Callable[[str, str], Question]  # (language, text)
Told = Callable[[Question], Mapping[str, float]]


class _WholeWords(Lexicon):
    """Without stems, clitics and other variants of a word."""

    def _variants(self, plain: str) -> Iterator[str]:
        return iter(())

    def _stem_of(self, plain: str) -> str:
        return plain

    def _heads(self, plain: str) -> list[str]:
        return []


class _SingleWords(Lexicon):
    """Without entries of several words; of Chinese, which does not tell words apart, without those of over two characters."""

    def __init__(self, language: str, rows: Iterable[Row]) -> None:
        super().__init__(language, rows)
        self._longest = 2 if language == "zh" else 1


def left_out(questions: Multilingual, assistant: Assistant) -> dict[str, tuple[float, float]]:
    """For each step that is left out, hit@1 and hit@5 over all languages."""
    reader, library = assistant.reader, assistant.library
    rows = reader.terms.rows()
    asked = [(language, one) for language in OTHERS for one in questions.of(language).answer]
    holds: Callable[[str], bool] = lambda term: library.frequency(term) > 0  # noqa: E731

    def through(made: Callable[[str], Lexicon], known: Callable[[str], bool] = holds) -> Read:
        lexicons = {language: made(language) for language in OTHERS}
        return lambda language, text: understand_through(lexicons[language], text, known)

    def first_senses(language: str, text: str) -> Question:
        question = reader.read_as(language, text)
        return replace(
            question, meanings=tuple(meaning[:1] for meaning in question.meanings), search="; ".join(question.clauses)
        )

    documents = library.documents_in(COLLECTIONS)
    bare = {language: Summaries([replace(one, translations={}) for one in documents], language) for language in OTHERS}
    variants: dict[str, tuple[Read, Told]] = {
        "everything": (reader.read_as, reader.told),
        "without the glossary: the raw question": (lambda _, text: reader.read_as("en", text), lambda _: {}),
        "without summaries, titles and questions in the language": (reader.read_as, lambda _: {}),
        "without titles and questions, with the summaries": (reader.read_as, lambda asks: _search(bare, asks)),
        "without the glossary, with those": (lambda language, text: _raw(reader.read_as("en", text), language), reader.told),
        "without stems and clitics": (through(lambda language: _WholeWords(language, rows)), reader.told),
        "without entries of several words": (through(lambda language: _SingleWords(language, rows)), reader.told),
        "without words kept as they are": (through(lambda language: Lexicon(language, rows), lambda _: False), reader.told),
        "without second senses": (first_senses, reader.told),
    }
    return {name: _hits(asked, assistant, read, told) for name, (read, told) in variants.items()}


def _raw(question: Question, language: str) -> Question:
    return replace(question, language=language)


def _search(summaries: Mapping[str, Summaries], question: Question) -> Mapping[str, float]:
    return summaries[question.language].search(question.text, TOLD_AT_MOST)


def _hits(asked: Sequence[tuple[str, Answerable]], assistant: Assistant, read: Read, told: Told) -> tuple[float, float]:
    rankings = []
    for language, one in asked:
        question = read(language, one.question)
        rankings.append((one, tuple(assistant.find(question, told=told(question)).by_document())))
    return hits(rankings)
