"""What the command line can ask of a library, in one form whether it opens the library itself or a running service holds it."""

import re
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from ingest.sync import Watch, add, sync
from service.api.deps import Parts
from service.contract import Ask

Command = Callable[[Parts, list[str], str, Watch | None], dict[str, Any]]


class CommandError(RuntimeError):
    """A command cannot be done; the message names the cure."""


def _sync(parts: Parts, arguments: list[str], collection: str, watch: Watch | None) -> dict[str, Any]:
    _check_collection(collection)
    try:
        return asdict(sync(parts.library, parts.encoder, map(Path, arguments), collection, watch))
    except FileNotFoundError as error:
        raise CommandError(str(error)) from error


def _add(parts: Parts, arguments: list[str], collection: str, watch: Watch | None) -> dict[str, Any]:
    _check_collection(collection)
    return asdict(add(parts.library, parts.encoder, map(Path, arguments), collection, watch))


def _check_collection(name: str) -> None:
    if not re.fullmatch(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?", name):
        raise CommandError(
            f"{name!r} is no name for a collection: take up to 40 small letters, digits and hyphens, such as desk-2"
        )


def _remove(parts: Parts, arguments: list[str], _collection: str, _watch: Watch | None) -> dict[str, Any]:
    with parts.library.changing:
        rows = parts.library.rows()
        known = {row.id for row in rows} | {row.path for row in rows}
        unknown = [one for one in arguments if one not in known and str(Path(one).resolve()) not in known]
        if unknown:
            raise CommandError(f"not in the library: {', '.join(unknown)}. `rightkey ingest status` lists what is")
        wanted = {*arguments, *(str(Path(one).resolve()) for one in arguments)}
        gone = [row.id for row in rows if row.id in wanted or row.path in wanted]
        parts.library.withdraw(gone)
    return {"removed": gone}


def _status(parts: Parts, _arguments: list[str], _collection: str, _watch: Watch | None) -> dict[str, Any]:
    documents = parts.library.documents()
    rows = [
        {"id": row.id, "title": documents[row.id].title, "collection": row.collection, "version": row.version, "path": row.path}
        for row in parts.library.rows()
        if row.id in documents
    ]
    return {"documents": rows, "passages": parts.library.size, "version": parts.library.version}


def _verify(parts: Parts, _arguments: list[str], _collection: str, _watch: Watch | None) -> dict[str, Any]:
    verdict = parts.library.verify()
    return {**asdict(verdict), "sound": verdict.sound}


def _rebuild(parts: Parts, arguments: list[str], collection: str, watch: Watch | None) -> dict[str, Any]:
    parts.library.rebuild()
    return _verify(parts, arguments, collection, watch)


def _ask(parts: Parts, arguments: list[str], _collection: str, _watch: Watch | None) -> dict[str, Any]:
    if not parts.library.documents():
        raise CommandError("nothing is ingested yet: run `rightkey ingest sync corpus`")
    try:
        question = Ask(question=arguments[0])
    except ValidationError as error:
        raise CommandError(str(error.errors()[0]["msg"]).removeprefix("Value error, ")) from error
    return parts.assistant.answer(question).model_dump(mode="json", by_alias=True)


def _feedback(parts: Parts, arguments: list[str], _collection: str, _watch: Watch | None) -> dict[str, Any]:
    return {"feedback": parts.verdicts.list(parts.answers, *arguments)}


def _forget(parts: Parts, arguments: list[str], _collection: str, _watch: Watch | None) -> dict[str, Any]:
    (answer,) = arguments
    gone = parts.answers.shelf.drop("id", answer) + parts.verdicts.shelf.drop("answer", answer)
    if not gone:
        raise CommandError(f"no answer {answer!r} is kept: it never was, or it is deleted already")
    return {"forgotten": answer}


def _gaps(parts: Parts, arguments: list[str], _collection: str, _watch: Watch | None) -> dict[str, Any]:
    return {"gaps": parts.gaps.list(arguments[0])}


COMMANDS: dict[str, Command] = {
    "sync": _sync,
    "add": _add,
    "remove": _remove,
    "status": _status,
    "verify": _verify,
    "rebuild": _rebuild,
    "ask": _ask,
    "feedback": _feedback,
    "gaps": _gaps,
    "forget": _forget,
}
