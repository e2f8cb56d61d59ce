"""Names, offices, institutions and countries, as outlets of many countries write them."""

import pytest

from ictdiplo.read.english.story import read_story


def actors(sentence):
    (read,) = read_story(sentence).sentences
    return [(one.name, one.role, one.party) for one in read.actors]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        pytest.param(
            "Peru’s Minister of Transport and Communications met with Ana Lin, Cuba’s Minister of Posts.",
            [
                (None, "Peru’s Minister of Transport and Communications", "Peru"),
                ("Ana Lin", "Cuba’s Minister of Posts", "Cuba"),
            ],
            id="office before and behind a name",
        ),
        pytest.param(
            "External Affairs Minister S. Rao met Saudi Foreign Minister Prince Faisal bin Farhan Al Saud.",
            [
                ("S. Rao", "External Affairs Minister", None),
                ("Prince Faisal bin Farhan Al Saud", "Saudi Foreign Minister", "Saudi"),
            ],
            id="initial and particles",
        ),
        pytest.param(
            "The Nigerian minister of communications, innovation and digital economy spoke.",
            [
                (
                    None,
                    "Nigerian minister of communications, innovation and digital economy",
                    "Nigerian",
                )
            ],
            id="small letters",
        ),
        pytest.param(
            "He met his Algerian and Kenyan counterparts on Monday.",
            [
                (None, "Algerian and Kenyan counterparts", "Algerian"),
                (None, "Algerian and Kenyan counterparts", "Kenyan"),
            ],
            id="one counterpart each",
        ),
        pytest.param(
            "She met her counterparts from Tajikistan and Pakistan on Monday.",
            [
                (None, "counterparts from Tajikistan and Pakistan", "Tajikistan"),
                (None, "counterparts from Tajikistan and Pakistan", "Pakistan"),
            ],
            id="counterparts from",
        ),
        pytest.param(
            "Yesterday U.S. Ambassador to Vietnam Marc E. Knapper came.",
            [("Marc E. Knapper", "U.S. Ambassador to Vietnam", "U.S.")],
            id="an ambassador acts for who sends him",
        ),
        pytest.param(
            "Ana Lin, Aide to the President of Peru, came.",
            [("Ana Lin", "Aide to the President of Peru", "Peru")],
            id="an aide acts for the country of the president",
        ),
        pytest.param(
            "The Andes Infrastructure Corporation of Peru (Andinf) and the Lima Foundation signed.",
            [
                (
                    None,
                    None,
                    "Andes Infrastructure Corporation of Peru",
                ),
                (None, None, "Lima Foundation"),
            ],
            id="companies act for themselves, aliases are nobody",
        ),
        pytest.param(
            "Here Google's Asia Pacific President Sanjay Roy spoke.",
            [("Sanjay Roy", "Google's Asia Pacific President", "Google")],
            id="a company's own president",
        ),
        pytest.param(
            "Qatar's Communications Regulatory Authority (CRA) President Ahmad Al-Rai spoke.",
            [
                (
                    "Ahmad Al-Rai",
                    "Qatar's Communications Regulatory Authority (CRA) President",
                    "Qatar",
                )
            ],
            id="a short form inside an office",
        ),
        pytest.param(
            "Today Dr. Kao Hourn, Secretary-General of ASEAN, spoke.",
            [("Kao Hourn", "Secretary-General of ASEAN", "ASEAN")],
            id="a title is no part of the name",
        ),
        pytest.param(
            "The Tajik side and the committee agreed.",
            [(None, None, "Tajik")],
            id="a side, and a committee of nobody knows whom",
        ),
        pytest.param("During talks, staff of the office left.", [], id="nobody"),
    ],
)
def test_actors_are_found_with_office_and_side(sentence, expected):
    assert actors(sentence) == expected
