"""Does a text hold a fact?"""

import pytest

from evals.facts import holds, plain


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("About 29,480,000 people – 30 per cent", "about 29480000 people - 30%"),
        ("30 percent", "30%"),
        ("30%", "30%"),
        ("2013—2016", "2013-2016"),
        ("a, b and 1,5 and 12,34", "a, b and 1,5 and 12,34"),
        ("Atulie’er", "atulie'er"),
        ("2.6 percentage points", "2.6 percentage points"),
        ("two\n  lines", "two lines"),
        ("３０％", "30%"),
    ],
)
def test_texts_are_written_in_one_way(text, written):
    assert plain(text) == written


@pytest.mark.parametrize(
    ("text", "wordings", "held"),
    [
        ("About 30 per cent were wrong.", ["30%"], True),
        ("About 30% were wrong.", ["30 per cent"], True),
        ("About 130 per cent were wrong.", ["30%"], False),
        ("About 3.30 per cent were wrong.", ["30%"], False),
        ("About 30 per cent were wrong.", ["30"], False),
        ("29.48 million households", ["29.48 million"], True),
        ("It cost 29,480,000 yuan.", ["29480000"], True),
        ("It cost 29480000 yuan.", ["29,480,000"], True),
        ("It cost 129,480,000 yuan.", ["29,480,000"], False),
        ("From 2013 – 2016", ["2013 - 2016"], True),
        ("It rose by 2.6 percentage points.", ["2.6"], True),
        ("Households were moved.", ["household"], False),
        ("THE HOUSEHOLDS MOVED.", ["households"], True),
        ("Two wordings", ["one", "two"], True),
        ("Two wordings", ["three", "four"], False),
        ("It cost 1.6 trillion.", ["1.6 trillion"], True),
        ("It cost 11.6 trillion.", ["1.6 trillion"], False),
        ("About (9.6) a.b people", ["9x6"], False),
        ("", ["anything"], False),
        ("anything", [], False),
    ],
)
def test_a_fact_is_held_as_whole_words_in_any_of_its_wordings(text, wordings, held):
    assert holds(text, wordings) is held
