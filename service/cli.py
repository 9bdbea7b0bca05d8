"""`rightkey serve | ask | ingest | corpus check | glossary | sites | feedback | forget`. Exit: 0, 1 to mend, 2 not done."""

import json
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import parse_qs, urlsplit

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from corpus import CORPUS
from corpus.check import check_corpus
from service.cli_glossary import glossary
from service.cli_sites import sites
from service.client import PUBLIC, run_command
from service.settings import Settings
from service.terminal import AsJson, err, errors, out, print_rows
from service.wording import wording

app = typer.Typer(
    no_args_is_help=True, add_completion=False, help="Ask what has been tried against poverty; get cited examples."
)
ingest = typer.Typer(no_args_is_help=True, help="Fill the library: files and folders to searchable passages.")
corpus = typer.Typer(no_args_is_help=True, help="The briefs that Rightkey comes with.")
app.add_typer(ingest, name="ingest")
app.add_typer(corpus, name="corpus")
app.add_typer(glossary, name="glossary")
app.add_typer(sites, name="sites")

Paths = Annotated[list[Path], typer.Argument(help="Files or folders: a corpus, PDFs.")]
Collection = Annotated[str, typer.Option(help="The collection that they go to.")]


@app.command()
def serve() -> None:
    """Serve the page, the API and its documentation (settings: PORT, RIGHTKEY_*)."""
    with errors():
        from service.server import serve as run

        run(Settings(), _say_ready)


def _say_ready(address: str, documents: int) -> None:
    err.print(f"Rightkey is ready at {address} ({documents} documents; API documentation at {address}/docs)", markup=False)
    if not documents:
        err.print("Nothing is ingested yet: run `rightkey ingest sync corpus` in another terminal.", markup=False)


@app.command()
def ask(question: Annotated[str, typer.Argument(help="What you want to know.")], as_json: AsJson = False) -> None:
    """Answer a question here, with citations, in any of the nine languages."""
    with errors():
        answer = run_command(Settings(), "ask", [question])
    if as_json:
        out.print_json(json.dumps(answer, ensure_ascii=False))
    else:
        _print_answer(answer)


def _print_answer(answer: dict[str, Any]) -> None:
    say = wording(answer["language"])
    if answer["outcome"] != "answered":
        out.print(say.t(answer["outcome"]), style="bold", markup=False)
    for missing in answer["missing"]:
        out.print(f"{say.t('missing')} {missing['text']}", markup=False)
    for notice in answer["notices"]:
        out.print(notice["text"], style="italic", markup=False)
    disputed = {index: one["topic"] for one in answer["disagreements"] for index in one["statements"]}
    for group in answer["groups"]:
        out.print(f"\n{group['title']}", style="bold", markup=False)
        for index in group["statements"]:
            statement = answer["statements"][index]
            marks = "".join(f"[{number}]" for number in statement["citations"])
            out.print(f"  {statement['text']} {marks}", markup=False)
            if index in disputed:
                out.print(f"    {say.t('disagree', topic=disputed[index])}", style="italic", markup=False)
    if answer["citations"]:
        out.print(f"\n{say.t('copy.references')}", style="bold", markup=False)
    for citation in answer["citations"]:
        out.print(f"  [{citation['number']}] {_reference(citation)}", markup=False)
    for example in answer["nearest"]:
        out.print(f"  {say.t('nearest')}: {example['title']}. {example['summary']}", markup=False)
    if answer["follow_ups"]:
        out.print(f"\n{say.t('follow_ups')}", style="bold", markup=False)
        for one in answer["follow_ups"]:
            out.print(f"  {one}", markup=False)


def _reference(citation: dict[str, Any]) -> str:
    place = f"{citation['title']}, {citation['locator']['label']}"
    if citation["origin"] == "brief" and not citation["sources"]:
        return f"{place}. Rightkey's own inference."
    sources = "; ".join(
        f"{one['label']} ({one['voice']}, {one['method']}; {one['checked']} read){' ' + one['url'] if one['url'] else ''}"
        for one in citation["sources"]
    )
    return f"{place}. {sources}" if sources else place


@ingest.command("sync")
def ingest_sync(paths: Paths, collection: Collection = PUBLIC) -> None:
    """Make the library equal to these files and folders: add, replace, remove."""
    _ingest("sync", paths, collection)


@ingest.command("add")
def ingest_add(paths: Paths, collection: Collection = PUBLIC) -> None:
    """Add or update these files; everything else stays."""
    _ingest("add", paths, collection)


def _ingest(name: str, paths: list[Path], collection: str) -> None:
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with errors(), Progress(*columns, console=err, transient=True) as bar:
        task = bar.add_task("Opening the library", total=None)

        def tell(done: int, total: int, path: str) -> None:
            bar.update(task, description=Path(path).name[:40], completed=done, total=total)

        report = run_command(Settings(), name, [str(path.resolve()) for path in paths], collection=collection, tell=tell)
    counts = {word: len(report[word]) for word in ("added", "changed", "removed")} | {"unchanged": report["unchanged"]}
    err.print(", ".join(f"{count} {word}" for word, count in counts.items()) + f" ({report['passages']} passages encoded)")
    for _, reason in report["failed"]:
        err.print(reason, style="red", markup=False)
    if report["failed"]:
        raise typer.Exit(1)


@ingest.command("remove")
def ingest_remove(
    documents: Annotated[list[str], typer.Argument(help="Document ids, or the files that they came from.")],
) -> None:
    """Remove documents from the library (the files stay)."""
    with errors():
        gone = run_command(Settings(), "remove", documents)["removed"]
    err.print(f"removed {', '.join(gone)}", markup=False)


@ingest.command("status")
def ingest_status(as_json: AsJson = False) -> None:
    """List what the library holds."""
    with errors():
        status = run_command(Settings(), "status", [])
    if as_json:
        out.print_json(json.dumps(status, ensure_ascii=False))
        return
    print_rows(("id", "collection", "title"), status["documents"])
    out.print(f"{len(status['documents'])} documents, {status['passages']} passages")


@ingest.command("verify")
def ingest_verify() -> None:
    """Say whether the catalog and the two indexes agree; exit code 1 where they do not."""
    with errors():
        verdict = run_command(Settings(), "verify", [])
    out.print(f"{verdict['documents']} documents, {verdict['passages']} passages")
    if verdict["sound"]:
        out.print("sound: catalog, Chroma and Tantivy agree")
        return
    for name in ("missing_vectors", "missing_terms", "stray_vectors", "stray_terms"):
        if verdict[name]:
            out.print(f"{len(verdict[name])} {name.replace('_', ' ')}", style="red")
    out.print("Run `rightkey ingest rebuild` to make the indexes anew from the catalog.", markup=False)
    raise typer.Exit(1)


@ingest.command("rebuild")
def ingest_rebuild() -> None:
    """Make Chroma and Tantivy anew from the catalog, without encoding again."""
    with errors():
        verdict = run_command(Settings(), "rebuild", [])
    out.print(f"rebuilt {verdict['passages']} passages of {verdict['documents']} documents")


@app.command()
def feedback(site: Annotated[str | None, typer.Option(help="Of this site alone.")] = None, as_json: AsJson = False) -> None:
    """List what readers said of answers in the last 90 days, the newest first."""
    with errors():
        rows = run_command(Settings(), "feedback", [site] if site else [])["feedback"]
    if as_json:
        out.print_json(json.dumps(rows, ensure_ascii=False))
    elif rows:
        print_rows(("made", "verdict", "reason", "comment", "question", "site", "answer"), rows)
    else:
        err.print("Nobody has said anything yet.")


@app.command()
def forget(answer: Annotated[str, typer.Argument(help="Its id, or a link that opens it.")]) -> None:
    """Delete an answer with its question, and what was said of it."""
    asked = parse_qs(urlsplit(answer).query).get("answer", [answer])
    with errors():
        run_command(Settings(), "forget", asked[:1])
    err.print(f"forgotten: {asked[0]}", markup=False)


@corpus.command("check")
def corpus_check(folder: Annotated[Path, typer.Argument(help="The corpus.")] = CORPUS) -> None:
    """Check every brief: file, line, cure."""
    problems = check_corpus(folder)
    for problem in problems:
        out.print(str(problem), markup=False)
    briefs = len(list((folder / "briefs").glob("*.md")))
    err.print(f"{briefs} briefs, {len(problems)} problem{'' if len(problems) == 1 else 's'}")
    if problems:
        raise typer.Exit(1)


def main() -> None:
    app()


if __name__ == "__main__":
    main()
