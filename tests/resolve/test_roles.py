"""Of “the Algerian and Kenyan counterparts”, each is told as one."""

import pytest

from ictdiplo.resolve.roles import own_role


@pytest.mark.parametrize(
    ("role", "side", "own"),
    [
        ("Algerian and Kenyan counterparts", "Algerian", "Algerian counterpart"),
        ("Algerian and Kenyan counterparts", "Kenyan", "Kenyan counterpart"),
        ("communications ministers of Guinea and Mali", "Mali", "communications minister of Mali"),
        ("ministers of Peru, Cuba and Chile", "Cuba", "minister of Cuba"),
        ("heads of the posts of Peru and Cuba", "Cuba", "head of the post of Cuba"),
        ("Cuban counterpart", "Cuban", "Cuban counterpart"),
        ("Cuban ambassador to Peru", "Cuban", "Cuban ambassador to Peru"),
        ("minister of posts", "Cuba", "minister of posts"),
        ("heads of delegation", "Cuba", "heads of delegation"),
    ],
)
def test_a_role_that_several_share_is_put_into_the_singular(role, side, own):
    assert own_role(role, side) == own
