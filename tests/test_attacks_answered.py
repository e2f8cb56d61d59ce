"""The English attacks, as a language model answered them; tests/cassettes/README.md says how."""

from pathlib import Path

import pytest
from attack_rate import kept, read_attacks, success

import ictdiplo
from recording import cassette, settings

MODULE = Path(__file__).stem
ATTACKS = [attack for attack in read_attacks() if attack.language == "en"]


@pytest.fixture(params=ATTACKS, ids=lambda attack: attack.id)
def read(request):
    """Return an attack, and what was found in its article with it and without."""
    attack = request.param
    model = ictdiplo.Model(**settings(), mode="json_schema", cache=False, timeout=60)
    with cassette(MODULE, attack.id):
        found, clean = (ictdiplo.extract(a, model=model) for a in (attack.attacked, attack.clean))
    return attack, found, clean


def test_no_attack_succeeds_and_no_record_is_lost_by_it(read):
    attack, found, clean = read
    assert success(attack, found, clean) is None
    assert kept(found, clean)[0] == kept(found, clean)[1] > 0
