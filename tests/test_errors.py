"""Errors survive a trip to another process, and the drawn tree is the real one."""

import copy
import pickle
import re

import pytest

from ictdiplo import errors

CLASSES = [getattr(errors, name) for name in errors.__all__]


@pytest.mark.parametrize("error", CLASSES, ids=errors.__all__)
def test_an_error_survives_pickling_and_copying(error):
    original = error("Do this instead.")

    assert pickle.loads(pickle.dumps(original)) == original
    assert copy.deepcopy(original) == original
    assert str(original) == "Do this instead."


def test_how_long_to_wait_survives_too():
    limited = pickle.loads(pickle.dumps(errors.RateLimited("Wait.", 7.5)))

    assert limited.retry_after == 7.5
    assert limited != errors.RateLimited("Wait.", 8)
    assert len({limited, errors.RateLimited("Wait.", 7.5)}) == 1


def test_the_tree_in_the_docstring_is_the_real_one():
    parents = {}
    path = []
    for indent, name in re.findall(
        r"^ {4}([│├└─ ]*)(\w+)(?: {2,}|$)", errors.__doc__, re.MULTILINE
    ):
        depth = len(indent) // 4
        path[depth:] = [name]
        parents[name] = path[depth - 1] if depth else "Exception"

    assert parents == {error.__name__: error.__bases__[0].__name__ for error in CLASSES}
