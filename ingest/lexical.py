"""Tantivy: BM25 over the same passages. Text is analysed here, in Python, and indexed as whitespace tokens."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache, lru_cache
from pathlib import Path

import tantivy
from opencc import OpenCC
from Stemmer import Stemmer

from corpus.lists import DEMONYMS

ANALYSER = "folded-snowball-5"  # raise it with every change to the terms: an index of another is made anew at the next start
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

# British and American spellings of one word
_AMERICAN = {
    "programme": "program",
    "isation": "ization",
    "abour": "abor",
    "avour": "avor",
    "ehaviour": "ehavior",
    "eighbour": "eighbor",
    "olour": "olor",
    "onour": "onor",
    "umour": "umor",
    "igour": "igor",
    "centre": "center",
    "fibre": "fiber",
    "litre": "liter",
    "metre": "meter",
    "theatre": "theater",
    "ravell": "ravel",
    "abell": "abel",
    "odell": "odel",
    "ounsell": "ounsel",
    "ancell": "ancel",
    "nrolment": "nrollment",
    "nstalment": "nstallment",
    "ulfilment": "ulfillment",
    "efence": "efense",
    "offence": "offense",
    "licence": "license",
    "practise": "practice",
    "plough": "plow",
    "ageing": "aging",
    "naemi": "nemi",
    "aediatr": "ediatr",
    "iarrhoea": "iarrhea",
}
_BRITISH = re.compile("|".join(_AMERICAN))
_ISE = re.compile(r"(?<=[a-z]{3})(is|ys)(?=(?:e|es|ed|er|ers|ing)$)")  # organise/organize, analyse/analyze
# to promise, an enterprise: what stands before an ending that is no suffix
_NO_ISE = re.compile("adv|comprom|compr|conc|dev|enterpr|exc|exerc|expert|franch|improv|prec|prem|prom|rev|superv|surpr|telev")


ELISION = re.compile(r"^(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)['’](?=\w)", re.I)  # French: l'école


@lru_cache(maxsize=16)
def _stemmer(language: str) -> Stemmer:
    return Stemmer(_STEMMED.get(language, "english"))


@lru_cache(maxsize=50_000)
def _term(word: str, language: str) -> str:
    if word[0].isdigit():
        return re.sub(r",(?=\d{3}\b)", "", word)  # 29,480 and 29480 are one number
    if language == "en":
        word = _american(word)
    elif language == "fr":
        word = ELISION.sub("", word)
    return str(_stemmer(language).stemWord(re.sub(r"['’]s?$|['’]", "", word)))


@cache
def _simplifier() -> OpenCC:
    return OpenCC("t2s")


def simplified(text: str) -> str:
    """A text with every traditional Chinese character as its simplified one; of the same length."""
    return text if text.isascii() else str(_simplifier().convert(text))


def analyse(text: str, language: str = "en") -> list[str]:
    """The terms of a text: compatibility forms, case and Latin accents folded (Bolsa Família is Bolsa Familia), words stemmed
    (Snowball), numbers kept whole without their thousands separators."""
    return [term for word in _words(text) if (term := _term(word, language))]


def index_terms(text: str, language: str) -> list[str]:
    """The terms of a text of any language, and beside them the English ones where they differ: by those a question in English
    finds the names and words that the languages share."""
    both = (term for word in _words(text) for term in dict.fromkeys((_term(word, language), _term(word, "en"))))
    return [term for term in both if term]


def plain_words(text: str) -> list[str]:
    """The words of a text for telling names apart, which stems can not (France, francs): folded, no possessive, no plural s."""
    return [_plain(word) for word in _words(text)]


@lru_cache(maxsize=4096)
def keyword_words(keywords: str) -> frozenset[str]:
    """The plain words of a document's keywords: its countries, regions and place."""
    return frozenset(plain_words(keywords))


def forms(word: str) -> list[str]:
    """A plain word and, where it is a demonym, its country: Rwandan and Rwanda, Chinese and China."""
    country = DEMONYMS.get(word) or (word[:-1] if word.endswith("n") and len(word) > 4 else None)
    return [word, _plain(country)] if country else [word]


def _words(text: str) -> list[str]:
    return _WORD.findall(unicodedata.normalize("NFKC", _ACCENT.sub("", unicodedata.normalize("NFKD", text))).casefold())


@lru_cache(maxsize=50_000)
def _plain(word: str) -> str:
    word = re.sub(r"['’]s?$|['’]", "", _american(word))
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def _american(word: str) -> str:
    word = _BRITISH.sub(lambda match: _AMERICAN[match[0]], word)
    return _ISE.sub(lambda match: match[0] if _NO_ISE.fullmatch(word, 0, match.start()) else f"{match[0][0]}z", word)


# A word that is searched for: its term; or what it may mean, each of some terms, of which the one that fits best counts
Wanted = str | tuple[tuple[str, ...], ...]


class LexicalError(RuntimeError):
    """Tantivy failed: its folder is damaged, or the disk is full."""


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
        with _told():
            self._index = tantivy.Index(self._schema, path=str(folder))
            self._index.config_reader("manual")
            self._searcher = self._index.searcher()

    def change(self, add: Iterable[tuple[int, str, str, list[str]]], remove: Sequence[int] = ()) -> None:
        """One commit: (key, collection, document, terms) come, keys go."""
        with _told():
            writer = self._index.writer(heap_size=32_000_000, num_threads=1)
            writer.garbage_collect_files()  # a kill may have left a half-written change, and Tantivy writes no file twice
            if remove:
                # by query: delete_documents_by_term takes the key for a signed number, which no unsigned field holds
                writer.delete_documents_by_query(self._among(remove))
            for key, collection, document, terms in add:
                row = tantivy.Document()
                row.add_unsigned("key", key)
                row.add_text("collection", collection)
                row.add_text("document", document)
                row.add_text("text", " ".join(terms))
                writer.add_document(row)
            writer.commit()
            writer.wait_merging_threads()  # merges run in the background: wait, or a reader sees half an index
            self._index.reload()
            self._searcher = self._index.searcher()

    def search(
        self, collections: Collection[str], terms: Sequence[Wanted], limit: int, within: Collection[str] | None = None
    ) -> list[tuple[int, float]]:
        """At most `limit` (key, BM25 score), best first; `within` limits it to those documents.

        Built from terms: user text is never parsed as a query, in which `*` and `:` would mean something.
        """
        clauses = [(tantivy.Occur.Must, self._any(terms)), self._only("collection", collections)]
        if within is not None:
            clauses.append(self._only("document", within))
        return self._hits(tantivy.Query.boolean_query(clauses), limit) if terms else []

    def scores(self, terms: Sequence[Wanted], keys: Sequence[int]) -> dict[int, float]:
        """The BM25 score of those passages that hold one of the terms."""
        if not terms or not keys:
            return {}
        # a term query each: for a few keys, a query of the whole set takes three times as long
        each = [(tantivy.Occur.Should, tantivy.Query.term_query(self._schema, "key", key, "basic")) for key in keys]
        among = tantivy.Query.const_score_query(tantivy.Query.boolean_query(each), 0.0)
        clauses = [(tantivy.Occur.Must, self._any(terms)), (tantivy.Occur.Must, among)]
        return dict(self._hits(tantivy.Query.boolean_query(clauses), len(keys)))

    def frequency(self, term: str) -> int:
        """In how many indexed passages the term stands."""
        # counted by a search: the index's own frequency still counts what was removed
        return int(self._searcher.search(self._text(term), 1, count=True).count)

    def holding(self, collections: Collection[str], words: Sequence[Sequence[str]], limit: int = 1000) -> list[int]:
        """The passages that hold, for every word, one of its terms."""
        clauses = [(tantivy.Occur.Must, tantivy.Query.term_set_query(self._schema, "text", list(terms))) for terms in words]
        clauses.append(self._only("collection", collections))
        return [key for key, _ in self._hits(tantivy.Query.boolean_query(clauses), limit)] if words else []

    def keys(self) -> set[int]:
        return {key for key, _ in self._hits(tantivy.Query.all_query(), max(1, self._searcher.num_docs))}

    def _hits(self, query: tantivy.Query, limit: int) -> list[tuple[int, float]]:
        searcher = self._searcher  # one for both calls: a commit in between gives the addresses to others
        with _told():
            hits = searcher.search(query, limit, count=False).hits
            keys = searcher.fast_field_values("key", [address for _, address in hits])
        return [(int(key), float(score)) for key, (score, _) in zip(keys, hits, strict=True) if key is not None]

    def _text(self, term: str) -> tantivy.Query:
        return tantivy.Query.term_query(self._schema, "text", term, "freq")

    def _any(self, terms: Sequence[Wanted]) -> tantivy.Query:
        return tantivy.Query.boolean_query([(tantivy.Occur.Should, self._wanted(term)) for term in dict.fromkeys(terms)])

    def _wanted(self, term: Wanted) -> tantivy.Query:
        if isinstance(term, str):
            return self._text(term)
        return tantivy.Query.disjunction_max_query([self._any(terms) for terms in term])

    def _among(self, keys: Sequence[int]) -> tantivy.Query:
        return tantivy.Query.term_set_query(self._schema, "key", list(keys))

    def _only(self, field: str, values: Collection[str]) -> tuple[tantivy.Occur, tantivy.Query]:
        within = tantivy.Query.term_set_query(self._schema, field, list(values))
        return tantivy.Occur.Must, tantivy.Query.const_score_query(within, 0.0)


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except ValueError as error:
        raise LexicalError(str(error)) from error
