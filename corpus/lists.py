"""The controlled lists: kinds, methods, voices, themes, settings, what was checked; and country names."""

from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml
from babel import Locale
from babel.core import get_global
from pydantic import AfterValidator

LISTS = MappingProxyType(yaml.safe_load((Path(__file__).parent / "lists.yaml").read_text(encoding="utf-8")))

DEMONYMS: MappingProxyType[str, str] = MappingProxyType(
    yaml.safe_load((Path(__file__).parent / "demonyms.yaml").read_text(encoding="utf-8"))
)

CORRECTIONS: tuple[dict[str, Any], ...] = tuple(
    yaml.safe_load((Path(__file__).parent / "corrections.yaml").read_text(encoding="utf-8"))
)
REGIONS: MappingProxyType[str, list[str]] = MappingProxyType(
    yaml.safe_load((Path(__file__).parent / "regions.yaml").read_text(encoding="utf-8"))
)
_SHORT = {"Eastern": "East", "Western": "West", "Northern": "North", "Southern": "South", "Middle": "Central"}
_OTHERS = {"South Africa", "Americas"}  # a country; what America means for most


def labels(name: str, language: str = "en") -> dict[str, str]:
    """The words of one list with their labels in one of the nine languages."""
    entries: dict[str, dict[str, Any]] = LISTS[name]
    return {word: entry["label"][language] for word, entry in entries.items()}


def suggested(language: str = "en") -> list[str]:
    """Questions to begin with."""
    return [one[language] for one in LISTS["suggested"]]


def listed(name: str) -> AfterValidator:
    """A pydantic validator: the word must stand in that list."""

    def check(word: str) -> str:
        if word not in LISTS[name]:
            raise ValueError(f"{word!r} is not in the list {name!r} of lists.yaml: {', '.join(LISTS[name])}")
        return word

    return AfterValidator(check)


def country() -> AfterValidator:
    """A pydantic validator: the word must be an alpha-3 country."""

    def check(code: str) -> str:
        if code not in country_codes():
            raise ValueError(f"{code!r} is no country of ISO 3166-1 alpha-3: write IDN for Indonesia")
        return code

    return AfterValidator(check)


def region() -> AfterValidator:
    """A pydantic validator: the word must be the M49 code of a region."""

    def check(code: str) -> str:
        if code not in REGIONS:
            raise ValueError(f"{code!r} is no region of UN M49: write 014 for Eastern Africa")
        return code

    return AfterValidator(check)


@cache
def country_codes() -> MappingProxyType[str, str]:
    """ISO 3166-1 alpha-3 -> alpha-2, from the aliases that CLDR keeps."""
    aliases = get_global("territory_aliases")
    places = Locale("en").territories.keys() - {"ZZ", "XA", "XB", "QO", "EU", "UN", "EZ"}  # no country, and private use
    return MappingProxyType(
        {
            old: new[0]
            for old, new in aliases.items()
            if len(old) == 3 and old.isalpha() and new[0] in places and len(new[0]) == 2
        }
    )


def country_name(code: str, language: str = "en") -> str:
    """The name of an alpha-3 country in CLDR, or the code itself where CLDR has none."""
    name = Locale.parse(language).territories.get(country_codes().get(code, ""))
    return str(name) if name else code


def language_name(language: str) -> str:
    """What a language calls itself: Français. CLDR's Indonesia is a country to most."""
    name = "Bahasa Indonesia" if language == "id" else str(Locale.parse(language).get_display_name())
    return name[:1].upper() + name[1:]


@cache
def regions_of(code: str) -> tuple[str, ...]:
    """The M49 codes of the regions that an alpha-3 country lies in, narrowest first."""
    inside: list[str] = []
    part = {country_codes().get(code, "")}
    while part:
        part = {region for region, parts in REGIONS.items() if not part.isdisjoint(parts)}
        inside += sorted(part)
    return tuple(dict.fromkeys(inside))


def region_name(region: str, language: str = "en") -> str:
    """The name of an M49 region in CLDR."""
    return str(Locale.parse(language).territories[region])


def region_names(code: str) -> list[str]:
    """What the regions of an alpha-3 country are called in English: Eastern Africa, East Africa, Sub-Saharan Africa, Africa."""
    names = [region_name(region) for region in regions_of(code)]
    short = [" ".join(_SHORT.get(word, word) for word in name.split()) for name in names]
    return list(dict.fromkeys(name for name in [*names, *short] if name not in _OTHERS))
