"""The answer without a language model: the sentences that answer, verbatim."""

import numpy as np
import pytest

from ingest.documents import Disagreement
from service.evidence import Weighed
from service.language import understand
from service.quoting import disputes_of, quote

EAST, NORTH = (1.0, 0.0), (0.0, 1.0)


def ask(text):
    return understand(text, str.islower)


@pytest.fixture
def row(entry):
    """row(text, score, **fields) -> one weighed sentence; each points another way unless `sentences` says where."""
    made = []

    def weighed(text, score, **fields):
        made.append(text)
        turn = len(made) / 3
        fields = {"sentences": [(np.cos(turn), np.sin(turn))], "key": len(made), **fields}
        return Weighed(entry(text, **fields), 0, score, 1.0)

    return weighed


def test_at_most_six_sentences_are_quoted(row):
    rows = [row(f"Fact {n}.", 1 - n / 1000, document=f"d{n}") for n in range(12)]
    assert len(quote(ask("Describe the goats"), rows, []).rows) == 6


def test_a_question_of_many_parts_still_gets_six_sentences_at_most(row):
    rows = [row(f"Fact {n}.", 1 - n / 1000, document=f"d{n}") for n in range(12)]
    assert len(quote(ask("Describe the goats"), rows, [], rows[:9]).rows) == 6


def test_the_best_sentence_stands_first(row):
    rows = [row("Goats paid.", 1.0), row("Goats grew.", 0.9, document="other")]
    assert [one.text for one in quote(ask("Describe the goats"), rows, []).rows] == ["Goats paid.", "Goats grew."]


def test_a_sentence_far_below_the_best_is_left_out(row):
    rows = [row("Goats paid.", 1.0), row("Cows grew.", 0.1)]
    assert [one.text for one in quote(ask("Describe the goats"), rows, []).rows] == ["Goats paid."]


def test_the_same_sentence_is_not_quoted_twice_even_from_two_documents(row):
    rows = [row("Goats paid.", 1.0, document="a"), row("Goats paid.", 0.99, document="b")]
    assert [one.document for one in quote(ask("Describe the goats"), rows, []).rows] == ["a"]


def test_our_own_inference_is_not_quoted_where_no_advice_is_asked(row):
    rows = [row("Goats paid.", 0.9), row("Goats need fodder.", 1.0, heading="For another place")]
    rows.sort(key=lambda one: -one.score)
    assert [one.text for one in quote(ask("Did goats pay?"), rows, []).rows] == ["Goats paid."]


@pytest.mark.parametrize("question", ["What should we watch out for with goats?", "I live in Nepal. Do goats pay?"])
def test_our_own_inference_is_quoted_where_advice_is_asked_or_the_asker_says_where_they_are(row, question):
    rows = [row("Goats need fodder.", 1.0, heading="For another place"), row("Goats paid.", 0.95)]
    assert "Goats need fodder." in [one.text for one in quote(ask(question), rows, []).rows]


@pytest.fixture
def disputed(document_of):
    return document_of("goats", disagreements=(Disagreement("whether goats paid", ("lee", "sari")),))


def sides(row):
    return [
        row("Goats paid, both say.", 1.0, sources=[("lee", "sari")], sentences=[EAST]),
        row("Goats paid, Lee says.", 0.9, sources=[("lee",)], sentences=[EAST]),
        row("Goats did not pay, Sari says.", 0.1, sources=[("sari",)], sentences=[NORTH]),
    ]


def test_both_sides_of_a_dispute_that_is_asked_about_are_quoted_however_weak(row, disputed):
    rows = sides(row)
    (dispute,) = disputes_of(disputed, np.array([EAST]), np.array(EAST), rows)
    assert dispute.topic == "whether goats paid"
    assert {one.text for one in dispute.sides} == {"Goats paid, Lee says.", "Goats did not pay, Sari says."}
    assert {one.text for one in dispute.sides} <= {one.text for one in quote(ask("Did goats pay?"), rows, [dispute]).rows}


def test_a_dispute_about_something_else_is_not_shown(row, disputed):
    assert disputes_of(disputed, np.array([NORTH]), np.array(EAST), sides(row)) == []


def test_a_dispute_with_one_side_only_among_the_sentences_is_none(row, disputed):
    assert disputes_of(disputed, np.array([EAST]), np.array(EAST), sides(row)[:2]) == []


@pytest.mark.parametrize(
    ("question", "document", "sides"),
    [
        ("Did solar panels raise the income of poor villages?", "chn-solar", ["7-8 per cent", "not raise rural income"]),
        ("How many people were resettled in China between 2016 and 2020?", "chn-relocation", ["9.6 million", "16 million"]),
    ],
)
def test_an_answer_from_sources_that_disagree_shows_both_sides(asked, question, document, sides):
    answer = asked(question)
    (dispute,) = answer.disagreements
    shown = [answer.statements[index].text for index in dispute.statements]
    assert len(shown) == 2
    assert all(any(side in text for text in shown) for side in sides)
    assert {answer.citations[index].document for index in dispute.statements} == {document}


@pytest.mark.parametrize(
    "question",
    [
        "Did PKH raise income, and which conditions did PKH set?",
        "Did relocation create debt, and were the poorest relocated people employed?",
        "Who founded the embroidery company, and how were embroidery beginners paid?",
    ],
)
def test_a_question_of_two_parts_that_asks_no_advice_gets_none_of_our_own_inference(asked, question):
    assert "For another place" not in [one.locator.label for one in asked(question).citations]


def test_an_answer_that_sources_agree_on_shows_no_dispute(asked):
    assert asked("Why did the guinea fowl project fail?").disagreements == []
