"""The portals that embed the widget: `sites.yaml` in the data folder."""

import os
import re
import stat
import tempfile
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

import yaml
from filelock import FileLock
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, field_validator

from corpus.figures import LANGUAGES
from ingest.documents import Document
from ingest.lexical import keyword_words, plain_words
from service.contract import MOST_CHARACTERS, AskFilters, ListFilters

FILE = "sites.yaml"
HEAD = "# The portals that embed the widget. `rightkey sites` writes this file; it may be edited by hand.\n"


class SitesUnreadable(RuntimeError):
    """`sites.yaml` is not valid, and no site is served until it is; the message names the cure."""


class SiteError(ValueError):
    """A change to the sites cannot be made; the message names the cure."""


def _origin(text: str) -> str:
    """An origin as a browser writes it: https://www.example.org, with the port where it is not the usual one."""
    cure = f"{text!r} is no origin of a website: write https://www.example.org, without a path"
    try:
        at = urlsplit(text.strip())
        host = (at.hostname or "").encode("idna").decode()
        port = at.port
    except ValueError as error:  # a port that is no number, a host that cannot be one
        raise ValueError(cure) from error
    named = re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)*|\[?[0-9a-f:]+\]?", host)
    if at.scheme not in ("http", "https") or not named or at.username or at.path not in ("", "/") or at.query or at.fragment:
        raise ValueError(cure)
    usual = port is None or port == {"http": 80, "https": 443}[at.scheme]
    return f"{at.scheme}://{f'[{host}]' if ':' in host else host}{'' if usual else f':{port}'}"


def _language(code: str) -> str:
    if code not in LANGUAGES:
        raise ValueError(f"{code!r} is none of the languages of the interface: {', '.join(LANGUAGES)}")
    return code


Origin = Annotated[str, AfterValidator(_origin)]
Language = Annotated[str, AfterValidator(_language)]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Limits(_Model):
    """What visitors of a site may ask: `questions` in so many `minutes` each, `hourly` from one address, `daily` in all."""

    questions: int = Field(default=10, ge=1, le=10_000)
    minutes: int = Field(default=10, ge=1, le=24 * 60)
    hourly: int = Field(default=60, ge=1, le=1_000_000)
    daily: int = Field(default=2_000, ge=1, le=10_000_000)
    characters: int = Field(default=MOST_CHARACTERS, ge=20, le=MOST_CHARACTERS)


class First(ListFilters):
    """What a site shows first: cases that pass these filters, and tell of one of the places where any is named."""

    places: list[Annotated[str, Field(min_length=2, max_length=80)]] = Field(default=[], max_length=50)

    def match(self, document: Document) -> bool:
        return self.to_filters().match(document) and (not self.places or _tells_of(document, self.places))


def _tells_of(document: Document, places: list[str]) -> bool:
    held = keyword_words(f"{document.title} {document.keywords}")  # kept: every question of the site looks at every document
    return any(set(plain_words(place)) <= held for place in places)


NONE_FIRST = First()


class Site(_Model):
    """One portal. Every origin that may show the panel is named; no other can."""

    origins: list[Origin] = Field(min_length=1, max_length=50)
    languages: list[Language] = Field(default=[], max_length=len(LANGUAGES))  # the first is the usual one; none: all nine
    filters: AskFilters = AskFilters()  # for questions that choose none
    first: First = NONE_FIRST
    greeting: dict[Language, Annotated[str, Field(max_length=300)]] = {}
    limits: Limits = Limits()
    gaps: bool = False  # note what is asked and not answered
    paused: bool = False

    @field_validator("origins", "languages")
    @classmethod
    def _once(cls, words: list[str]) -> list[str]:
        return list(dict.fromkeys(words))

    @property
    def speaks(self) -> list[str]:
        return self.languages or list(LANGUAGES)

    def prefers(self, document: Document) -> bool:
        """Whether the site shows this case before others."""
        return self.first != NONE_FIRST and self.first.match(document)


Identity = Annotated[str, Field(pattern=r"^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$")]
_SITES: TypeAdapter[dict[str, Site]] = TypeAdapter(dict[Identity, Site])


class Sites:
    """Read anew whenever the file changes, so that a pause takes hold with the next request."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE
        self._reading = threading.Lock()
        self._seen: tuple[int, int, int] | None = None
        self._sites: Mapping[str, Site] = {}

    def all(self) -> Mapping[str, Site]:
        """Raises SitesUnreadable."""
        with self._reading:
            try:
                at = self.path.stat()
            except FileNotFoundError:
                self._seen, self._sites = None, {}
                return self._sites
            seen = (at.st_mtime_ns, at.st_size, at.st_ino)
            if seen != self._seen:
                self._sites = _read(self.path)
                self._seen = seen
            return self._sites

    def find(self, identity: str) -> Site | None:
        """Raises SitesUnreadable."""
        return self.all().get(identity)

    def change(self, changed: Callable[[dict[str, Site]], dict[str, Site]]) -> None:
        """Write what `changed` makes of the sites, whole or not at all. Raises SitesUnreadable, SiteError."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(f"{self.path}.lock"):
            sites = changed(dict(_read(self.path) if self.path.exists() else {}))
            told = {name: site.model_dump(mode="json", by_alias=True, exclude_defaults=True) for name, site in sites.items()}
            text = HEAD + (yaml.safe_dump(told, sort_keys=False, allow_unicode=True) if told else "")
            _replace(self.path, text)


def _replace(path: Path, text: str) -> None:
    """Whole or not at all, and as readable to the service as the file or its folder was: the command may be run by root."""
    like = (path if path.exists() else path.parent).stat()
    with tempfile.NamedTemporaryFile("w", dir=path.parent, delete=False, encoding="utf-8") as new:
        written = Path(new.name)
        try:
            new.write(text)
            new.flush()
            written.chmod(stat.S_IMODE(like.st_mode) & 0o666)
            if os.geteuid() == 0:
                os.chown(written, like.st_uid, like.st_gid)
            written.replace(path)
        except BaseException:
            written.unlink(missing_ok=True)
            raise


def checked(identity: str, fields: Mapping[str, Any]) -> Site:
    """A site made of plain values. Raises SiteError, which names the field and the cure."""
    try:
        return _SITES.validate_python({identity: fields})[identity]
    except ValidationError as error:
        raise SiteError(_told(error)) from error


def _read(path: Path) -> dict[str, Site]:
    try:
        return _SITES.validate_python(yaml.safe_load(path.read_text(encoding="utf-8")) or {})
    except ValidationError as error:
        raise SitesUnreadable(f"{path}: {_told(error)}. Mend it; until then no site is served") from error
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        reason = " ".join(str(error).split())
        raise SitesUnreadable(f"{path} can not be read ({reason}). Mend it; until then no site is served") from error


def _told(error: ValidationError) -> str:
    first = error.errors()[0]
    where = ".".join(str(part) for part in first["loc"])
    if first["loc"][-1:] == ("[key]",) and len(first["loc"]) == 2:  # the name of a site
        cure = "take up to 64 small letters, digits and hyphens, such as guizhou-portal"
        return f"{first['loc'][0]!r} is no name for a site: {cure}"
    if first["type"] == "extra_forbidden":
        return f"{where}: there is no such field: see README, “On a portal”"
    return f"{where}: {str(first['msg']).removeprefix('Value error, ')}"
