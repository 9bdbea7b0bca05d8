"""The answer without a language model: the sentences that answer, verbatim."""

from dataclasses import replace

import numpy as np
import pytest

from ingest.documents import Disagreement, Side
from service.evidence import Weighed
from service.language import understand
from service.quoting import Dispute, dispute_of, quote


def ask(text):
    return understand(text, str.islower)


@pytest.fixture
def row(entry):
    """row(text, score, **fields) -> one weighed sentence; each points another way unless `sentences` says where."""
    made = []

    def weighed(text, score, strength=1.0, **fields):
        made.append(text)
        turn = len(made) / 3
        fields = {"sentences": [(np.cos(turn), np.sin(turn))], "key": len(made), **fields}
        return Weighed(entry(text, **fields), 0, score, strength)

    return weighed


def test_at_most_six_sentences_are_quoted(row):
    rows = [row(f"Fact {n}.", 1 - n / 1000, document=f"d{n}") for n in range(12)]
    assert len(quote(ask("Describe the goats"), rows, None).rows) == 6


def test_a_question_of_many_parts_still_gets_six_sentences_at_most(row):
    rows = [row(f"Fact {n}.", 1 - n / 1000, document=f"d{n}") for n in range(12)]
    assert len(quote(ask("Describe the goats"), rows, None, rows[:9]).rows) == 6


def test_the_best_sentence_stands_first(row):
    rows = [row("Goats paid.", 1.0), row("Goats grew.", 0.9, document="other")]
    assert [one.text for one in quote(ask("Describe the goats"), rows, None).rows] == ["Goats paid.", "Goats grew."]


def test_of_sentences_far_below_the_best_only_strong_ones_are_quoted_and_three_in_all(row):
    hens, *cows = row("Hens.", 2.1, strength=0.5), *(row(f"Cows grew {n}.", 2.0) for n in range(4))
    rows = [row("Goats paid.", 3.0), hens, *cows]
    chosen = [one.text for one in quote(ask("Describe the goats"), rows, None).rows]
    assert chosen == ["Goats paid.", "Cows grew 0.", "Cows grew 1."]
    assert [one.text for one in quote(ask("Describe the goats"), rows[:2], None).rows] == ["Goats paid."]


def test_each_further_part_of_a_question_for_a_figure_gets_a_sentence_more(row):
    rows = [row(f"{n} goats.", 3 - n / 1000) for n in range(12)]
    for question, most in (("How many goats?", 4), ("How many goats, and how many cows?", 5)):
        assert len(quote(ask(question), rows, None).rows) == most


def test_a_question_in_another_language_gets_a_sentence_more_and_never_more_than_six(row):
    rows = [row(f"{n} goats.", 3 - n / 1000) for n in range(12)]
    for question, most in (("How many goats?", 5), ("Describe the goats", 6)):
        assert len(quote(replace(ask(question), language="fr"), rows, None).rows) == most


def test_the_same_sentence_is_not_quoted_twice_even_from_two_documents(row):
    rows = [row("Goats paid.", 1.0, document="a"), row("Goats paid.", 0.99, document="b")]
    assert [one.document for one in quote(ask("Describe the goats"), rows, None).rows] == ["a"]


def test_our_own_inference_is_not_quoted_where_no_advice_is_asked(row):
    rows = [row("Goats paid.", 0.9), row("Goats need fodder.", 1.0, heading="For another place")]
    rows.sort(key=lambda one: -one.score)
    assert [one.text for one in quote(ask("Did goats pay?"), rows, None).rows] == ["Goats paid."]


def test_our_own_inference_that_answers_far_better_than_all_else_is_quoted_alone(row):
    rows = [row("Goats need fodder.", 3.0, heading="For another place"), row("Goats paid.", 2.0)]
    assert [one.text for one in quote(ask("Did goats pay?"), rows, None).rows] == ["Goats need fodder."]


@pytest.mark.parametrize("question", ["What should we watch out for with goats?", "I live in Nepal. Do goats pay?"])
def test_our_own_inference_is_quoted_where_advice_is_asked_or_the_asker_says_where_they_are(row, question):
    rows = [row("Goats need fodder.", 1.0, heading="For another place"), row("Goats paid.", 0.95)]
    assert "Goats need fodder." in [one.text for one in quote(ask(question), rows, None).rows]


PAID = Disagreement("whether goats paid", (Side("Goats paid, Lee says.", ("lee",)), Side("Goats lost, Sari says.", ("sari",))))
HERD = Disagreement("how many goats there are", (Side("Lee says 5, Sari 6.", ("lee", "sari")),))
OFF, NEAR, ON = 0.1, 0.4, 0.7  # cosines of a question to a topic


@pytest.fixture
def sides(row):
    """The sentences of PAID far down, one of HERD, and what is best for any question."""
    best = [row(f"Goats {n}.", 1.0) for n in range(20)]
    return [*best, row("Goats paid, Lee says.", 0.3), row("Goats lost, Sari says.", 0.1), row("Lee says 5, Sari 6.", 0.1)]


def test_both_sides_of_a_dispute_that_is_asked_about_are_quoted_however_weak(sides):
    dispute = dispute_of(ask("Did goats pay?"), sides, sides, [(ON, "goats", PAID)])
    assert [one.text for one in dispute.sides] == ["Goats paid, Lee says.", "Goats lost, Sari says."]
    assert set(dispute.sides) <= set(quote(ask("Did goats pay?"), sides, dispute).rows)


def test_a_dispute_about_something_else_is_not_shown(sides):
    assert dispute_of(ask("Did goats pay?"), sides, sides, [(OFF, "goats", PAID)]) is None


def test_a_side_among_the_best_sentences_is_shown_with_the_other_where_the_topic_is_near(sides):
    sides.insert(1, sides.pop(20))
    dispute = dispute_of(ask("Did goats pay?"), sides, sides, [(NEAR, "goats", PAID)])
    assert [one.text for one in dispute.sides] == ["Goats paid, Lee says.", "Goats lost, Sari says."]
    assert dispute_of(ask("Did goats pay?"), sides, sides, [(OFF, "goats", PAID)]) is None


def test_a_side_that_speaks_of_another_year_than_was_asked_for_is_shown_beside_the_other(sides):
    best = [one for one in sides if one.text != "Goats lost, Sari says."]
    assert len(dispute_of(ask("Did goats pay in 2020?"), best, sides, [(ON, "goats", PAID)]).sides) == 2


def test_a_dispute_of_which_no_side_may_be_quoted_is_not_shown(sides):
    assert dispute_of(ask("Did goats pay in 2020?"), sides[:20], sides, [(ON, "goats", PAID)]) is None


def test_a_question_that_asks_for_both_sides_is_shown_a_dispute_from_farther(sides):
    sides.insert(10, sides.pop(20))
    for question, shown in (("What is said of goats?", False), ("What speaks for and against goats?", True)):
        assert bool(dispute_of(ask(question), sides, sides, [(OFF, "goats", PAID)])) is shown


def test_a_dispute_with_one_side_only_among_the_sentences_is_none(sides):
    assert dispute_of(ask("Did goats pay?"), sides, sides[:21], [(ON, "goats", PAID)]) is None


def test_one_sentence_that_states_both_sides_is_enough(sides):
    dispute = dispute_of(ask("How many goats?"), sides, sides, [(ON, "goats", HERD)])
    assert [one.text for one in dispute.sides] == ["Lee says 5, Sari 6."]


@pytest.mark.parametrize(("question", "topic"), [("How many goats?", HERD.topic), ("Is it true of goats?", PAID.topic)])
def test_of_two_disputes_the_one_of_the_kind_that_is_asked_for_is_shown(sides, question, topic):
    both = [(ON, "goats", PAID), (ON, "goats", HERD)]
    assert {dispute_of(ask(question), sides, sides, order).topic for order in (both, both[::-1])} == {topic}


def test_the_other_side_of_a_dispute_takes_no_sentence_from_the_answer(row):
    rows = [row(f"{n} goats.", 3 - n / 1000) for n in range(12)]
    for sides, count in (((rows[0], rows[9]), 5), ((rows[0],), 4)):
        assert len(quote(ask("How many goats?"), rows, Dispute("goats", sides)).rows) == count


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
