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
_BEFORE = frozenset({"sw"})  # milioni 2.5
_COMMA_DECIMAL = frozenset({"id", "fr", "es", "pt", "ru"})
_PLURAL = r"s?\b"
_ENDING = {"ru": r"\w*", "zh": "", "ar": ""}  # of a scale, where it is not a plural s
LANGUAGES = tuple(_SCALES)
_GROUPED = r"\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)"
_SPACES = re.compile(r"[ \u00a0\u202f]")


def figures(text: str, language: str) -> list[Decimal]:
    """Every number that is written in digits, in order of size: 1.2 million, 1,2 juta and 120万 are 1200000."""
    comma, point = (".", ",") if language in _COMMA_DECIMAL else (",", ".")
    found = []
    for match in _pattern(language).finditer(text.translate(_DIGITS)):
        value = Decimal(_SPACES.sub("", match["number"]).replace(comma, "").replace(point, "."))
        scale = _SCALES[language][match["scale"].lower()] if match["scale"] else 1
        found.append((value * scale).normalize())
    return sorted(found)


@cache
def _pattern(language: str) -> re.Pattern[str]:
    comma, point = (r"\.", ",") if language in _COMMA_DECIMAL else (",", r"\.")
    letter = "A-Za-z" if language == "zh" else r"\w"  # which makes a digit part of a name
    number = rf"(?<![{letter}\d.,])(?P<number>(?:{_GROUPED}|\d{{1,3}}(?:{comma}\d{{3}})+(?!\d)|\d+)(?:{point}\d+)?)"
    scales = "|".join(sorted(_SCALES[language], key=len, reverse=True))
    scale = f"(?P<scale>{scales}){_ENDING.get(language, _PLURAL)}"
    return re.compile(rf"(?:{scale}\s+)?{number}" if language in _BEFORE else rf"{number}(?:\s*{scale})?", re.I)


_DIGITS = {ord(digit): str(n) for n, digit in enumerate("٠١٢٣٤٥٦٧٨٩")} | {ord("٫"): ".", ord("٬"): ","}
