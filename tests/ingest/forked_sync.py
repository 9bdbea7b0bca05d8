"""Sync a corpus in a process that may be killed at any moment: `python forked_sync.py CACHE LIBRARY CORPUS`.

The imports are made once. Each line of input then forks one child: `sync` prints a line after each file, each file being a
batch of its own, `rebuild` prints one before and one after, `check` prints what the library holds. A child first prints its process id; when it has ended, its parent says so.
"""

import json
import os
import sys
from pathlib import Path

from ingest.encoder import Model, open_encoder
from ingest.lexical import analyse
from ingest.library import Library
from ingest.sync import sync

cache, folder, corpus = (Path(argument) for argument in sys.argv[1:])


def say(line: str) -> None:
    os.write(1, f"{line}\n".encode())


def run(command: str, recipe: str) -> None:
    library = Library(folder, recipe)
    if command == "sync":
        encoder = open_encoder(Model(), cache)
        sync(library, encoder, [corpus], watch=lambda progress: say(f"file {progress.done}"), batch=1)
    elif command == "rebuild":
        say("rebuilding")
        library.rebuild()
        say("rebuilt")
    else:
        verdict = library.verify()
        held = {one: document.version for one, document in library.documents().items() if whole(library, one)}
        say(json.dumps({"sound": verdict.sound, "verdict": str(verdict), "rows": len(library.rows()), "whole": held}))


def whole(library: Library, identity: str) -> bool:
    """Whether all that a document says is in its passages, and a search for each of them finds it."""
    document, entries = library.catalog.document(identity), library.passages_of(identity)
    said = [part.text[s.start : s.end] for part in document.parts for s in part.sentences]
    found = {c.entry.key for e in entries for c in library.search(e.vector, analyse(e.passage.text), ["public"], limit=3)}
    return said == [e.passage.quote(s) for e in entries for s in e.passage.sentences] and {e.key for e in entries} <= found


if __name__ == "__main__":
    recipe = open_encoder(Model(), cache).recipe
    for line in sys.stdin:
        if child := os.fork():
            say(f"ended {os.waitpid(child, 0)[1]}")
        else:
            say(f"pid {os.getpid()}")
            run(line.strip(), recipe)
            os._exit(0)
