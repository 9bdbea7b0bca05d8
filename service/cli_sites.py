"""`rightkey sites`: the portals that may embed the widget."""

import json
from collections.abc import Iterable, Mapping
from typing import Annotated, Any

import typer

from service.client import run_command
from service.settings import Settings
from service.sites import FILE, Limits, Site, SiteError, Sites, checked
from service.terminal import AsJson, err, errors, out, print_rows

sites = typer.Typer(no_args_is_help=True, help="The portals that embed the chat widget.")
Identity = Annotated[str, typer.Argument(help="The site's public id, such as guizhou-portal.", metavar="ID")]
Pairs = list[str]
USUAL = Limits()


@sites.command("add")
def add(
    identity: Identity,
    origins: Annotated[list[str], typer.Argument(help="Who may show it: https://www.example.org", metavar="ORIGIN…")],
    language: Annotated[list[str], typer.Option(help="A language to offer; the first is the usual one. None: all nine.")] = [],  # noqa: B006
    only: Annotated[Pairs, typer.Option(help="Look only in these cases: countries=CHN, themes=housing, …")] = [],  # noqa: B006
    first: Annotated[Pairs, typer.Option(help="Show these cases first: places=Guizhou, countries=CHN, …")] = [],  # noqa: B006
    greeting: Annotated[Pairs, typer.Option(help="What the panel says at first: en=Ask about Guizhou.")] = [],  # noqa: B006
    questions: Annotated[int, typer.Option(help="Questions of one visitor …")] = USUAL.questions,
    minutes: Annotated[int, typer.Option(help="… in so many minutes.")] = USUAL.minutes,
    hourly: Annotated[int, typer.Option(help="Questions an hour from one address.")] = USUAL.hourly,
    daily: Annotated[int, typer.Option(help="Questions a day from all visitors.")] = USUAL.daily,
    characters: Annotated[int, typer.Option(help="The longest question.")] = USUAL.characters,
    gaps: Annotated[bool, typer.Option("--gaps", help="Note what is asked and not answered, for 90 days.")] = False,
) -> None:
    """Let a portal embed the widget, and print the line that it pastes."""
    with errors():
        fields = {
            "origins": origins,
            "languages": [code.strip() for one in language for code in one.split(",")],
            "filters": _lists(only),
            "first": _lists(first),
            "greeting": dict(_pair(one) for one in greeting),
            "limits": {
                "questions": questions,
                "minutes": minutes,
                "hourly": hourly,
                "daily": daily,
                "characters": characters,
            },
            "gaps": gaps,
        }
        site = checked(identity, fields)

        def added(known: dict[str, Site]) -> dict[str, Site]:
            if identity in known:
                raise SiteError(f"there is a site {identity!r}: remove it first, or edit {_store().path}")
            return {**known, identity: site}

        _store().change(added)
        settings = Settings()
    _print_lines(identity, settings)
    if settings.hourly is None:
        err.print("From now on one address asks 60 questions an hour without a site: RIGHTKEY_HOURLY says otherwise.")


@sites.command("list")
def list_sites(
    identity: Annotated[str | None, typer.Argument(help="One of them, with the lines to paste.", metavar="[ID]")] = None,
    as_json: AsJson = False,
) -> None:
    """List the sites; of one, the lines that its portal pastes."""
    with errors():
        known = _store().all()
        if identity is not None:
            known = {identity: _known(known, identity)}
    told = {name: site.model_dump(mode="json", by_alias=True) for name, site in known.items()}
    if as_json:
        out.print_json(json.dumps(told, ensure_ascii=False))
    elif identity is not None:
        print_rows(("setting", "value"), [{"setting": name, "value": _plain(value)} for name, value in told[identity].items()])
        _print_lines(identity, Settings())
    elif known:
        rows = [
            {
                "id": name,
                "origins": "\n".join(site.origins),
                "languages": " ".join(site.languages) or "all",
                "state": "paused" if site.paused else "served",
            }
            for name, site in known.items()
        ]
        print_rows(("id", "origins", "languages", "state"), rows)
    else:
        err.print("No portal embeds the widget yet: `rightkey sites add ID https://www.example.org` adds one.", markup=False)


@sites.command("pause")
def pause(identity: Identity) -> None:
    """Show and answer nothing on a site, at once."""
    _set_paused(identity, True)


@sites.command("resume")
def resume(identity: Identity) -> None:
    """Take a pause back."""
    _set_paused(identity, False)


def _set_paused(identity: str, paused: bool) -> None:
    with errors():
        _store().change(lambda known: {**known, identity: _known(known, identity).model_copy(update={"paused": paused})})
    err.print(f"{identity} is {'paused' if paused else 'served'}", markup=False)


@sites.command("remove")
def remove(identity: Identity) -> None:
    """Take a site away: its portal shows nothing any more."""

    def without(known: dict[str, Site]) -> dict[str, Site]:
        _known(known, identity)
        return {name: site for name, site in known.items() if name != identity}

    with errors():
        _store().change(without)
    err.print(f"removed {identity}", markup=False)


@sites.command("gaps")
def gaps(identity: Identity, as_json: AsJson = False) -> None:
    """List what was asked on a site in the last 90 days and not answered, e-mails and numbers masked."""
    with errors():
        site = _known(_store().all(), identity)
        rows = run_command(Settings(), "gaps", [identity])["gaps"]
    if as_json:
        out.print_json(json.dumps(rows, ensure_ascii=False))
    elif rows:
        print_rows(("made", "question", "missing"), rows)
    else:
        err.print("Nothing is noted." if site.gaps else f"{identity} keeps no such list: set `gaps: true` in {_store().path}")


def _store() -> Sites:
    return Sites(Settings().folder)


def _known(known: Mapping[str, Site], identity: str) -> Site:
    if identity not in known:
        names = ", ".join(known) or "none"
        raise SiteError(f"no site {identity!r} in {FILE}; there {'is' if len(known) == 1 else 'are'}: {names}")
    return known[identity]


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not value.strip():
        raise SiteError(f"{text!r} is not of the form name=value")
    return name.strip(), value.strip()


def _lists(pairs: Iterable[str]) -> dict[str, Any]:
    """countries=CHN,IDN and countries=KEN -> {"countries": ["CHN", "IDN", "KEN"]}."""
    found: dict[str, list[str]] = {}
    for name, value in map(_pair, pairs):
        found.setdefault(name, []).extend(one.strip() for one in value.split(","))
    return dict(found)


def _plain(value: Any) -> str:
    if isinstance(value, dict):
        held = {name: _plain(one) for name, one in value.items()}
        return ", ".join(f"{name} {one}" for name, one in held.items() if one)
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value) if value is not None else ""


def _print_lines(identity: str, settings: Settings) -> None:
    from service.api.widget import loader

    address = settings.address or f"http://{settings.host}:{settings.port}"
    if not settings.address:
        err.print(f"Visitors may not reach {address}: put the address that they use into RIGHTKEY_ADDRESS.", markup=False)
    _, pinned, integrity = loader()
    out.print("\nPaste this line into the portal's pages:\n")
    out.print(f'<script src="{address}/widget.js" data-site="{identity}" async></script>', markup=False)
    out.print("\nor, to let in no other code than today's, until you change it:\n")
    exactly = f'integrity="{integrity}" crossorigin="anonymous"'
    out.print(f'<script src="{address}/{pinned}" {exactly} data-site="{identity}" async></script>', markup=False)
    out.print(f"\nA page with a content security policy allows: script-src {address}; frame-src {address}", markup=False)
