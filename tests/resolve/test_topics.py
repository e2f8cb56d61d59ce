"""Which heading words are filed under."""

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ictdiplo.records import TopicName
from ictdiplo.resolve.topics import classify_topic, make_topics

CASES = {
    "fibre": [
        "fiber optics",
        "fibre",
        "optical fibre",
        "fixed broadband",
        "FTTH",
        "فیبر نوری",
        "волоконно-оптический",
        "fibra óptica",
    ],
    "mobile": [
        "5G",
        "5G launch",
        "mobile operators",
        "international roaming",
        "Open RAN",
        "نسل پنجم",
        "роуминг",
    ],
    "spectrum": [
        "spectrum",
        "frequency coordination",
        "radio frequencies",
        "WRC-27",
        "الطيف الترددي",
        "espectro radioeléctrico",
    ],
    "space": [
        "space industry",
        "satellites",
        "satellite internet",
        "remote sensing",
        "launch vehicles",
        "ماهواره",
        "спутниковая связь",
        "mobile satellite imagery",
    ],
    "data_transit": [
        "data transit",
        "data transit routes",
        "internet exchange points",
        "IXPs",
        "submarine cables",
        "ترانزیت داده",
        "транзит трафика",
    ],
    "data_centres": [
        "data centers",
        "mega data centres",
        "cloud computing",
        "supercomputers",
        "مراکز داده",
        "centros de datos",
        "data centre training",
    ],
    "cybersecurity": [
        "cybersecurity",
        "cyber security",
        "information security",
        "cyberattacks",
        "امنیت سایبری",
        "кибербезопасность",
        "ciberseguridad",
        "الأمن السيبراني",
    ],
    "ai": [
        "AI",
        "artificial intelligence",
        "AI governance",
        "machine learning",
        "هوش مصنوعی",
        "الذكاء الاصطناعي",
        "inteligencia artificial",
    ],
    "e_government": [
        "e-government",
        "e‑governance",
        "smart government",
        "digital public infrastructure",
        "smart cities",
        "دولت الکترونیک",
    ],
    "digital_economy": [
        "digital economy",
        "e-commerce",
        "start-ups",
        "digital transformation",
        "Internet of Things",
        "اقتصاد دیجیتال",
        "цифровая экономика",
    ],
    "post": ["post", "postal services", "parcels", "commemorative stamps", "پست", "почтовая марка"],
    "skills": [
        "digital skills",
        "capacity-building",
        "staff training",
        "scholarships",
        "digital divide",
        "آموزش",
    ],
    "online_safety": [
        "child online protection",
        "protection of children on the internet",
        "disinformation",
        "personal data protection",
        "social media",
    ],
    "standards": [
        "standards",
        "standardisation",
        "regulatory cooperation",
        "type approval",
        "numbering plans",
    ],
    "research": [
        "research and development",
        "R&D",
        "joint laboratories",
        "quantum computing",
        "technology transfer",
    ],
    "market_access": [
        "market access",
        "sanctions",
        "export of technical services",
        "joint ventures",
        "private sector",
    ],
    "other": [
        "bilateral relations",
        "a fibrous matter",
        "said",
        "repair",
        "posture",
        "2+2 dialogue",
    ],
}
ROWS = [(words, heading) for heading, several in CASES.items() for words in several]


@pytest.mark.parametrize("words, heading", ROWS)
def test_words_are_filed_under_their_heading(words, heading):
    assert classify_topic(words) == heading


def test_every_heading_has_cases():
    assert set(CASES) == set(get_args(TopicName))


@given(st.text(max_size=80))
def test_any_words_have_a_heading_and_always_the_same_one(words):
    assert classify_topic(words) in get_args(TopicName)
    assert classify_topic(f"  {words.upper()} ".lower()) == classify_topic(words.upper().lower())


def test_topics_keep_their_order_and_words_and_appear_once():
    topics = make_topics(["Fiber optics", "5G", "fiber  optics", "trade"])

    assert [(topic.topic, topic.text) for topic in topics] == [
        ("fibre", "Fiber optics"),
        ("mobile", "5G"),
        ("market_access", "trade"),
    ]
