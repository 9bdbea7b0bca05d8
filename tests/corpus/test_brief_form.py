"""corpus/brief.py: what makes a brief unreadable, and how its problem names the line and the cure."""

import pytest
import yaml

from corpus.brief import BriefError, read_brief
from corpus.check import check_corpus

WRONG_HEADS = [
    ({"id": "IDN_Demo"}, "id:", "pattern"),
    ({"id": "idn-other"}, "id:", "is not the file's name: call one as the other"),
    ({"kind": "story"}, "kind:", "'story' is not in the list 'kinds'"),
    ({"title": "Goat"}, "title:", "at least 5 characters"),
    ({"title": "G" * 121}, "title:", "at most 120 characters"),
    ({"countries": []}, "countries:", "at least 1 item"),
    ({"countries": ["XYZ"]}, "countries:", "'XYZ' is no country of ISO 3166-1 alpha-3: write IDN for Indonesia"),
    ({"countries": ["ID"]}, "countries:", "'ID' is no country"),
    ({"years": {"from": 2020, "to": 2018}}, "years:", "years run backwards: 2020 to 2018"),
    ({"years": {"from": 20, "to": 2018}}, "years:", "greater than or equal to 1800"),
    ({"years": {"from": 2018, "to": 20180}}, "years:", "less than or equal to 2200"),
    ({"years": {"form": 2018}}, "years:", "years.from: add the key"),
    ({"themes": ["goats"]}, "themes:", "'goats' is not in the list 'themes'"),
    ({"themes": []}, "themes:", "at least 1 item"),
    ({"setting": ["moon"]}, "setting:", "'moon' is not in the list 'settings'"),
    ({"setting": []}, "setting:", "at least 1 item"),
    ({"reach": {"count": -1, "unit": "households"}}, "reach:", "greater than or equal to 0"),
    ({"reach": {"count": 3}}, "reach:", "reach.unit: add the key"),
    ({"cost": {"amount": "much", "currency": "USD"}}, "cost:", "valid number"),
    ({"as_of": "last year"}, "as_of:", "date"),
    ({"as_of": None}, "as_of:", "date"),
    ({"reviewed": "never"}, "reviewed:", "date"),
    ({"disputes": [{"topic": "whether goats pay", "sides": []}]}, "disputes:", "at least 1 item"),
    ({"disputes": [{"topic": "whether goats pay", "sides": ["Goats"]}]}, "disputes:", "at least 8 characters"),
    ({"disputes": [{"topic": "goats", "sides": ["Three villages"]}]}, "disputes:", "at least 8 characters"),
    ({"summary": {}}, "---", "summary.en is missing: write it in at most 60 words"),
    ({"summary": {"en": " "}}, "---", "summary.en is missing"),
    ({"relevent": True}, "relevent:", "relevent: remove the key, or spell it as in corpus/README.md"),
]


def line_of(text, start):
    lines = text.splitlines()
    return 2 if start == "---" else next(number for number, line in enumerate(lines, 1) if line.startswith(start))


def only_problem(folder):
    problems = check_corpus(folder)
    assert len(problems) == 1, problems
    return problems[0]


@pytest.mark.parametrize(("change", "at", "cure"), WRONG_HEADS, ids=lambda value: str(value)[:40])
def test_a_wrong_value_in_the_head_is_named_with_its_file_line_and_cure(write_corpus, brief, change, at, cure):
    text = brief(**change)
    folder = write_corpus({"idn-demo": text})
    problem = only_problem(folder)
    assert problem.path == folder / "briefs" / "idn-demo.md"
    assert problem.line == line_of(text, at)
    assert cure in problem.cure
    assert str(problem).startswith(f"{problem.path}:{problem.line}: ")


@pytest.mark.parametrize("key", ["kind", "title", "place", "years", "reach", "cost", "as_of", "reviewed", "supersedes"])
def test_a_missing_key_is_asked_for(write_corpus, brief, key):
    _, head, body = brief().split("---\n", 2)
    rest = {name: value for name, value in yaml.safe_load(head).items() if name != key}
    problem = only_problem(write_corpus({"idn-demo": f"---\n{yaml.safe_dump(rest)}---\n{body}"}))
    assert problem.cure == f"{key}: add the key (null where nothing is known)"


def test_questions_belong_to_the_sentence_below_them_and_are_none_of_its_text(write_corpus, brief):
    asked = "? Do goats pay?\n? Is it worth it?\nThree villages in Indonesia owned"
    folder = write_corpus({"idn-demo": brief().replace("Three villages in Indonesia owned", asked)})
    _, results, _ = read_brief(folder / "briefs" / "idn-demo.md").sections
    assert results.sentences[0].questions == ("Do goats pay?", "Is it worth it?")
    assert "?" not in results.text


@pytest.mark.parametrize("below", ["\n", "\n## For another place"])
def test_a_question_with_no_sentence_below_it_is_named(write_corpus, brief, below):
    text = brief().replace("\n## For another place", f"? Do goats pay?{below}", 1)
    problem = only_problem(write_corpus({"idn-demo": text}))
    assert problem.line == line_of(text, "? Do goats")
    assert "put it on the line above the sentence that answers it" in problem.cure


TEXTS = [
    ("", 1, "the first line must be ---"),
    ("# Goats\n", 1, "the first line must be ---"),
    ("---\nid: idn-demo\n", 1, "close it with a line ---"),
    ("---\n- a\n- b\n---\n", 2, "must be keys and values, as in corpus/README.md"),
    ("---\nid: idn-demo\ntitle: Goats: a study\n---\n", 3, "Put text with a colon in quotes"),
    ("---\nid: idn-demo\nplace: [three\n---\n", 3, "the front matter is not YAML"),
]


@pytest.mark.parametrize(("text", "line", "cure"), TEXTS)
def test_a_head_that_is_no_yaml_is_named_with_its_line_and_cure(write_corpus, text, line, cure):
    problem = only_problem(write_corpus({"idn-demo": text}))
    assert (problem.line, cure in problem.cure) == (line, True), problem


@pytest.mark.parametrize("value", ["2020-02-30", "2020-13-01"])
def test_a_day_that_no_calendar_has_is_named_with_its_line(write_corpus, brief, value):
    text = brief().replace("as_of: '2020-12-31'", f"as_of: {value}")
    assert only_problem(write_corpus({"idn-demo": text})).line == line_of(text, "as_of")


def test_a_control_character_in_the_head_is_a_problem_of_that_brief(write_corpus, brief):
    text = brief().replace("Goats and", "Goats\x07 and")
    assert only_problem(write_corpus({"idn-demo": text})).line > 0


def test_a_file_that_is_not_utf_8_is_named(write_corpus, brief):
    folder = write_corpus({})
    (folder / "briefs" / "idn-demo.md").write_bytes(brief(title="Goats for Côte d'Ivoire").encode("latin-1"))
    assert "save it as UTF-8" in only_problem(folder).cure


@pytest.mark.parametrize(
    ("line", "cure"),
    [
        ("# Results", "only headings of the second level: ## Setting"),
        ("### Results", "only headings of the second level: ## Setting"),
    ],
)
def test_a_heading_of_another_level_is_named_with_its_line(write_corpus, brief, line, cure):
    text = brief().replace("## Results", line)
    problem = only_problem(write_corpus({"idn-demo": text}))
    assert (problem.line, problem.cure) == (line_of(text, line), cure)


def test_text_before_the_first_heading_is_named_with_its_line(write_corpus, brief):
    text = brief(body="\nGoats came first.\n\n## Setting\n")
    problem = only_problem(write_corpus({"idn-demo": text}))
    assert problem.line == line_of(text, "Goats came")
    assert "put it under ## Setting" in problem.cure


def test_a_sound_brief_is_read_into_sections_and_cited_sentences(write_corpus, brief):
    text = brief()
    read = read_brief(write_corpus({"idn-demo": text}) / "briefs" / "idn-demo.md")
    results = read.sections[1]
    assert [section.heading for section in read.sections] == ["Setting", "Results", "For another place"]
    assert results.text == "Three villages in Indonesia owned 1,250 goats by 2020, a survey says."
    assert results.sentences[0].sources == ("sari-2021",)
    assert results.sentences[0].line == line_of(text, "Three villages in Indonesia owned")
    assert read.cited == ("lee-2020", "sari-2021")


def test_two_sources_of_one_sentence_are_both_kept(write_corpus, brief):
    text = brief(body="\n## Setting\n\nGoats were few [@lee-2020; @sari-2021, p. 3].\n")
    read = read_brief(write_corpus({"idn-demo": text}) / "briefs" / "idn-demo.md")
    assert read.sections[0].sentences[0].sources == ("lee-2020", "sari-2021")


def test_a_missing_brief_stays_a_missing_file(tmp_path):
    with pytest.raises(FileNotFoundError):
        read_brief(tmp_path / "none.md")


def test_a_brief_error_is_a_value_error_with_a_line():
    assert (BriefError(7, "mend it").line, str(BriefError(7, "mend it"))) == (7, "mend it")


FRENCH = {"title": "Chèvres et conseils", "questions": ["Les chèvres rapportent-elles ?"]}
IN_FRENCH = {"summary": {"en": "Goats.", "fr": "Des chèvres."}, "summary_review": {"fr": "draft"}}
DISPUTE = {"topic": "whether goats pay", "sides": ["Three villages in Indonesia owned"]}


def test_a_brief_is_told_in_another_language_by_title_questions_and_topics(write_corpus, brief):
    told = {**FRENCH, "topics": ["si les chèvres rapportent"]}
    text = brief(**IN_FRENCH, disputes=[DISPUTE], translations={"fr": told})
    head = read_brief(write_corpus({"idn-demo": text}) / "briefs" / "idn-demo.md").head
    assert head.translations["fr"].model_dump() == told


@pytest.mark.parametrize(
    ("change", "cure"),
    [
        ({"translations": {"fr": FRENCH}}, "translations.fr: write summary.fr, too, or remove it"),
        ({"translations": {"en": FRENCH}}, "translations.en: write summary.en, too, or remove it"),
        ({**IN_FRENCH, "translations": {"de": FRENCH}}, "translations.de: write summary.de, too, or remove it"),
        (
            {**IN_FRENCH, "disputes": [DISPUTE], "translations": {"fr": FRENCH}},
            "translations.fr: give a topic for each of the 1 disputes, in their order",
        ),
        (
            {**IN_FRENCH, "translations": {"fr": {**FRENCH, "topics": ["si les chèvres rapportent"]}}},
            "translations.fr: give a topic for each of the 0 disputes, in their order",
        ),
    ],
)
def test_a_translation_that_does_not_fit_its_brief_is_named_with_the_cure(write_corpus, brief, change, cure):
    assert cure in only_problem(write_corpus({"idn-demo": brief(**change)})).cure


@pytest.mark.parametrize(
    ("broken", "key"),
    [
        ({"title": "Chèvres"}, "questions"),
        ({**FRENCH, "questions": []}, "questions"),
        ({**FRENCH, "questions": ["?"]}, "questions"),
        ({**FRENCH, "questions": ["?" * 201]}, "questions"),
        ({**FRENCH, "title": "C" * 161}, "title"),
        ({**FRENCH, "topics": ["si"]}, "topics"),
        ({**FRENCH, "summary": "Des chèvres."}, "remove the key"),
    ],
)
def test_a_translation_with_a_wrong_part_is_named_with_its_line(write_corpus, brief, broken, key):
    text = brief(**IN_FRENCH, translations={"fr": broken})
    problem = only_problem(write_corpus({"idn-demo": text}))
    assert problem.line == line_of(text, "translations:")
    assert key in problem.cure
