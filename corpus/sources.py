"""The publications that briefs cite: CSL-JSON with what its reader checked."""

import json
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from corpus.lists import listed

_Dates = Annotated[list[Annotated[list[int], Field(min_length=1)]], Field(min_length=1)]


class Custom(BaseModel):
    """What Rightkey adds to CSL: how strong, whose, and what was really read."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    method: Annotated[str, listed("methods")]
    voice: Annotated[str, listed("voices")]
    checked: Annotated[str, listed("checked")]
    read: str = Field(pattern=r"^\d{4}-\d{2}-\d{2}$")


class Source(BaseModel):
    """One CSL-JSON item. Fields of CSL that Rightkey does not use pass through."""

    model_config = ConfigDict(extra="allow", frozen=True, populate_by_name=True)

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    type: str
    title: str = Field(min_length=1)
    author: list[dict[str, Any]] = []
    container: str | None = Field(default=None, alias="container-title")
    publisher: str | None = None
    issued: dict[Literal["date-parts"], _Dates] | None = None
    url: str | None = Field(default=None, alias="URL", pattern=r"^https?://")
    custom: Custom

    @property
    def year(self) -> int | None:
        return self.issued["date-parts"][0][0] if self.issued else None

    @property
    def label(self) -> str:
        """Author and year as a reader would write them: `Cahyadi et al. 2020`."""
        names = [a.get("literal") or a.get("family") or "" for a in self.author]
        names = [name for name in names if name] or [self.container or self.publisher or self.title]
        who = {1: names[0], 2: " and ".join(names[:2])}.get(len(names), f"{names[0]} et al.")
        return f"{who} {self.year or 'n.d.'}"


class SourceError(ValueError):
    """sources.json cannot be read; `reason` names the entry and the cure, and the message the file too."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.reason = reason


def read_sources(path: Path) -> dict[str, Source]:
    """The sources of a corpus by id. Raises SourceError."""
    try:
        items = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise SourceError(path, "not found. Put the publications that the briefs cite there, as CSL-JSON") from None
    except ValueError as error:
        raise SourceError(path, f"not valid JSON ({error}). Mend the line that it names") from error
    if not isinstance(items, list):
        raise SourceError(path, "must be a list of CSL-JSON items, [...]")
    sources: dict[str, Source] = {}
    for number, item in enumerate(items, 1):
        try:
            source = Source.model_validate(item)
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(str(part) for part in first["loc"])
            name = item.get("id", f"number {number}") if isinstance(item, dict) else f"number {number}"
            raise SourceError(path, f"source {name}, {where}: {first['msg'].removeprefix('Value error, ')}") from None
        if source.id in sources:
            raise SourceError(path, f"source {source.id} stands there twice. Keep one")
        sources[source.id] = source
    return sources
