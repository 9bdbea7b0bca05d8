"""The controlled lists: countries and their regions."""

from collections import Counter

from corpus.lists import REGIONS, country_codes, region_names, regions_of

GROUPING = {"003", "202", "419"}


def test_every_country_lies_in_one_region_of_the_lowest_kind():
    leaves = Counter(code for region, parts in REGIONS.items() for code in parts if not code.isdigit())
    assert [code for code, times in leaves.items() if times > 1] == []
    assert set(leaves) <= set(country_codes().values())
    assert set(country_codes().values()) - set(leaves) == {"AC", "AQ", "CP", "DG", "TA"}  # Antarctica and outlying islands


def test_every_region_lies_in_one_continent():
    parts = Counter(part for region, parts in REGIONS.items() if region not in GROUPING for part in parts if part.isdigit())
    assert set(parts.values()) == {1}
    assert set(parts) <= set(REGIONS)


def test_the_regions_of_a_country_are_told_narrowest_first():
    assert regions_of("KEN") == ("014", "002", "202")
    assert region_names("KEN") == ["Eastern Africa", "Africa", "Sub-Saharan Africa", "East Africa"]
    assert region_names("BWA") == ["Southern Africa", "Africa", "Sub-Saharan Africa"]  # South Africa is another country
