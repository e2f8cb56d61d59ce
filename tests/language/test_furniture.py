"""Pages with nothing on them but menus and notices."""

import pytest

from ictdiplo.language.furniture import is_furniture

FURNITURE = [
    "",
    "Date archive",
    "Leave a comment",
    "Home\nSubscribe\nRelated posts\n\n“Read more”\nLeave a reply",
    "We use cookies to give you the best experience on our site. Cookies help us to see which pages you like.",
    "Please enable JavaScript and reload. Your browser does not support this site at the moment, we are sorry.",
    "Subscribe to our newsletter\nAll rights reserved, Norland News Agency, since the year 2001, in many languages",
    "Two ministers",
    "12 345 678 " * 50,
    "He left.",
]
ARTICLES = [
    "Iran and Oman signed a memorandum.",
    "The ministers of Kenya and Ghana met in Accra to talk about spectrum and about satellites",
    "Date archive\nIran and Oman signed a memorandum of understanding on Monday.\nAll rights reserved.",
    "وزیران ارتباطات دو کشور در باکو دیدار کردند.",
]


@pytest.mark.parametrize("text", FURNITURE)
def test_furniture_is_no_article(text):
    assert is_furniture(text)


@pytest.mark.parametrize("text", ARTICLES)
def test_one_sentence_is_enough(text):
    assert not is_furniture(text)
