"""The checker of a corpus: what a brief must hold before anyone may quote it."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus.brief import OWN_VOICE, SECTIONS, Brief, BriefError, CitedSentence, Section, read_brief
from corpus.figures import figures, spelled
from corpus.glossary import FILE, OTHERS, GlossaryError, Row, read_glossary
from corpus.sources import Source, SourceError, read_sources

MOST_WORDS = 700
MOST_SUMMARY_WORDS = 60
MOST_SENTENCE_WORDS = 45
CHINESE_WORD = 2  # characters, about
MOST_QUESTION = 200  # characters
NOT_ALONE = ("It", "Its", "They", "Their", "This", "That", "These", "Those", "He", "She", "His", "Her", "Here", "There")
NOT_REPORTED = "The sources read"


@dataclass(frozen=True)
class Problem:
    """One thing to mend: which file, which line (from 1; 0 for the file as a whole), what to do."""

    path: Path
    line: int
    cure: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.cure}" if self.line else f"{self.path}: {self.cure}"


def check_corpus(folder: Path) -> list[Problem]:
    """Every problem of the corpus in `folder`; empty where it can be published."""
    try:
        sources = read_sources(folder / "sources.json")
    except SourceError as error:
        return [Problem(folder / "sources.json", 0, error.reason)]
    problems: list[Problem] = []
    briefs: dict[Path, Brief] = {}
    for path in sorted((folder / "briefs").glob("*.md")):
        try:
            briefs[path] = read_brief(path)
        except BriefError as error:
            problems.append(Problem(path, error.line, str(error)))
    for path, brief in briefs.items():
        problems += [Problem(path, line, cure) for line, cure in check_brief(brief, sources)]
    problems += check_glossary(folder / FILE)
    if not problems:
        problems += _unused(folder, briefs, sources)
        problems += _told_twice(briefs)
        problems += _unknown_predecessors(briefs)
    return problems


def check_glossary(path: Path) -> list[Problem]:
    """Every problem of a glossary; none where there is no glossary."""
    if not path.exists():
        return []
    try:
        rows = read_glossary(path)
    except GlossaryError as error:
        return [Problem(path, 0, str(error))]
    twice = Counter((row.kind, row.english.casefold()) for row in rows)
    problems = [
        Problem(path, row.line, f"{row.english!r} stands twice as a {row.kind}: make one row of them")
        for row in rows
        if twice[row.kind, row.english.casefold()] > 1
    ]
    return problems + [
        Problem(
            path,
            row.line,
            f"{row.english!r} is said to be reviewed and has no form in {', '.join(lacking)}: add one, or say draft",
        )
        for row in rows
        if row.kind == "term" and row.status == "reviewed" and (lacking := _lacking(row))
    ]


def _lacking(row: Row) -> list[str]:
    return [language for language in OTHERS if not row.forms[language]]


def check_brief(brief: Brief, sources: dict[str, Source]) -> Iterator[tuple[int, str]]:
    """(line, cure) for everything in one brief that a reader could not check or quote."""
    yield from _headings(brief)
    words = sum(len(section.text.split()) for section in brief.sections)
    if words > MOST_WORDS:
        yield brief.sections[0].line, f"{words} words: shorten it to {MOST_WORDS}"
    yield from _summaries(brief)
    yield from _dates(brief, sources)
    for section in brief.sections:
        for sentence in section.sentences:
            yield from _sentence(sentence, section, sources)
    yield from _questions(brief)
    yield from _disputes(brief)
    first = brief.sections[0].sentences[0] if brief.sections and brief.sections[0].sentences else None
    if len(brief.cited) == 1 and first and not re.search(r"\b(one|single|only) source\b", first.text):
        yield first.line, "the brief rests on one source: let its first sentence say so (“… rests on one source”)"


def _summaries(brief: Brief) -> Iterator[tuple[int, str]]:
    wanted = figures(brief.head.summary["en"], "en")
    text = " ".join(section.text for section in brief.sections if section.heading != OWN_VOICE)
    if uncited := sorted({*wanted} - {*figures(text, "en")} - spelled(text)):
        said = ", ".join(f"{n:f}" for n in uncited)
        yield brief.line_of("summary.en"), f"summary.en says {said}, which no cited sentence does: add the sentence, or mend it"
    for language, summary in brief.head.summary.items():
        line = brief.line_of(f"summary.{language}")
        words = len(summary) // CHINESE_WORD if language == "zh" else _words(summary)
        if words > MOST_SUMMARY_WORDS:
            yield line, f"summary.{language} has {words} words: shorten it to {MOST_SUMMARY_WORDS}"
        given = figures(summary, language)
        lacks, adds = Counter(wanted) - Counter(given), Counter(given) - Counter(wanted)
        if lacks or adds:
            said = ", ".join([*(f"lacks {n:f}" for n in lacks.elements()), *(f"adds {n:f}" for n in adds.elements())])
            yield line, f"summary.{language} {said}: give the figures of summary.en, in digits"


def _words(text: str) -> int:
    """Those that hold a letter or digit: French sets a space before %, : and ;."""
    return sum(any(map(str.isalnum, word)) for word in text.split())


def _dates(brief: Brief, sources: dict[str, Source]) -> Iterator[tuple[int, str]]:
    head = brief.head
    if head.as_of > head.reviewed:
        yield brief.line_of("as_of"), f"as_of {head.as_of} is after reviewed {head.reviewed}: say until when its facts hold"
    cited = [sources[key] for key in brief.cited if key in sources]
    if late := [one.id for one in cited if one.year and one.year > head.as_of.year]:
        yield brief.line_of("as_of"), f"as_of {head.as_of} is before the year of {', '.join(late)}: move it on"
    if late := [one.id for one in cited if one.custom.read > head.reviewed.isoformat()]:
        yield brief.line_of("reviewed"), f"{', '.join(late)} was read after reviewed {head.reviewed}: review the brief with it"


def _headings(brief: Brief) -> Iterator[tuple[int, str]]:
    names = [section.heading for section in brief.sections]
    if not names:
        yield brief.line_of("summary"), "no sections: write ## Setting and what follows"
    for section in brief.sections:
        if section.heading not in SECTIONS:
            yield section.line, f"heading {section.heading!r}: use one of {', '.join(SECTIONS)}"
        if not section.sentences:
            yield section.line, f"section {section.heading!r} is empty: fill it or leave it out"
    known = [name for name in names if name in SECTIONS]
    if known != sorted(known, key=SECTIONS.index) or len(set(known)) != len(known):
        yield brief.sections[0].line, f"sections once each, in this order: {', '.join(SECTIONS)}"


def _sentence(sentence: CitedSentence, section: Section, sources: dict[str, Source]) -> Iterator[tuple[int, str]]:
    line, text = sentence.line, sentence.text
    if not re.search(r"[.!?]['”\"’)]?$", text):
        yield line, "one sentence a line, ending in a full stop after its citation"
    if re.search(r"[a-z0-9)%][.?!] +[A-Z]", re.sub(r"\b(St|Mr|Mrs|Dr|No|vs|et al|approx)\.", "", text)):
        yield line, "two sentences on one line: give each its own"
    if text.split(" ", 1)[0].strip(",'’") in NOT_ALONE:
        yield line, f"opens with {text.split(' ', 1)[0]!r}: name the subject, for it is quoted alone"
    if len(text.split()) > MOST_SENTENCE_WORDS:
        yield line, f"{len(text.split())} words: split it, at most {MOST_SENTENCE_WORDS}"
    if re.search(r"[\[\]@]", text):
        yield line, "a citation in another form than [@source-id] or [@source-id, p. 12]"
    for key in sentence.sources:
        if key not in sources:
            yield line, f"source {key!r} is not in sources.json: add it there, or mend the key"
    if not sentence.sources and section.heading != OWN_VOICE and not text.startswith(NOT_REPORTED):
        yield line, "no citation: end it in [@source-id], or open it with “The sources read do not report”"
    if sentence.sources and section.heading == OWN_VOICE:
        yield line, f"cited under {OWN_VOICE!r}, which is our own inference: move the fact to another section"


def _questions(brief: Brief) -> Iterator[tuple[int, str]]:
    seen: set[str] = set()
    for section in brief.sections:
        for sentence in section.sentences:
            for question in sentence.questions:
                if not question.endswith("?") or len(question) > MOST_QUESTION:
                    yield sentence.line, f"{question!r}: one question, ending in ?, of at most {MOST_QUESTION} characters"
                if question.casefold() in seen:
                    yield sentence.line, f"{question!r} is asked twice: leave it with the sentence that answers it best"
                seen.add(question.casefold())


def _disputes(brief: Brief) -> Iterator[tuple[int, str]]:
    line = brief.line_of("disputes")
    for dispute in brief.head.disputes:
        sides = brief.sides_of(dispute)
        for opening, found in zip(dispute.sides, sides, strict=True):
            if len(found) != 1:
                many = f"opens {len(found)} cited sentences" if found else "opens no cited sentence"
                yield line, f"disputes: {opening!r} {many}: give the opening words of the one that states this side"
        stated = [found[0] for found in sides if len(found) == 1]
        if len({one.line for one in stated}) < len(stated):
            yield line, f"disputes: two sides of {dispute.topic!r} are one sentence: name it once, or the other side's"
        elif len(stated) == len(sides) and len({key for one in stated for key in one.sources}) < 2:
            yield line, f"disputes: both sides of {dispute.topic!r} rest on one source: name a sentence for each side"


def _unused(folder: Path, briefs: dict[Path, Brief], sources: dict[str, Source]) -> Iterator[Problem]:
    path = folder / "sources.json"
    lines = path.read_text(encoding="utf-8").splitlines()

    def problem(key: str, cure: str) -> Problem:
        return Problem(path, next((n for n, line in enumerate(lines, 1) if f'"id": "{key}"' in line), 0), cure)

    cited = {key for brief in briefs.values() for key in brief.cited}
    for key in sorted(sources.keys() - cited):
        yield problem(key, f"no brief cites {key!r}: cite it or remove it")
    addresses: dict[str, str] = {}
    for key, source in sources.items():
        if source.url and (first := addresses.setdefault(re.sub(r"^https?://(www\.)?|/$", "", source.url), key)) != key:
            yield problem(key, f"{key!r} has the address of {first!r}: keep one, or give each its own page")


def _told_twice(briefs: dict[Path, Brief]) -> Iterator[Problem]:
    first: dict[str, Path] = {}
    for path, brief in briefs.items():
        for section in brief.sections:
            for sentence in section.sentences:
                if (other := first.setdefault(sentence.text.casefold(), path)) != path:
                    cure = "leave it to one, or say here what this brief adds"
                    yield Problem(path, sentence.line, f"the same sentence stands in {other.name}: {cure}")


def _unknown_predecessors(briefs: dict[Path, Brief]) -> Iterator[Problem]:
    ids = {brief.head.id for brief in briefs.values()}
    for path, brief in briefs.items():
        if (one := brief.head.supersedes) and one not in ids:
            yield Problem(path, brief.line_of("supersedes"), f"supersedes {one!r}, which is no brief here: mend the id")
