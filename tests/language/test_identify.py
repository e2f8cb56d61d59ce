"""Which language a text is in."""

import pytest

from ictdiplo.language.identify import identify_language

TEXTS = {
    "en": "The two ministers met on the sidelines of the forum and agreed to draft a memorandum.",
    "fa": "وزیر ارتباطات در این دیدار گفت که دو کشور باید برای توسعه فیبر نوری با هم همکاری کنند.",
    "ar": "وقال الوزير في كلمة له إن التعاون بين البلدين في مجال الاتصالات سوف يتوسع خلال العام المقبل.",
    "ur": "دونوں ملکوں کے وزیروں نے اس ملاقات میں تعاون پر بات کی اور یہ بھی کہا کہ کام جاری ہے۔",
    "ru": "Министры двух стран обсудили на встрече вопросы связи, и он сказал, что работа по проекту идёт.",
    "uk": "Міністри двох країн обговорили на зустрічі питання зв'язку, і він сказав, що робота триває та що це для них важливо.",
    "tg": "Вазирони ду кишвар дар ин вохӯрӣ оид ба рушди алоқа ва барои ҳамкорӣ бо ҳам гуфтугӯ карданд.",
    "es": "El ministro se reunió con su homólogo en la capital y los dos hablaron de la fibra óptica.",
    "fr": "Le ministre a rencontré son homologue dans la capitale pour parler de la fibre et des satellites.",
    "pt": "O ministro reuniu-se com o seu homólogo na capital e os dois falaram da fibra e dos satélites.",
    "it": "Il ministro ha incontrato il collega nella capitale per parlare della fibra e dei satelliti.",
    "de": "Der Minister traf den Kollegen in der Hauptstadt und sprach mit ihm über die Kabel und das Netz.",
    "nl": "De minister sprak met zijn collega in de hoofdstad over het net en de kabels van het land.",
    "tr": "Bakan, iki ülke arasında yeni bir hat için görüştü ve bu konuda daha çok çalışma olacağını söyledi.",
    "az": "Nazir iki ölkə arasında yeni xətt üçün danışıqlar aparıb və bu sahədə daha çox iş olub.",
    "id": "Menteri itu bertemu dengan mitranya di ibu kota untuk membahas jaringan yang akan dibangun.",
    "zh": "两国部长在首都会面，就光纤和数据中心进行了讨论。",
    "ja": "両国の大臣は首都で会談し、光ファイバーについて話し合いました。",
    "ko": "양국 장관은 수도에서 만나 광섬유에 대해 논의했습니다.",
}


@pytest.mark.parametrize("language", TEXTS)
def test_a_sentence_tells_its_language(language):
    assert identify_language(TEXTS[language]) == language


def test_names_of_another_script_do_not_decide():
    assert (
        identify_language("The word 和平 stands in the title of the book and it is said.") == "en"
    )


def test_persian_typed_with_arabic_letters_is_persian():
    assert identify_language(TEXTS["fa"].replace("ی", "ي").replace("ک", "ك")) == "fa"


@pytest.mark.parametrize("text", ["", "2025", "Oslo Sofia Ankara", "the", "zxc qwe rty fgh"])
def test_too_little_is_none(text):
    assert identify_language(text) is None


def test_two_languages_in_equal_parts_are_none():
    assert identify_language("the and of which their " + "der und den von auch ") is None
