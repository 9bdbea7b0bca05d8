"""Which language a question is written in: by its script, and among Latin ones by py3langid."""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from corpus.figures import LANGUAGES
from ingest.lexical import plain_words

_SCRIPTS = {"CJK": "zh", "ARABIC": "ar", "CYRILLIC": "ru"}
_LATIN = tuple(language for language in LANGUAGES if language not in _SCRIPTS.values())
FEW_WORDS = 4  # fewer say little: where they fit the interface's language at all, they are in it
FITS, SURE = 0.05, 0.9
FOREIGN = 0.7  # so sure of a tenth language, and the question is in none of the nine
# So near to one of the nine that a few words do not tell; zxx is no language
_NEAR = frozenset("pcm jv su ms bjn min gl an ast oc eo zxx".split())  # noqa: SIM905
_STRANGE = re.compile(r"[پچژگٹڈڑںھۃ\u3040-\u30ff]")
_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")


class Detector:
    """`names` are left out of the reckoning: `Did Dana Desa work?` is English."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = frozenset(word for name in names for word in plain_words(name))

    def language(self, text: str, interface: str | None = None) -> str | None:
        """One of the nine languages, or none of them. `interface` is that of the page where it is asked."""
        script = _script(text)
        if script:
            return script if script in LANGUAGES else None
        every = _WORD.findall(text)
        words = [word for word in every if not self._named(word)]
        if not words:
            return interface or "en"
        return self._among(" ".join(words), len(words), interface)

    def _named(self, word: str) -> bool:
        return (word[0].isupper() and all(part in self._names for part in plain_words(word))) or (
            len(word) > 1 and word.isupper()
        )

    def _among(self, text: str, count: int, interface: str | None) -> str | None:
        ranked = {language: float(share) for language, share in _identifier().rank(text)}
        best = max(ranked, key=lambda language: ranked[language])
        whole = sum(ranked[language] for language in _LATIN) or 1.0
        shares = {language: ranked[language] / whole for language in _LATIN}
        first = max(shares, key=lambda language: shares[language])
        if count > 2 and best not in (*_LATIN, *_NEAR) and ranked[best] >= FOREIGN:
            return None
        if count < FEW_WORDS and interface in shares and shares[first] < SURE and shares[interface] >= FITS:
            return interface
        return first


@cache
def _identifier() -> LanguageIdentifier:
    """80 MB, once for the process."""
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def _script(text: str) -> str | None:
    """The language of a script, where a good part of the letters are of it; the name of a script or a mark of a language that
    is none of ours, where most are or one is: Persian has letters that Arabic lacks, Japanese has kana."""
    if strange := _STRANGE.search(text):
        return strange[0]
    counts: dict[str, int] = {}
    for letter in text:
        if letter.isalpha():
            script = _script_of(letter)
            counts[script] = counts.get(script, 0) + (3 if script == "CJK" else 1)  # a character is half a word
    total = sum(counts.values())
    ours = next((language for script, language in _SCRIPTS.items() if counts.get(script, 0) > total / 4), None)
    return ours or next((script for script, count in counts.items() if script != "LATIN" and count > total / 2), None)


@lru_cache(maxsize=4096)
def _script_of(letter: str) -> str:
    return unicodedata.name(letter, "").partition(" ")[0]
