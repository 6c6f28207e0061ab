"""What templates use: days, moments, labels, Markdown."""

from datetime import UTC, date, datetime
from enum import StrEnum

import pytest
from flask import Flask, render_template_string
from flask.testing import FlaskClient
from jinja2 import UndefinedError

from pmo.domain import vocabulary
from pmo.http import labels, markdown
from tests.cast import Cast, sign_in

pytestmark = pytest.mark.one_database

HARM = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[link](javascript:alert(1))",
    "[link](JaVaScRiPt:alert(1))",
    "[link](data:text/html;base64,PHNjcmlwdD4=)",
    "[link](vbscript:x)",
    "![picture](https://evil.example/pixel.png)",
    "<a href='x' onclick='alert(1)'>x</a>",
    "<svg onload=alert(1)>",
    "<style>*{display:none}</style>",
    "<iframe src=//evil.example></iframe>",
    "<form action=//evil.example><input name=a></form>",
    '<p style="position:fixed">x</p>',
    '[x](https://a.example/"onmouseover=alert(1))',
]


@pytest.mark.parametrize("text", HARM)
def test_markdown_can_do_no_harm(text: str) -> None:
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(markdown.to_html(text), "lxml")

    allowed = markdown.TAGS | {"html", "body", "p"}
    for element in soup.find_all(True):
        assert element.name in allowed
        assert set(element.attrs) <= {"href", "title", "rel", "start"}
        assert not str(element.get("href", "")).lower().startswith(("javascript", "data", "vb"))


def test_markdown_is_drawn() -> None:
    html = markdown.to_html("**so**\nnext\n\n- one\n- two\n\n[a](https://a.example)")

    assert "<strong>so</strong><br>" in html
    assert html.count("<li>") == 2
    assert 'rel="noopener noreferrer nofollow"' in html


def test_pathological_markdown_is_drawn_in_time() -> None:
    markdown.to_html("[" * 20_000)
    markdown.to_html("*a_ " * 5_000)
    markdown.to_html("> " * 10_000)


@pytest.mark.parametrize(
    ("language", "day", "moment"),
    [("ru", "05.03.2025", "15.01.2025, 12:00"), ("en", "5 Mar 2025", "15 Jan 2025, 12:00")],
)
def test_days_and_moments_at_the_office(
    app: Flask, cast: Cast, language: str, day: str, moment: str
) -> None:
    with app.test_request_context(headers={"Accept-Language": language}):
        shown = render_template_string(
            "{{ day|date }}|{{ moment|datetime }}|{{ none|date }}",
            day=date(2025, 3, 5),
            moment=datetime(2025, 1, 15, 9, 0, tzinfo=UTC),
        )

    assert shown == f"{day}|{moment}|"


def test_moment_near_midnight_falls_on_the_day_of_the_office(app: Flask) -> None:
    with app.test_request_context():
        shown = render_template_string(
            "{{ moment|date }}", moment=datetime(2025, 1, 15, 22, 30, tzinfo=UTC)
        )

    assert shown == "16 Jan 2025"


@pytest.mark.parametrize("members", labels.LABELS)
def test_every_member_has_a_label(app: Flask, members: type[StrEnum]) -> None:
    with app.test_request_context():
        names = [labels.label_of(member) for member in members]

    assert all(names)
    assert len(set(names)) == len(names)


def test_every_closed_list_has_labels() -> None:
    lists = {
        found
        for found in vars(vocabulary).values()
        if isinstance(found, type) and issubclass(found, StrEnum) and found is not StrEnum
    }

    assert lists <= set(labels.LABELS)


def test_name_that_is_not_there_is_an_error_in_tests(app: Flask) -> None:
    with app.test_request_context(), pytest.raises(UndefinedError):
        render_template_string("{{ no_such_name }}")


def test_sections_are_marked_where_one_is(client: FlaskClient, cast: Cast) -> None:
    from bs4 import BeautifulSoup

    sign_in(client, "ada")

    soup = BeautifulSoup(client.get("/users/new").text, "lxml")

    [present] = soup.select("nav [aria-current=page]")
    assert present["href"] == "/users"


def test_only_the_administrator_is_offered_the_accounts(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, "lev")

    assert 'href="/users"' not in client.get("/account").text
