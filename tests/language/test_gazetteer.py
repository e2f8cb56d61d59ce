"""Which names are known, where they stand in a text, and what shape their tables have."""

import json
import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ictdiplo.language.folding import fold
from ictdiplo.language.gazetteer import city_country, find_mentions, lookup

ROOT = Path(__file__).parents[2]
DATA = ROOT / "src/ictdiplo/data"
TERRITORIES = json.loads((DATA / "gazetteer.json").read_text(encoding="utf-8"))
ORGANISATIONS = json.loads((DATA / "organisations.json").read_text(encoding="utf-8"))
HAND_KEPT = json.loads((ROOT / "tools/territory_forms.json").read_text(encoding="utf-8"))
KINDS = ("names", "demonyms", "capitals", "bodies", "cities")


@pytest.mark.parametrize(
    "text, found",
    [
        ("Iran and Turkey", ["Iran IRN", "Turkey TUR"]),
        ("Iran's plan, Iran’s aim", ["Iran IRN", "Iran IRN"]),
        ("Iranian-Turkish talks", ["Iranian IRN", "Turkish TUR"]),
        ("Tehran-Ashgabat", ["Tehran IRN", "Ashgabat TKM"]),
        ("the Nigeria–India MoU", ["Nigeria NGA", "India IND"]),
        ("India‑US", ["India IND", "US USA"]),
        ("the U.S.-led group", ["U.S. USA"]),
        ("U.S. Officials", ["U.S. USA"]),
        ("the Republic of Korea", ["Republic of Korea KOR"]),
        ("South Korea and Korea", ["South Korea KOR", "Korea KOR"]),
        ("Guinea-Bissau, Equatorial Guinea", ["Guinea-Bissau GNB", "Equatorial Guinea GNQ"]),
        ("South\nKorea", ["South\nKorea KOR"]),
        ("Côte d’Ivoire's", ["Côte d’Ivoire CIV"]),
        ("Washington, D.C. said", ["Washington, D.C. USA"]),
        ("Cote\u0302 d'Ivoire", []),
        ("Co\u0302te d'Ivoire", ["Co\u0302te d'Ivoire CIV"]),
        ("İran ve Türkiye", ["İran IRN", "Türkiye TUR"]),
        ("«تهران» و ترکیه", ["تهران IRN", "ترکیه TUR"]),
        ("سفر به عشق‌آباد", ["عشق‌آباد TKM"]),
        ("تاجیكستان", ["تاجیكستان TJK"]),
        ("Россия и Иран", ["Россия RUS", "Иран IRN"]),
        ("Roskomnadzor and the ITU", ["Roskomnadzor RUS", "ITU None"]),
        (
            "the International Telecommunication Union (ITU)",
            ["International Telecommunication Union None", "ITU None"],
        ),
        ("turkey, us, chad, jordan, polish, mali, oman", []),
        ("Let us go. Us too. Uk. itu", []),
        ("Male participants in Lima", ["Lima PER"]),
        ("New Mexico, Mexico", ["Mexico MEX"]),
        ("Bank of China Tower", []),
        ("Latin America and America", ["America USA"]),
        ("the South China Sea, the Gulf of Oman", []),
        ("APT groups met the APT", ["APT None"]),
        ("Iranology, Indiana, Omaniac, xIran", []),
        ("Congo", []),
        ("روز دوشنبه، کابل نوری و منابع مالی", []),
        ("", []),
    ],
)
def test_names_are_found_where_they_stand(text, found):
    assert [f"{m.text} {m.entry.code}" for m in find_mentions(text)] == found


@given(
    st.lists(
        st.sampled_from(
            [
                "Iran",
                "the US",
                "us",
                "Côte d’Ivoire",
                "ITU",
                "«تهران»",
                " ",
                "’s",
                "-",
                "\u0301",
                "\u200c",
                "x",
                ". ",
            ]
        )
    ).map("".join)
    | st.text(max_size=200)
)
def test_mentions_are_slices_of_the_text_in_order_and_apart(text):
    mentions = find_mentions(text)

    assert all(text[m.start : m.end] == m.text and lookup(m.text) == m.entry for m in mentions)
    assert all(one.end <= next_one.start for one, next_one in pairwise(mentions))


@pytest.mark.parametrize(
    "words, name, code, kind",
    [
        ("the United States", "United States", "USA", "country"),
        ("The  Netherlands", "Netherlands", "NLD", "country"),
        ("Tajik", "Tajikistan", "TJK", "demonym"),
        ("Dushanbe", "Tajikistan", "TJK", "capital"),
        ("Singapore", "Singapore", "SGP", "country"),
        ("Kremlin", "Kremlin", "RUS", "body"),
        ("Federal Communications Commission", "FCC", "USA", "body"),
        ("ITU (International Telecommunication Union)", "ITU", None, "organisation"),
        ("Economic Cooperation Organization (the ECO)", "ECO", None, "organisation"),
        ("Infocomm Media Development Authority (Imda of the city)", "IMDA", "SGP", "body"),
    ],
)
def test_a_whole_string_is_looked_up(words, name, code, kind):
    entry = lookup(words)

    assert entry is not None
    assert (entry.name, entry.code, entry.kind) == (name, code, kind)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "the",
        "us",
        "turkey",
        "Iran and Iraq",
        "Iran (Iraq)",
        "Foo (Bar)",
        "Geneva",
        "Bank of China",
    ],
)
def test_other_strings_are_not_known(words):
    assert lookup(words) is None


@pytest.mark.parametrize(
    "city, code",
    [("Geneva", "CHE"), ("Dubai", "ARE"), ("geneva", None), ("Baku", None), ("Nowhere", None)],
)
def test_well_known_cities_lie_in_a_country(city, code):
    assert city_country(city) == code


def test_the_territories_are_those_of_iso_3166_1_and_kosovo():
    codes = list(TERRITORIES["territories"])

    assert len(codes) == 249 + 1
    assert codes == sorted(codes)
    assert "XKX" in codes
    assert all(re.fullmatch("[A-Z]{3}", code) for code in codes)
    assert len({forms["alpha_2"] for forms in TERRITORIES["territories"].values()}) == len(codes)


@pytest.mark.parametrize("code", TERRITORIES["territories"])
def test_every_name_of_a_territory_leads_to_it(code):
    forms = TERRITORIES["territories"][code]

    assert all((entry := lookup(name)) and entry.code == code for name in forms["names"])
    assert all((entry := lookup(word)) and entry.code == code for word in forms.get("demonyms", []))


def test_no_form_of_one_kind_has_two_owners():
    forms = [
        (kind, fold(form))
        for territory in TERRITORIES["territories"].values()
        for kind in KINDS
        for form in territory.get(kind, [])
    ]

    assert len(forms) == len(set(forms))


def test_the_generated_table_holds_what_is_kept_by_hand_and_nothing_that_is_left_out():
    for code, ours in HAND_KEPT["territories"].items():
        there = {
            kind: {*map(fold, TERRITORIES["territories"][code].get(kind, []))} for kind in KINDS
        }
        assert all(fold(form) in there[kind] for kind in KINDS for form in ours.get(kind, []))
    for code, forms in HAND_KEPT["left_out"].items():
        if code != "about":
            kept = json.dumps(TERRITORIES["territories"][code], ensure_ascii=False)
            assert not [form for form in forms if f'"{form}"' in kept]


def test_the_table_names_its_sources_and_their_licences():
    assert all(source["licence"] and source["gives"] for source in TERRITORIES["sources"])


def test_bodies_act_for_countries_and_every_row_has_its_source():
    bodies, organisations = ORGANISATIONS["bodies"], ORGANISATIONS["organisations"]
    codes = {code for row in bodies for code in [row["code"], *row.get("rivals", [])]}

    assert len(bodies) >= 60
    assert codes <= set(TERRITORIES["territories"])
    assert all(row["source"] for row in [*bodies, *organisations])


@pytest.mark.parametrize(
    "row", [*ORGANISATIONS["bodies"], *ORGANISATIONS["organisations"]], ids=lambda row: row["name"]
)
def test_every_form_of_an_organisation_leads_to_it(row):
    for form in [row["name"], *row["forms"]]:
        entry = lookup(form)
        assert entry is not None
        assert (entry.name, entry.code) == (row["name"], row.get("code"))
