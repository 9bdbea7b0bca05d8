"""corpus/check.py: a brief that can be read and must not be quoted yet."""

import pytest

from corpus.check import MOST_WORDS, check_corpus

RESULT = "Three villages in Indonesia owned 1,250 goats by 2020, a survey says [@sari-2021, p. 4]."
ADVICE = "A village that wants goats needs fodder within reach."


def only_problem(folder):
    problems = check_corpus(folder)
    assert len(problems) == 1, problems
    return problems[0]


def line_of(text, start):
    return next(number for number, line in enumerate(text.splitlines(), 1) if line.startswith(start))


def test_the_brief_that_these_tests_break_is_sound(write_corpus, brief):
    assert check_corpus(write_corpus({"idn-demo": brief()})) == []


@pytest.mark.parametrize(
    ("questions", "cure"),
    [
        (["Do goats pay"], "one question, ending in ?"),
        (["Do goats pay " + "very " * 45 + "well?"], "of at most 200 characters"),
        (["Do goats pay?", "do goats pay?"], "is asked twice"),
    ],
)
def test_a_question_that_nobody_would_ask_so_is_named(write_corpus, brief, questions, cure):
    text = brief().replace(RESULT, "\n".join([*(f"? {one}" for one in questions), RESULT]))
    problem = only_problem(write_corpus({"idn-demo": text}))
    assert problem.line == line_of(text, RESULT)
    assert cure in problem.cure


WRONG_RESULTS = [
    ("Villages in Indonesia owned 1,250 goats [@sari-2021]", "one sentence a line, ending in a full stop"),
    ("Goats in Indonesia gave milk. Milk in Indonesia was sold [@sari-2021].", "two sentences on one line"),
    ("They owned 1,250 goats by 2020, a survey says [@sari-2021].", "opens with 'They': name the subject"),
    ("This, a survey says, raised incomes in Indonesia [@sari-2021].", "opens with 'This,': name the subject"),
    (f"Goats in Indonesia were {'very ' * 45}many [@sari-2021].", "50 words: split it, at most 45"),
    ("Goats in Indonesia were many (@sari-2021) [@sari-2021].", "a citation in another form than [@source-id]"),
    ("Goats in Indonesia were many [see @sari-2021] [@sari-2021].", "a citation in another form"),
    ("Goats in Indonesia were many [@sari-2021] [@sari-2021.", "a citation in another form"),
    ("Goats in Indonesia were many [@sari-2021; lee-2020] [@sari-2021].", "a citation in another form"),
    ("Goats in Indonesia were many [@Sari-2021] [@sari-2021].", "a citation in another form"),
    ("Goats in Indonesia were many [@tan-1999] [@sari-2021].", "source 'tan-1999' is not in sources.json"),
]


@pytest.mark.parametrize(("sentence", "cure"), WRONG_RESULTS, ids=[cure for _, cure in WRONG_RESULTS])
def test_a_wrong_sentence_is_named_with_its_file_line_and_cure(write_corpus, brief, sentence, cure):
    text = brief().replace(RESULT, sentence)
    folder = write_corpus({"idn-demo": text})
    problem = only_problem(folder)
    assert problem.path == folder / "briefs" / "idn-demo.md"
    assert problem.line == line_of(text, sentence[:20])
    assert cure in problem.cure


@pytest.mark.parametrize("opening", ["It", "Its", "They", "These", "Those", "That", "He", "She", "Here", "There", "Their"])
def test_advice_that_does_not_name_its_subject_is_named(write_corpus, brief, opening):
    folder = write_corpus({"idn-demo": brief().replace(ADVICE, f"{opening} goats need fodder.")})
    assert f"opens with {opening!r}" in only_problem(folder).cure


def test_a_fact_without_a_citation_is_named(write_corpus, brief):
    folder = write_corpus({"idn-demo": brief().replace(RESULT, f"Goats in Indonesia were many.\n{RESULT}")})
    assert "no citation: end it in [@source-id]" in only_problem(folder).cure


def test_what_the_sources_do_not_report_needs_no_citation(write_corpus, brief):
    text = brief().replace(RESULT, f"{RESULT}\nThe sources read do not report what a goat cost.")
    assert check_corpus(write_corpus({"idn-demo": text})) == []


def test_our_own_inference_cites_nobody(write_corpus, brief):
    text = brief().replace(ADVICE, "Villages need fodder [@lee-2020].")
    problem = only_problem(write_corpus({"idn-demo": text}))
    assert "our own inference: move the fact to another section" in problem.cure


@pytest.mark.parametrize(
    "words",
    ["Mr. Lee of Jakarta", "About St. Petersburg", "Lee et al. Jakarta", "Goats vs. Sheep", "Jakarta, at 3.5 per cent,"],
)
def test_an_abbreviation_or_a_decimal_point_does_not_end_a_sentence(write_corpus, brief, words):
    text = brief().replace(RESULT, f"{words} counted goats in 2020, a survey says [@sari-2021].")
    assert check_corpus(write_corpus({"idn-demo": text})) == []


def test_a_sentence_may_end_in_a_closing_quotation_mark(write_corpus, brief):
    text = brief().replace(RESULT, "A goatherd in Indonesia said in 2020: “Goats pay [@sari-2021].”")
    assert check_corpus(write_corpus({"idn-demo": text})) == []


def test_a_heading_of_our_own_making_is_named(write_corpus, brief):
    text = brief().replace("## Results", "## Outcomes")
    problem = only_problem(write_corpus({"idn-demo": text}))
    assert problem.line == line_of(text, "## Outcomes")
    assert "heading 'Outcomes': use one of Setting, What was done, Results" in problem.cure


def test_an_empty_section_is_named(write_corpus, brief):
    text = brief().replace("## Results", "## What was done\n\n## Results")
    problem = only_problem(write_corpus({"idn-demo": text}))
    assert (problem.line, "fill it or leave it out" in problem.cure) == (line_of(text, "## What was done"), True)


@pytest.mark.parametrize("heading", ["## Setting", "## What was done"])
def test_sections_that_come_twice_or_out_of_order_are_named(write_corpus, brief, heading):
    late = f"{heading}\n\nGoats in Indonesia ate grass [@lee-2020].\n\n## For another place"
    text = brief().replace("## For another place", late)
    assert "sections once each, in this order" in only_problem(write_corpus({"idn-demo": text})).cure


def test_a_brief_without_sections_is_named(write_corpus, brief):
    assert "no sections: write ## Setting" in only_problem(write_corpus({"idn-demo": brief(body="")})).cure


def test_a_brief_that_is_too_long_is_named_with_its_number_of_words(write_corpus, brief):
    many = "\n".join(f"Village {number} in Indonesia kept goats in 2019, a survey says [@sari-2021]." for number in range(90))
    text = brief().replace(RESULT, many)
    problem = only_problem(write_corpus({"idn-demo": text}))
    assert problem.line == line_of(text, "## Setting")
    assert problem.cure.endswith(f"words: shorten it to {MOST_WORDS}")


@pytest.mark.parametrize("language", ["en", "id"])
def test_a_summary_that_is_too_long_is_named_in_any_language(write_corpus, brief, language):
    summary = {"en": "Goats were given.", language: "goat " * 61}
    review = {} if language == "en" else {language: "draft"}
    text = brief(summary=summary, summary_review=review)
    problem = only_problem(write_corpus({"idn-demo": text}))
    assert problem.line == line_of(text, f"  {language}:")
    assert problem.cure == f"summary.{language} has 61 words: shorten it to 60"


KEPT, OWNED = "Three villages in Indonesia kept", "Three villages in Indonesia owned"


def test_a_dispute_whose_sides_are_sentences_of_the_brief_is_sound(write_corpus, brief):
    disputes = [{"topic": "how many goats there were", "sides": [KEPT, OWNED]}]
    assert check_corpus(write_corpus({"idn-demo": brief(disputes=disputes)})) == []


@pytest.mark.parametrize(
    ("sides", "cure"),
    [
        ([KEPT, "Goats did not pay"], "'Goats did not pay' opens no cited sentence"),
        ([KEPT, "Three villages in Indonesia"], "'Three villages in Indonesia' opens 2 cited sentences"),
        ([KEPT, KEPT], "two sides of 'whether goats pay' are one sentence: name it once, or the other side's"),
        ([KEPT, "A village that wants goats"], "'A village that wants goats' opens no cited sentence"),
        ([KEPT], "both sides of 'whether goats pay' rest on one source: name a sentence for each side"),
    ],
)
def test_a_side_of_a_dispute_that_is_no_one_sentence_of_the_brief_is_named(write_corpus, brief, sides, cure):
    text = brief(disputes=[{"topic": "whether goats pay", "sides": sides}])
    problem = only_problem(write_corpus({"idn-demo": text}))
    assert problem.line == line_of(text, "disputes:")
    assert cure in problem.cure


def test_a_brief_on_one_source_says_so_first(write_corpus, brief, source):
    text = brief().replace("@sari-2021, p. 4", "@lee-2020")
    problem = only_problem(write_corpus({"idn-demo": text}, [source("lee-2020")]))
    assert problem.line == line_of(text, "Three villages in Indonesia kept")
    said = text.replace("a report says", "says a report, the one source of this brief,")
    assert check_corpus(write_corpus({"idn-demo": said}, [source("lee-2020")])) == []


def test_a_source_that_no_brief_cites_is_named(write_corpus, brief, source):
    folder = write_corpus({"idn-demo": brief()}, [source("lee-2020"), source("sari-2021"), source("tan-1999")])
    problem = only_problem(folder)
    assert problem.path == folder / "sources.json"
    assert "no brief cites 'tan-1999': cite it or remove it" in problem.cure


def test_two_sources_at_one_address_are_named(write_corpus, brief, source):
    url = {"URL": "https://example.org/goats"}
    twins = [source("lee-2020", **url), source("sari-2021", URL="http://www.example.org/goats/")]
    problem = only_problem(write_corpus({"idn-demo": brief()}, twins))
    assert "'sari-2021' has the address of 'lee-2020': keep one" in problem.cure


def test_a_sentence_that_stands_in_two_briefs_is_named(write_corpus, brief):
    folder = write_corpus({"idn-a": brief("idn-a"), "idn-b": brief("idn-b")})
    problems = check_corpus(folder)
    assert {problem.path.stem for problem in problems} == {"idn-b"}
    assert "the same sentence stands in idn-a.md" in problems[0].cure


@pytest.mark.parametrize(
    ("figure", "sound"),
    [("1,250", True), ("three", True), ("3", True), ("4", False), ("30 per cent", False)],
)
def test_a_figure_of_a_summary_stands_in_a_cited_sentence(write_corpus, brief, figure, sound):
    text = brief(summary={"en": f"A survey counted {figure} of the goats in 2020."})
    problems = check_corpus(write_corpus({"idn-demo": text}))
    assert [problem.line for problem in problems] == ([] if sound else [line_of(text, "  en:")])
    assert all("which no cited sentence does: add the sentence, or mend it" in problem.cure for problem in problems)


@pytest.mark.parametrize(
    ("head", "key", "cure"),
    [
        ({"as_of": "2030-01-01"}, "as_of", "is after reviewed"),
        ({"as_of": "2019-01-01"}, "as_of", "is before the year of sari-2021: move it on"),
        ({"as_of": "2022-01-01", "reviewed": "2022-02-01"}, "reviewed", "was read after reviewed 2022-02-01"),
    ],
)
def test_dates_that_can_not_be_are_named(write_corpus, brief, source, head, key, cure):
    text = brief(**{"as_of": "2021-05-01", **head})
    issued = {"date-parts": [[2021, 3]]}
    problem = only_problem(write_corpus({"idn-demo": text}, [source("lee-2020"), source("sari-2021", issued=issued)]))
    assert (problem.line, cure in problem.cure) == (line_of(text, f"{key}:"), True), problem


def test_a_predecessor_that_is_no_brief_is_named(write_corpus, brief):
    problem = only_problem(write_corpus({"idn-demo": brief(supersedes="idn-none")}))
    assert "supersedes 'idn-none', which is no brief here" in problem.cure


def test_every_brief_with_a_problem_is_named(write_corpus, brief):
    folder = write_corpus({"idn-demo": brief(kind="story"), "idn-b": brief("idn-b", themes=[]), "idn-c": brief("idn-c")})
    assert [problem.path.stem for problem in check_corpus(folder)] == ["idn-b", "idn-demo"]


ENGLISH = "In 2020 a survey counted 1,250 goats."


@pytest.mark.parametrize(
    ("summary", "review", "cure"),
    [
        ({"fr": "En 2020, une enquête a compté 1 205 chèvres."}, {"fr": "draft"}, "summary.fr lacks 1250, adds 1205"),
        (
            {"zh": "2020年的一项调查统计了一千二百五十只山羊。"},
            {"zh": "draft"},
            "summary.zh lacks 1250: give the figures of summary.en",
        ),
        ({"id": "Pada 2020 survei mencatat 1.250 kambing."}, {}, "summary_review.id: say draft or reviewed"),
        ({}, {"id": "reviewed"}, "summary_review.id: say draft or reviewed"),
        ({"de": "Im Jahr 2020 zählte eine Erhebung 1250 Ziegen."}, {"de": "draft"}, "de is none of en, id, fr"),
        ({"zh": "2020年1,250只" + "山羊" * 70}, {"zh": "draft"}, "summary.zh has 75 words: shorten it to 60"),
    ],
)
def test_a_translated_summary_keeps_the_figures_and_says_whether_it_was_reread(write_corpus, brief, summary, review, cure):
    text = brief(summary={"en": ENGLISH, **summary}, summary_review=review)
    assert cure in only_problem(write_corpus({"idn-demo": text})).cure


def test_a_faithful_translation_is_sound(write_corpus, brief):
    summary = {"en": ENGLISH, "ru": "В 2020 году обследование насчитало 1250 коз.", "ar": "في 2020 أحصى مسح 1,250 ماعزًا."}
    text = brief(summary=summary, summary_review={"ru": "reviewed", "ar": "draft"})
    assert check_corpus(write_corpus({"idn-demo": text})) == []
