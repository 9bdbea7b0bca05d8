"""`python -m evals.corpus`: what the corpus holds, counted into the README and drawn into docs/corpus.svg."""

import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import matplotlib

from corpus import CORPUS
from corpus.brief import Brief, read_brief
from corpus.lists import labels, region_name, regions_of
from corpus.sources import Source, read_sources
from evals.readme import write_table

matplotlib.use("svg")
from matplotlib import pyplot as plt
from matplotlib.axes import Axes

PLOT = Path(__file__).parents[1] / "docs" / "corpus.svg"
MEASURED = ("trial", "evaluation")  # methods that estimate an effect


def main() -> int:
    briefs, sources = read_corpus()
    plt.rcParams.update({"svg.hashsalt": "rightkey", "font.size": 9})  # the same corpus is the same file
    figure, axes = plt.subplots(1, 3, figsize=(10, 4.2), width_ratios=(1.2, 1, 1))
    for place, (title, counts) in zip(axes, counts_of(briefs, sources).items(), strict=True):
        _bars(place, title, counts)
    figure.tight_layout()
    figure.savefig(PLOT, format="svg", metadata={"Date": None}, facecolor="white")
    caption, rows = section(briefs, sources)
    write_table("corpus", caption, rows)
    return 0


def read_corpus() -> tuple[list[Brief], dict[str, Source]]:
    """Every brief, and every source by its id."""
    return [read_brief(path) for path in sorted((CORPUS / "briefs").glob("*.md"))], read_sources(CORPUS / "sources.json")


def counts_of(briefs: Sequence[Brief], sources: dict[str, Source]) -> dict[str, Counter[str]]:
    """Briefs by region (UN M49; one of several countries counts in each of their regions), by kind, and by the methods of the
    sources that they cite."""
    kinds, methods = labels("kinds"), labels("methods")
    regions = [{region_name(regions_of(code)[0]) for code in brief.head.countries} for brief in briefs]
    cited = [{methods[sources[key].custom.method] for key in brief.cited} for brief in briefs]
    return {
        "Briefs by region": Counter(one for some in regions for one in some),
        "by kind": Counter(kinds[brief.head.kind] for brief in briefs),
        "by method of their sources": Counter(one for some in cited for one in some),
    }


def section(briefs: Sequence[Brief], sources: dict[str, Source]) -> tuple[str, list[tuple[str, str]]]:
    """The caption and the rows of the README's table."""
    countries = {code for brief in briefs for code in brief.head.countries}
    languages = {language for brief in briefs for language in brief.head.summary}
    reviewed = sum(set(brief.head.summary_review.values()) == {"reviewed"} for brief in briefs)
    measured = sum(any(sources[key].custom.method in MEASURED for key in brief.cited) for brief in briefs)
    read = Counter(source.custom.checked for source in sources.values())
    caption = "What the corpus holds (`make corpus-plot`):\n\n![Briefs by region, kind and method](docs/corpus.svg)"
    return caption, [
        ("what", "count"),
        ("briefs", str(len(briefs))),
        ("countries", str(len(countries))),
        ("sources", f"{len(sources):,}: " + ", ".join(f"{labels('checked')[one]} {read[one]:,}" for one in labels("checked"))),
        ("briefs that cite a trial or an evaluation", str(measured)),
        ("briefs whose sources disagree, and that say so", str(sum(bool(brief.head.disputes) for brief in briefs))),
        ("languages of the summaries", f"{len(languages)}; each translation reread by another reader in {reviewed} briefs"),
    ]


def _bars(axes: Axes, title: str, counts: Counter[str]) -> None:
    rows = counts.most_common()[::-1]
    bars = axes.barh([name for name, _ in rows], [count for _, count in rows], color="#0b5d4b")
    axes.bar_label(bars, padding=2)
    axes.set_title(title, loc="left")
    axes.spines[["top", "right", "bottom"]].set_visible(False)
    axes.set_xticks([])


if __name__ == "__main__":
    sys.exit(main())
