"""The figures of a text in any of the nine languages, so that a translation can be compared with its original."""

import re
from decimal import Decimal
from functools import cache

THOUSAND, MILLION, BILLION, TRILLION = (Decimal(10) ** power for power in (3, 6, 9, 12))
# What stands before or behind a number and multiplies it. The longer of two that begin alike comes first.
_SCALES: dict[str, dict[str, Decimal]] = {
    "en": {"thousand": THOUSAND, "million": MILLION, "billion": BILLION, "trillion": TRILLION},
    "id": {"ribu": THOUSAND, "juta": MILLION, "miliar": BILLION, "triliun": TRILLION},
    "fr": {"mille milliards": TRILLION, "milliers": THOUSAND, "milliard": BILLION, "million": MILLION, "mille": THOUSAND},
    "es": {
        "mil millones": BILLION,
        "millones": MILLION,
        "millón": MILLION,
        "billones": TRILLION,
        "billón": TRILLION,
        "mil": THOUSAND,
    },
    "pt": {
        "milhões": MILLION,
        "milhão": MILLION,
        "bilhões": BILLION,
        "bilhão": BILLION,
        "mil milhões": BILLION,
        "trilhões": TRILLION,
        "trilhão": TRILLION,
        "mil": THOUSAND,
    },
    "ar": {"آلاف": THOUSAND, "ألف": THOUSAND, "ملايين": MILLION, "مليون": MILLION, "مليار": BILLION, "تريليون": TRILLION},
    "ru": {
        "тыс": THOUSAND,
        "миллион": MILLION,
        "млн": MILLION,
        "миллиард": BILLION,
        "млрд": BILLION,
        "триллион": TRILLION,
        "трлн": TRILLION,
    },
    "sw": {"elfu": THOUSAND, "milioni": MILLION, "bilioni": BILLION, "trilioni": TRILLION},
    "zh": {"万亿": TRILLION, "千万": 10 * MILLION, "百万": MILLION, "亿": 100 * MILLION, "万": 10 * THOUSAND, "千": THOUSAND},
}
_SCALES["zh"] |= {name.translate(str.maketrans("万亿", "萬億")): unit for name, unit in _SCALES["zh"].items()}  # traditional

_ROUND = tuple((name, unit) for name, unit in reversed(_SCALES["en"].items()) if unit > THOUSAND)
_BEFORE = frozenset({"sw"})  # milioni 2.5
_COMMA_DECIMAL = frozenset({"id", "fr", "es", "pt", "ru"})
_JOINED = frozenset({"ar", "zh"})  # a word may stand at a digit without a space: و2019
_BETWEEN = {"zh": "[多余餘]?"}  # 100多万, over a million
_PLURAL = r"s?\b"
_ENDING = {"ru": r"\w*", "zh": "", "ar": ""}  # of a scale, where it is not a plural s
LANGUAGES = tuple(_SCALES)
_GROUPED = r"\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)"
_SPACES = re.compile(r"[ \u00a0\u202f]")


def figures(text: str, language: str) -> list[Decimal]:
    """Every number that is written in digits, in order of size: 1.2 million, 1,2 juta and 120万 are 1200000."""
    return sorted(_value(match, language).normalize() for match in _pattern(language).finditer(text.translate(_DIGITS)))


def _value(match: re.Match[str], language: str) -> Decimal:
    comma, point = (".", ",") if language in _COMMA_DECIMAL else (",", ".")
    value = Decimal(_SPACES.sub("", match["number"]).replace(comma, "").replace(point, "."))
    return value * (_SCALES[language][match["scale"].lower()] if match["scale"] else 1)


def english_figures(text: str, language: str) -> str:
    """A text with its numbers as English writes them: 960万 is 9.6 million, 14.000 is 14000."""

    def written(match: re.Match[str]) -> str:
        value, scaled = _value(match, language), match["scale"] is not None
        name, unit = next(((name, unit) for name, unit in _ROUND if scaled and value >= unit), ("", Decimal(1)))
        return f" {(value / unit).normalize():f} {name} " if name or scaled else f"{value:f}"

    return _pattern(language).sub(written, text.translate(_DIGITS))


def spelled(text: str) -> set[Decimal]:
    """The numbers of an English text that are written in words, up to twenty, with their scale: nine, a million."""
    found = _SPELLED.finditer(text)
    return {_WORDS[one["word"].lower()] * _SCALES["en"].get((one["scale"] or "").lower(), Decimal(1)) for one in found}


@cache
def _pattern(language: str) -> re.Pattern[str]:
    comma, point = (r"\.", ",") if language in _COMMA_DECIMAL else (",", r"\.")
    letter = "A-Za-z" if language in _JOINED else r"\w"  # which makes a digit part of a name
    number = rf"(?<![{letter}\d.,])(?P<number>(?:{_GROUPED}|\d{{1,3}}(?:{comma}\d{{3}})+(?!\d)|\d+)(?:{point}\d+)?)"
    scales = "|".join(sorted(_SCALES[language], key=len, reverse=True))
    scale = f"(?P<scale>{scales}){_ENDING.get(language, _PLURAL)}"
    if language in _BEFORE:
        return re.compile(rf"(?:{scale}\s+)?{number}", re.I)
    month = r"(?!\d*月)" if language == "zh" else ""  # 5月 is May, a word elsewhere
    return re.compile(rf"{number}{month}(?:{_BETWEEN.get(language, '')}\s*{scale})?", re.I)


_NUMBERS = "a two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen"
_WORDS = {word: Decimal(n) for n, word in enumerate([*_NUMBERS.split(), "nineteen", "twenty"], 1)} | {"one": Decimal(1)}
_SPELLED = re.compile(rf"\b(?P<word>{'|'.join(_WORDS)})\b(?:[ -](?P<scale>{'|'.join(_SCALES['en'])})\b)?", re.I)
_DIGITS = {ord(digit): str(n) for n, digit in enumerate("٠١٢٣٤٥٦٧٨٩")} | {ord("٫"): ".", ord("٬"): ","}
