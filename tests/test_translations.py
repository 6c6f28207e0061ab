"""Everything that people read goes through the catalogues, and these are complete and right."""

import gettext
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from enum import EnumType
from io import BytesIO
from pathlib import Path

import jinja2
import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from bs4 import BeautifulSoup, NavigableString
from flask import Flask
from flask.testing import FlaskClient
from flask_babel import force_locale

from pmo.config import LANGUAGES
from pmo.errors import PmoError
from pmo.http import formats, labels
from tests.cast import Cast, sign_in

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
SCRIPTS = sorted((ROOT / "static" / "js").glob("*.js"))
ENGLISH_ONLY = {"swagger_ui.html", "swagger-init.js"}
"""The page of the API's own document."""

READ_ALOUD = {"title", "alt", "placeholder", "label", "aria-label", "aria-description"}
"""Attributes that people read or hear; those of data- carry texts to the scripts."""

NAMES = {"data-behaviour", "data-keep"}
"""Attributes of data- that name things for the scripts."""

FORMS = {1: 0, 3: 1, 5: 2, 11: 2, 21: 0}
"""Which Russian form a number asks for."""


def catalogue(language: str) -> Catalog:
    path = ROOT / "pmo" / "translations" / language / "LC_MESSAGES" / "messages.po"
    with path.open("rb") as file:
        return read_po(file, locale=language)


def spoken(catalogue: Catalog) -> gettext.GNUTranslations:
    file = BytesIO()
    write_mo(file, catalogue)
    file.seek(0)
    return gettext.GNUTranslations(file)


CATALOGUES = {language: catalogue(language) for language in LANGUAGES}
RUSSIAN = spoken(CATALOGUES["ru"])
COUNTED = [message for message in CATALOGUES["ru"] if message.pluralizable]
TEXTS = [
    text
    for message in CATALOGUES["ru"]
    if message.id
    for text in (message.string if message.pluralizable else [message.string])
]


def words_of_template(source: str) -> Iterator[str]:
    """Yield the words of a template that neither an expression nor gettext makes."""
    markup = BeautifulSoup(without_expressions(source), "html.parser")
    for text in markup.find_all(string=True):
        if type(text) is NavigableString and has_words(text) and not is_attributes(text):
            yield text.strip()
    for element in markup.find_all(True):
        for name, value in element.attrs.items():
            read = name in READ_ALOUD or (name.startswith("data-") and name not in NAMES)
            if read and has_words(str(value)):
                yield f"{name}={value}"


def without_expressions(source: str) -> str:
    """Return what a template gives out by itself, without names of classes."""
    source = re.sub(r"{% block \w+_class %}.*?{% endblock %}", "", source)
    text, block, skipped = [], [], False
    for _line, kind, value in jinja2.Environment(autoescape=True).lexer.tokeniter(source, None):
        if kind == "block_begin":
            block = []
        elif kind == "name":
            block.append(value)
        elif kind == "block_end":
            skipped = block[:1] == ["trans"]
        elif kind == "data" and not skipped:
            text.append(value)
    return "".join(text)


def words_of_script(source: str) -> Iterator[str]:
    """Yield the strings of a script that people would read: Cyrillic, a sentence, a title."""
    code = re.sub(r"/\*.*?\*/|(?<!:)//[^\n]*", "", source, flags=re.DOTALL)
    for _quote, text in re.findall(r"([\"'`])((?:\\.|(?!\1).)*)\1", code):
        if re.search(r"[А-Яа-яЁё]|^[A-Z][a-z]+( [a-z]+)+[.…!?]?$", text):
            yield text
    shown = re.findall(r"(?:textContent|innerText|ariaLabel|title) = [\"'`]([^\"'`]+)", code)
    yield from filter(has_words, shown)


def has_words(text: str) -> bool:
    return re.search(r"[^\W\d_]{2,}", text) is not None


def is_attributes(text: str) -> bool:
    """Tell whether a macro wrote this inside a tag of its caller."""
    return re.fullmatch(r'(\s*[\w-]+="[^"]*")+\s*', text) is not None


def kinds_of_error(kind: type[PmoError] = PmoError) -> Iterator[type[PmoError]]:
    if kind.__module__.startswith("pmo."):
        yield kind
    for child in kind.__subclasses__():
        yield from kinds_of_error(child)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_template_says_nothing_past_the_catalogues(path: Path) -> None:
    source = "" if path.name in ENGLISH_ONLY else path.read_text(encoding="utf-8")

    assert list(words_of_template(source)) == []


@pytest.mark.parametrize(
    "planted",
    [
        "<p>Plain words</p>",
        "<p>{{ name }} по-русски</p>",
        '<a href="/" title="Plain words">{{ _("Words") }}</a>',
        '<div data-lost="No connection"></div>',
        '<b>{% if full %}{{ _("full") }}{% else %}vacant{% endif %}</b>',
        "{% trans %}Words{% endtrans %}<p>Plain words</p>",
    ],
)
def test_plain_words_in_a_template_would_be_found(planted: str) -> None:
    assert list(words_of_template(planted))


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_a_script_has_no_words_of_its_own(path: Path) -> None:
    source = "" if path.name in ENGLISH_ONLY else path.read_text(encoding="utf-8")

    assert list(words_of_script(source)) == []


@pytest.mark.parametrize(
    "planted", ['show("Карточка добавлена");', "say('The card was added.');", 'a.title = "Close";']
)
def test_words_in_a_script_would_be_found(planted: str) -> None:
    assert list(words_of_script(planted))


def test_the_catalogues_are_current_and_complete() -> None:
    check = [sys.executable, "tools/translations.py", "check"]

    done = subprocess.run(check, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603

    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("number", FORMS)
@pytest.mark.parametrize("message", COUNTED, ids=lambda message: message.id[0])
def test_a_number_gets_its_russian_form(message: Message, number: int) -> None:
    one, many = message.id

    assert RUSSIAN.ngettext(one, many, number) == message.string[FORMS[number]]


@pytest.mark.parametrize(
    ("number", "cards"),
    [
        (1, "1 карточка"),
        (3, "3 карточки"),
        (5, "5 карточек"),
        (11, "11 карточек"),
        (21, "21 карточка"),
    ],
)
def test_cards_are_counted_as_people_do(number: int, cards: str) -> None:
    said = RUSSIAN.ngettext("%(num)d card", "%(num)d cards", number)

    assert said % {"num": number} == cards


def test_russian_is_set_in_its_own_quotes_and_dashes() -> None:
    assert [text for text in TEXTS if re.search(r"[“”]|—|\w - \w", text)] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", labels.LABELS, ids=lambda kind: kind.__name__)
@pytest.mark.one_database
def test_every_member_of_a_closed_list_has_a_name(
    app: Flask, kind: EnumType, language: str
) -> None:
    with app.test_request_context(), force_locale("en"):
        names = [labels.label_of(member) for member in kind]

    assert all(CATALOGUES[language][name].string for name in names)


@pytest.mark.parametrize("kind", list(kinds_of_error()), ids=lambda kind: kind.__name__)
def test_every_error_can_be_said(kind: type[PmoError]) -> None:
    assert all(catalogue.get(kind.template) for catalogue in CATALOGUES.values())


def test_a_day_is_written_as_the_language_does() -> None:
    day = date(2026, 3, 9)

    assert [formats.day(day, language) for language in LANGUAGES] == ["09.03.2026", "9 Mar 2026"]


@pytest.mark.parametrize(("language", "title"), [("ru", "Моя работа"), ("en", "My work")])
@pytest.mark.one_database
def test_a_page_speaks_the_language_of_its_reader(
    client: FlaskClient, cast: Cast, language: str, title: str
) -> None:
    sign_in(client, "mila")
    client.set_cookie("pmo_language", language)

    page = BeautifulSoup(client.get("/my-work").text, "lxml")

    assert page.html is not None
    assert page.html["lang"] == language
    assert page.find("h1", string=title) is not None
