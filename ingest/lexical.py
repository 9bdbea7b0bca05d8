"""Tantivy: BM25 over the same passages. Text is analysed here, in Python, and indexed as whitespace tokens."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from pathlib import Path

import tantivy
from Stemmer import Stemmer

from corpus.lists import DEMONYMS

ANALYSER = "folded-snowball-3"  # part of the recipe: raise it with every change to `analyse`
_WORD = re.compile(r"\d+(?:[.,]\d+)*(?![^\W\d_])|[^\W_]+(?:['’][^\W\d_]+)*")
_ACCENT = re.compile(r"(?<=[A-Za-z])[\u0300-\u036f]+")
_STEMMED = {
    "en": "english",
    "fr": "french",
    "es": "spanish",
    "pt": "portuguese",
    "ru": "russian",
    "ar": "arabic",
    "id": "indonesian",
}

# two spellings of one word: programme/program, organisation/organization, labour/labor, centre/center
_AMERICAN = {
    "programme": "program",
    "isation": "ization",
    "ising": "izing",
    "abour": "abor",
    "centre": "center",
    "avour": "avor",
}
_BRITISH = re.compile("|".join(_AMERICAN))


@lru_cache(maxsize=16)
def _stemmer(language: str) -> Stemmer:
    return Stemmer(_STEMMED.get(language, "english"))


@lru_cache(maxsize=50_000)
def _term(word: str, language: str) -> str:
    if word[0].isdigit():
        return re.sub(r",(?=\d{3}\b)", "", word)  # 29,480 and 29480 are one number
    if language == "en":
        word = _BRITISH.sub(lambda match: _AMERICAN[match[0]], word)
    return str(_stemmer(language).stemWord(re.sub(r"['’]s?$|['’]", "", word)))


def analyse(text: str, language: str = "en") -> list[str]:
    """The terms of a text: compatibility forms, case and Latin accents folded (Bolsa Família is Bolsa Familia), words stemmed
    (Snowball), numbers kept whole without their thousands separators."""
    return [term for word in _words(text) if (term := _term(word, language))]


def plain_words(text: str) -> list[str]:
    """The words of a text for telling names apart, which stems can not (France, francs): folded, no possessive, no plural s."""
    return [_plain(word) for word in _words(text)]


def forms(word: str) -> list[str]:
    """A plain word and, where it is a demonym, its country: Rwandan and Rwanda, Chinese and China."""
    country = DEMONYMS.get(word) or (word[:-1] if word.endswith("n") and len(word) > 4 else None)
    return [word, _plain(country)] if country else [word]


def _words(text: str) -> list[str]:
    return _WORD.findall(unicodedata.normalize("NFKC", _ACCENT.sub("", unicodedata.normalize("NFKD", text))).casefold())


@lru_cache(maxsize=50_000)
def _plain(word: str) -> str:
    word = re.sub(r"['’]s?$|['’]", "", _BRITISH.sub(lambda match: _AMERICAN[match[0]], word))
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


class LexicalIndex:
    """Passage keys by BM25."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        builder = tantivy.SchemaBuilder()
        builder.add_unsigned_field("key", stored=False, indexed=True, fast=True)
        builder.add_text_field("collection", tokenizer_name="raw", index_option="basic")
        builder.add_text_field("document", tokenizer_name="raw", index_option="basic")
        builder.add_text_field("text", tokenizer_name="whitespace", index_option="freq")
        self._schema = builder.build()
        self._index = tantivy.Index(self._schema, path=str(folder))
        self._index.config_reader("manual")
        self._searcher = self._index.searcher()

    def change(self, add: Iterable[tuple[int, str, str, list[str]]], remove: Sequence[int] = ()) -> None:
        """One commit: (key, collection, document, terms) come, keys go."""
        writer = self._index.writer(heap_size=32_000_000, num_threads=1)
        writer.garbage_collect_files()  # a kill may have left a half-written change, and Tantivy writes no file twice
        if remove:
            # by query: delete_documents_by_term takes the key for a signed number, which no unsigned field holds
            writer.delete_documents_by_query(tantivy.Query.term_set_query(self._schema, "key", list(remove)))
        for key, collection, document, terms in add:
            row = tantivy.Document()
            row.add_unsigned("key", key)
            row.add_text("collection", collection)
            row.add_text("document", document)
            row.add_text("text", " ".join(terms))
            writer.add_document(row)
        writer.commit()
        writer.wait_merging_threads()  # merges run in the background: wait, or a reader sees half an index
        self.reload()

    def reload(self) -> None:
        self._index.reload()
        self._searcher = self._index.searcher()

    def search(
        self, collections: Collection[str], terms: Sequence[str], limit: int, within: Collection[str] | None = None
    ) -> list[tuple[int, float]]:
        """At most `limit` (key, BM25 score), best first; `within` limits it to those documents.

        Built from terms: user text is never parsed as a query, in which `*` and `:` would mean something.
        """
        if not terms:
            return []
        should = [(tantivy.Occur.Should, self._text(term)) for term in dict.fromkeys(terms)]
        clauses = [(tantivy.Occur.Must, tantivy.Query.boolean_query(should)), self._only("collection", collections)]
        if within is not None:
            clauses.append(self._only("document", within))
        hits = self._searcher.search(tantivy.Query.boolean_query(clauses), limit, count=False).hits
        keys = self._searcher.fast_field_values("key", [address for _, address in hits])
        return [(int(key), float(score)) for key, (score, _) in zip(keys, hits, strict=True) if key is not None]

    def frequency(self, term: str) -> int:
        """In how many indexed passages the term stands."""
        # counted by a search: the index's own frequency still counts what was removed
        return int(self._searcher.search(self._text(term), 1, count=True).count)

    def holding(self, collections: Collection[str], words: Sequence[Sequence[str]], limit: int = 1000) -> list[int]:
        """The passages that hold, for every word, one of its terms."""
        clauses = [(tantivy.Occur.Must, tantivy.Query.term_set_query(self._schema, "text", list(terms))) for terms in words]
        if not clauses:
            return []
        clauses.append(self._only("collection", collections))
        hits = self._searcher.search(tantivy.Query.boolean_query(clauses), limit, count=False).hits
        keys = self._searcher.fast_field_values("key", [address for _, address in hits])
        return [int(key) for key in keys if key is not None]

    def keys(self) -> set[int]:
        total = self._searcher.num_docs
        if not total:
            return set()
        hits = self._searcher.search(tantivy.Query.all_query(), total, count=False).hits
        return {int(key) for key in self._searcher.fast_field_values("key", [a for _, a in hits]) if key is not None}

    def clear(self) -> None:
        writer = self._index.writer(heap_size=32_000_000, num_threads=1)
        writer.delete_all_documents()
        writer.commit()
        writer.wait_merging_threads()
        self.reload()

    def _text(self, term: str) -> tantivy.Query:
        return tantivy.Query.term_query(self._schema, "text", term, "freq")

    def _only(self, field: str, values: Collection[str]) -> tuple[tantivy.Occur, tantivy.Query]:
        within = tantivy.Query.term_set_query(self._schema, field, list(values))
        return tantivy.Occur.Must, tantivy.Query.const_score_query(within, 0.0)
