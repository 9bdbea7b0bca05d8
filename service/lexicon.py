"""The words of a text in one of the other languages, and what they mean in English: glossary, countries, names."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from babel import Locale
from Stemmer import Stemmer

from corpus.figures import english_figures
from corpus.glossary import Kind, Row
from corpus.lists import REGIONS, country_codes, country_name, region_name
from ingest.lexical import ELISION, analyse, simplified
from service.language import content_terms

LONGEST, LONGEST_CHINESE = 6, 12  # words of an entry that is looked up; characters
MOST_SENSES = 4
CACHED, LONGEST_WORD = 2000, 40  # so many words have their plain form and stem kept, none of more letters
SHORTEST = 3  # letters of a stem, or of what is left of a word without its clitics
_TOKEN = re.compile(r"\d++(?:[.,]\d++)*+|[\u3400-\u9fff]|(?:[^\W\d_\u3400-\u9fff]|[’'](?=\w))+")  # 2015г: number and word
_OPENS = re.compile(r"[?？!:;.…¿¡«“\"(]")  # behind which a capital means nothing
_HAN = re.compile(r"[\u3400-\u9fff]")
_JOINT = re.compile(r"[\s’'-]*(?:(?:[cdjlmnst]|qu)['’])?", re.I)  # what may stand within an entry, as in Côte d'Ivoire
_STEMMERS = {"id": "indonesian", "fr": "french", "es": "spanish", "pt": "portuguese", "ru": "russian", "ar": "arabic"}
_DECLINED = ("ru", "ar")  # where names have endings, too
_MARKS = re.compile(r"[\u064b-\u0652\u0670\u0640]")  # Arabic vowel signs, and the line that stretches a word
_LETTERS = str.maketrans("أإآٱىةؤئё", "اااايهوي" + "е")
_HEADS = ("وبال", "وكال", "وال", "فال", "بال", "كال", "ولل", "لل", "ال", "وب", "ول", "و", "ف", "ب", "ل", "ك", "س")
_PERSONS, _ENDINGS = ("سي", "ست", "سن", "ي", "ت", "ن", "ا"), ("وا", "ون", "ين", "نا", "تم", "ت", "ن")  # of an Arabic verb
_TAILS = ("هما", "ها", "هم", "هن", "كم", "نا", "ات", "ون", "ين", "ان", "يه", "ه", "ي", "ك", "ا")
# What may stand before the stem of a Swahili verb: negation, subject, tense, relative, object
_VERB = re.compile(
    r"(?:ha|si)?(?:ni|u|a|tu|m|wa|i|li|ya|ki|vi|zi|ku|kw|pa)?(?:na|li|ta|me|mesha|ki|ka|nge|ngali|ja|hu|taka|po)?"
    r"(?:ye|o|cho|vyo|lo|yo|zo|po|mo|ko)?(?:ni|ku|kw|m|mu|mw|wa|i|li|ya|ki|vi|zi|u|tu|ji)?"
)
# The costs of a reading: the cheapest is taken, so that few and long entries beat many short ones, and exact forms others.
_ENTRY, _VARIANT, _STEM, _LONE, _UNKNOWN = 1.0, 0.05, 0.1, 0.9, 2.0


@dataclass(frozen=True, slots=True)
class Sense:
    """What a form means: in English, the terms that are searched for, and what it is called in the language itself."""

    english: str
    kind: Kind
    terms: tuple[str, ...]
    called: str = ""


_DATE = Sense("date", "function", ())


@dataclass(frozen=True)
class Word:
    """What one entry holds of a text, or a word that none does (`unknown`, without senses; `unheld` where it is told to be a
    name). The best sense comes first."""

    text: str
    start: int
    kind: Kind | Literal["number", "unknown", "unheld"]
    senses: tuple[Sense, ...] = ()

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @property
    def english(self) -> str:
        """Its best sense, or the word itself."""
        return self.senses[0].english if self.senses else self.text

    @property
    def called(self) -> str:
        """What it is called where it is no part of a sentence: Бутан for Бутана; a name that is unknown, as it is written."""
        return (self.senses[0].called if self.senses else "") or self.text

    @property
    def content(self) -> bool:
        """Whether it carries the topic."""
        return self.kind in ("term", "name", "place", "unknown", "unheld")


@dataclass(frozen=True)
class _Token:
    text: str
    start: int
    plain: str
    stem: str


class Lexicon:
    """The forms of one language. Of rows that share a form, an earlier one is the better sense."""

    def __init__(self, language: str, rows: Iterable[Row]) -> None:
        self.language = language
        self._stemmer = Stemmer(_STEMMERS[language]) if language in _STEMMERS else None
        self._plain = lru_cache(maxsize=CACHED)(self._plain_of)
        self._stem = lru_cache(maxsize=CACHED)(self._stem_of)
        self._between = "" if language == "zh" else " "
        self._longest = LONGEST_CHINESE if language == "zh" else LONGEST
        self._exact: dict[str, tuple[Sense, ...]] = {}
        self._folded: dict[str, tuple[Sense, ...]] = {}
        self._stems: dict[str, tuple[Sense, ...]] = {}
        alone: dict[Sense, tuple[Sense, ...]] = {}  # most forms mean one thing, and share it
        for form, sense in self._forms(rows):
            self._add(form, sense, alone.setdefault(sense, (sense,)))

    def _forms(self, rows: Iterable[Row]) -> Iterator[tuple[str, Sense]]:
        for row in rows:
            named = row.kind in ("name", "place")
            terms = _terms(row.searched, named=named)
            sense = Sense(row.searched, row.kind, terms, next(iter(row.forms[self.language]), row.searched))
            for form in (*row.forms[self.language], *([row.searched] if named else [])):
                yield form, sense
        for form in _dates(self.language):
            yield form, _DATE
        for code in country_codes():
            yield country_name(code, self.language), _place(country_name(code), country_name(code, self.language))
        for region in REGIONS:
            yield region_name(region, self.language), _place(region_name(region), region_name(region, self.language))

    def _add(self, form: str, sense: Sense, alone: tuple[Sense, ...]) -> None:
        tokens = self._tokens(_bare(form))
        if not tokens or len(tokens) > self._longest:
            return
        plain, stem = (self._between.join(parts) for parts in zip(*((one.plain, one.stem) for one in tokens), strict=True))
        plain = form if plain == form else plain  # one string in memory, not two
        stem = plain if stem == plain else stem
        folded = _unaccented(plain)
        tables = [(self._exact, plain), *([(self._folded, folded)] if folded != plain else [])]
        if sense.kind == "term" or (sense.kind in ("name", "place") and self.language in _DECLINED):
            tables += [(self._stems, stem)]  # function words never: Indonesian bagi, for, is the stem of pembagian, sharing
        for table, key in tables:
            senses = table.get(key, ())
            if sense not in senses:
                table[key] = (*senses, sense) if senses else alone

    def normal(self, text: str) -> str:
        """A text in compatibility forms, with numbers as English writes them."""
        return english_figures(_bare(text), self.language)

    def read(self, text: str) -> list[Word]:
        """The words of a `normal` text in its order."""
        tokens = self._tokens(text)
        words: list[Word] = []
        for first, last, senses in self._cheapest(tokens, text):
            start, end = tokens[first].start, tokens[last].start + len(tokens[last].text)
            before = words[-1] if words else None
            words.append(_word(text[start:end], start, senses, before))
        return list(merged(words, _unknown_run)) if self.language == "zh" else words

    def plain(self, word: str) -> str:
        """A word as forms are compared: small letters, in Arabic without its article."""
        return self._plain(word)

    def _tokens(self, text: str) -> list[_Token]:
        found = []
        text = simplified(text) if self.language == "zh" else text  # whole, for its phrases; it stays as long as it is
        for match in _TOKEN.finditer(text):
            word = ELISION.sub("", match[0]) if self.language == "fr" else match[0]
            known = len(word) <= LONGEST_WORD
            plain = self._plain(word) if known else self._plain_of(word)
            found.append(_Token(word, match.end() - len(word), plain, self._stem(plain) if known else self._stem_of(plain)))
        return found

    def _plain_of(self, word: str) -> str:
        word = word.casefold().replace("’", "'").strip("'")
        if self.language == "ar":
            word = word.translate(_LETTERS)
            return word[2:] if word.startswith("ال") and len(word) > SHORTEST + 1 else word
        return word.translate(_LETTERS) if self.language == "ru" else word

    def _stem_of(self, plain: str) -> str:
        stem = str(self._stemmer.stemWord(plain)) if self._stemmer else plain
        return stem if len(stem) >= SHORTEST else plain

    def _cheapest(self, tokens: list[_Token], text: str) -> list[tuple[int, int, tuple[Sense, ...]]]:
        """The tokens in runs (first, last, senses), by dynamic programming from the end."""
        joins = [self._joins(text, one, other) for one, other in pairwise(tokens)]
        best: list[tuple[float, int, tuple[Sense, ...]]] = [(0.0, 0, ())] * (len(tokens) + 1)
        for first in range(len(tokens) - 1, -1, -1):
            chosen: tuple[float, int, tuple[Sense, ...]] = (_UNKNOWN + best[first + 1][0], first, ())
            named = self.language == "sw" and _named(tokens, first, text)
            for last in self._ends(first, joins):
                cost, senses = self._meaning(tokens[first : last + 1], named=named)
                if senses and cost + best[last + 1][0] < chosen[0]:
                    chosen = (cost + best[last + 1][0], last, senses)
            best[first] = chosen
        runs, at = [], 0
        while at < len(tokens):
            _, last, senses = best[at]
            runs.append((at, last, senses))
            at = last + 1
        return runs

    def _ends(self, first: int, joins: list[bool]) -> Iterator[int]:
        """The last tokens of the runs that begin at `first`, none of them across a mark."""
        last = first
        yield last
        while last - first + 1 < self._longest and last < len(joins) and joins[last]:
            last += 1
            yield last

    def _joins(self, text: str, one: _Token, other: _Token) -> bool:
        between = text[one.start + len(one.text) : other.start]
        latin = self.language != "zh" or not (_HAN.match(one.text) or _HAN.match(other.text))
        return _JOINT.fullmatch(between) is not None if latin else not between

    def _meaning(self, tokens: list[_Token], *, named: bool) -> tuple[float, tuple[Sense, ...]]:
        """(cost, senses) of a run as one entry: by its exact form, else without accents or clitics, else by its stems. A word
        that is `named` by its capital is no verb."""
        plain = self._between.join(one.plain for one in tokens)
        lone = _LONE if self.language == "zh" and len(plain) == 1 else 0.0
        if plain in self._exact:
            return _ENTRY + lone, self._exact[plain]
        if plain in self._folded:
            return _ENTRY + _VARIANT, self._folded[plain]
        if (bare := _unaccented(plain)) in self._exact:
            return _ENTRY + _VARIANT, self._exact[bare]
        if len(tokens) == 1 and not named:
            for variant in self._variants(plain):
                if variant in self._exact:
                    return _ENTRY + _VARIANT, self._exact[variant]
        stems = [self._between.join(one.stem for one in tokens)]
        stems += [self._stem(plain.removeprefix(head)) for head in self._heads(plain)] if len(tokens) == 1 else []
        for stem in stems if self._stemmer else ():
            if stem in self._stems:
                return _ENTRY + _STEM, self._stems[stem]
        return _UNKNOWN, ()

    def _heads(self, plain: str) -> list[str]:
        """What an Arabic word may begin with that is no part of it."""
        heads = _HEADS if self.language == "ar" else ()
        return [head for head in heads if plain.startswith(head) and len(plain) - len(head) >= SHORTEST]

    def _variants(self, plain: str) -> Iterator[str]:
        """The word without what Arabic or Swahili writes together with it, the least taken off first."""
        if self.language == "ar":
            bare = [plain, *(plain.removeprefix(head) for head in self._heads(plain))]
            shorter = [
                one for word in bare for one in (word, *(word.removesuffix(tail) for tail in _TAILS if word.endswith(tail)))
            ]
            # a suffix turns ه back into the ة that it was
            yield from sorted({word for word in shorter if len(word) >= SHORTEST}, key=lambda word: -len(word))
            yield from (f"{word}ه" for word in shorter if len(word) >= SHORTEST)  # a suffix turns ة into ت, or takes it away
            verbs = [plain, *(plain.removeprefix(head) for head in _PERSONS if plain.startswith(head))]
            verbs += [verb.removesuffix(tail) for verb in verbs for tail in _ENDINGS if verb.endswith(tail)]
            yield from (verb for verb in verbs if len(verb) >= SHORTEST)
        elif self.language == "sw":
            stems = [plain[at:] for at in range(len(plain) - 1) if _VERB.fullmatch(plain[:at])]
            stems += [stem.removesuffix("je") for stem in stems if stem.endswith("je")]  # hugawaje, how is it shared
            stems += [plain.removesuffix("ni")]
            for stem in sorted(set(stems), key=lambda w: -len(w)):
                if len(stem) >= SHORTEST:
                    yield stem
                    yield f"{stem[:-1]}a"  # tusaidie, haisaidii


@lru_cache(maxsize=10_000)  # the same in eight languages
def _terms(english: str, *, named: bool) -> tuple[str, ...]:
    return tuple(analyse(english)) if named else content_terms(english)


def _bare(text: str) -> str:
    """In compatibility forms, without vowel signs and without what is not seen: soft hyphens, direction marks."""
    text = _MARKS.sub("", unicodedata.normalize("NFKC", text))
    return "".join("-" if one in "\u2010\u2011" else one for one in text if unicodedata.category(one) != "Cf")


def _dates(language: str) -> Iterator[str]:
    """The names of months and days, which begin with a capital in some languages and are no names of anything asked about."""
    locale = Locale.parse(language)
    for calendar in (locale.months, locale.days):
        for style in ("format", "stand-alone"):
            yield from (str(name) for name in calendar[style]["wide"].values())


def _named(tokens: list[_Token], at: int, text: str) -> bool:
    """Whether a capital makes a name: within a sentence, or at its start before another."""
    following = tokens[at + 1].text if at + 1 < len(tokens) else ""
    return tokens[at].text[0].isupper() and (not opens(text, tokens[at].start) or following[:1].isupper())


def opens(text: str, start: int) -> bool:
    """Whether a sentence, a quotation or a bracket begins there, so that a capital means nothing."""
    return start == 0 or _OPENS.search(text[:start].rstrip()[-1:]) is not None


def _place(english: str, called: str) -> Sense:
    return Sense(english, "place", tuple(analyse(english)), called)


def _word(text: str, start: int, senses: tuple[Sense, ...], before: Word | None) -> Word:
    """Which of its kinds a form has here."""
    if not senses:
        return Word(text, start, "number" if text[0].isdigit() else "unknown")
    searched = tuple(sense for sense in senses if sense.terms or sense.kind != "term")
    if not searched:  # about, already: they search for nothing
        return Word(text, start, "function", senses)
    senses, kinds = searched, {sense.kind for sense in searched}
    after_number = before is not None and before.kind == "number"
    order: tuple[Kind, ...] = (
        ("term", "question") if after_number else ("person", "function", "question")
    )  # 5 كم, five kilometres
    named = ("name", "place") if text[0].isupper() or "term" not in kinds else ()
    kind = next(one for one in (*order, *named, "term", "name", "place", "function", "person", "question") if one in kinds)
    return Word(text, start, kind, tuple(one for one in senses if one.kind == kind)[:MOST_SENSES])


def merged(words: Iterable[Word], both: Callable[[Word, Word], Word | None]) -> Iterator[Word]:
    """The words, neighbours in one where `both` makes one of them."""
    held: Word | None = None
    for word in words:
        one = both(held, word) if held else None
        if held and not one:
            yield held
        held = one or word
    if held:
        yield held


def _unknown_run(held: Word, word: Word) -> Word | None:
    """Chinese characters that no entry holds and that stand together."""
    unknown = held.kind == word.kind == "unknown" and held.end == word.start
    return (
        None
        if not unknown or held.text.isascii() or word.text.isascii()
        else Word(held.text + word.text, held.start, "unknown")
    )


def _unaccented(plain: str) -> str:
    """Without Latin accents: many are typed without."""
    return re.sub(r"(?<=[a-z])[\u0300-\u036f]+", "", unicodedata.normalize("NFKD", plain)) if not plain.isascii() else plain
