"""BM25 over what the documents say of themselves in one language: title, summary, the questions that they answer."""

import re
from collections.abc import Iterable

import tantivy

from corpus.lists import country_name, labels
from ingest.documents import Document
from ingest.lexical import analyse, simplified

_HAN = re.compile(r"[\u3400-\u9fff]+")


def summary_terms(text: str, language: str) -> list[str]:
    """The terms of a text in its own language: stems, and of Chinese its pairs of characters (it is written without spaces)."""
    if language != "zh":
        return analyse(text, language)
    text = simplified(text)
    runs = _HAN.findall(text)
    pairs = [run[at : at + 2] for run in runs for at in range(max(1, len(run) - 1))]
    return [*pairs, *analyse(_HAN.sub(" ", text), "en")]


def _said(document: Document, language: str) -> str:
    translation = document.translations.get(language)
    places = [country_name(code, language) for code in document.facets.countries]
    themes = [labels("themes", language)[one] for one in document.facets.themes]
    more = [translation.title, *translation.questions, *translation.topics] if translation else []
    return " ".join([document.summary[language], *more, *places, *themes])


class Summaries:
    """The documents of one moment by their words in one language, in memory."""

    def __init__(self, documents: Iterable[Document], language: str) -> None:
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("document", stored=True, tokenizer_name="raw", index_option="basic")
        builder.add_text_field("text", tokenizer_name="whitespace", index_option="freq")
        self._schema, self._language = builder.build(), language
        self._index = tantivy.Index(self._schema)
        writer = self._index.writer(heap_size=15_000_000, num_threads=1)
        for one in documents:
            if language in one.summary:
                row = tantivy.Document()
                row.add_text("document", one.id)
                row.add_text("text", " ".join(summary_terms(_said(one, language), language)))
                writer.add_document(row)
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()

    def search(self, text: str, limit: int) -> dict[str, float]:
        """The BM25 score of at most `limit` documents, best first."""
        terms = dict.fromkeys(summary_terms(text, self._language))
        words = [(tantivy.Occur.Should, tantivy.Query.term_query(self._schema, "text", term, "freq")) for term in terms]
        if not words:
            return {}
        searcher = self._index.searcher()
        hits = searcher.search(tantivy.Query.boolean_query(words), limit, count=False).hits
        return {str(searcher.doc(address)["document"][0]): float(score) for score, address in hits}
