"""Files of a task through their pages."""

from io import BytesIO

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from pmo.config import Settings
from pmo.models import Attachment
from tests.cast import Cast, sign_in
from tests.corpus import PAYLOADS
from tests.files import GIF, HTML, JPEG, SVG, WEBP, attach, png

MEGABYTE = 1024 * 1024


def send(client: FlaskClient, cast: Cast, *files: tuple[bytes, str], **headers: str):
    answer = client.post(
        f"/tasks/{cast.orchard.tasks[0]}/attachments",
        data={"files": [(BytesIO(content), name) for content, name in files]},
        headers=headers,
    )
    answer.request.environ["wsgi.input"].close()  # the client leaves a large body open
    return answer


def test_several_files_are_attached_by_a_plain_form(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, "mila")

    answer = send(client, cast, (b"one", "one.txt"), (png(), "two.png"))
    page = BeautifulSoup(client.get(f"/tasks/{cast.orchard.tasks[0]}").text, "lxml")

    assert answer.status_code == 303
    assert answer.location.endswith("#attachments")
    assert [it.text for it in page.select("#attachments .file__name")] == ["one.txt", "two.png"]
    assert len(page.select("#attachments img")) == 1
    assert "attached “two.png”" in page.select_one(".history").text


def test_htmx_gets_the_section_and_the_card(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, "mila")

    answer = send(client, cast, (b"one", "one.txt"), **{"HX-Request": "true"})

    page = BeautifulSoup(answer.text, "lxml")
    assert page.select_one("section#attachments .file__name").text == "one.txt"
    assert page.select_one(f"li#task-{cast.orchard.tasks[0]}")


def test_a_form_without_a_file_is_refused(client: FlaskClient, cast: Cast) -> None:
    answer = send(sign_in(client, "mila"), cast, (b"", ""))

    assert answer.status_code == 422


def test_each_file_may_have_the_full_size(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, "mila")
    large = b"x" * (32 * MEGABYTE)

    assert send(client, cast, (large, "a"), (large + b"y", "b")).status_code == 422
    assert send(client, cast, (large, "a"), (large[:-1] + b"y", "b")).status_code == 303
    assert send(client, cast, (b"x" * (130 * MEGABYTE), "c")).status_code == 413


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (HTML, "application/octet-stream"),
        (SVG, "application/octet-stream"),
        (b"<?xml version='1.0'?><a/>", "application/octet-stream"),
        (b"%PDF-1.7\n", "application/pdf"),
        (png(), "image/png"),
    ],
    ids=["html", "svg", "xml", "pdf", "png"],
)
def test_a_file_is_saved_and_never_shown(
    client: FlaskClient, cast: Cast, settings: Settings, content: bytes, kind: str
) -> None:
    made = attach(cast.orchard, cast.mila, settings, content, "photo.png")

    answer = sign_in(client, "olga").get(f"/attachments/{made}", buffered=True)

    assert answer.data == content
    assert answer.headers["Content-Type"] == kind
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers.getlist("Content-Security-Policy") == [
        "sandbox; default-src 'none'; frame-ancestors 'none'"
    ]
    assert answer.headers["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize("content", [png(), GIF, JPEG, WEBP], ids=["png", "gif", "jpeg", "webp"])
def test_a_picture_is_shown(
    client: FlaskClient, cast: Cast, settings: Settings, content: bytes
) -> None:
    made = attach(cast.orchard, cast.mila, settings, content)

    answer = sign_in(client, "olga").get(f"/attachments/{made}/preview", buffered=True)

    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"] == "inline"
    assert answer.headers["Content-Type"].startswith("image/")
    assert "sandbox" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "content",
    [SVG, HTML, b"%PDF-1.7\n", png(17_000, 1), png()[:20]],
    ids=["svg", "html", "pdf", "too wide", "cut"],
)
def test_anything_else_is_never_shown(
    client: FlaskClient, cast: Cast, settings: Settings, content: bytes
) -> None:
    made = attach(cast.orchard, cast.mila, settings, content, "photo.png")

    assert (
        sign_in(client, "olga").get(f"/attachments/{made}/preview", buffered=True).status_code
        == 404
    )


def test_who_has_a_file_gets_no_bytes_again(
    client: FlaskClient, cast: Cast, settings: Settings
) -> None:
    made = attach(cast.orchard, cast.mila, settings)
    sign_in(client, "olga")
    tag = client.get(f"/attachments/{made}", buffered=True).headers["ETag"]

    again = client.get(f"/attachments/{made}", buffered=True, headers={"If-None-Match": tag})

    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("отчёт за год.docx", "filename*=UTF-8''%D0%BE%D1%82%D1%87%D1%91%D1%82"),
        ('a"; filename="evil.exe', 'filename="a_ filename_evil.exe"'),
        ("x\r\nSet-Cookie: a=b", "filename*=UTF-8''x%20Set-Cookie%3A%20a%3Db"),
        ("invoice\u202efdp.exe", 'filename="invoicefdp.exe"'),
    ],
)
def test_a_name_cannot_leave_its_header(
    client: FlaskClient, cast: Cast, settings: Settings, name: str, told: str
) -> None:
    made = attach(cast.orchard, cast.mila, settings, b"x", name)

    answer = sign_in(client, "olga").get(f"/attachments/{made}", buffered=True)

    assert told in answer.headers["Content-Disposition"]
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_name_stays_text(
    client: FlaskClient, cast: Cast, settings: Settings, payload: str
) -> None:
    attach(cast.orchard, cast.mila, settings, b"x", payload.replace("/", "|"))

    page = BeautifulSoup(
        sign_in(client, "mila").get(f"/tasks/{cast.orchard.tasks[0]}").text, "lxml"
    )

    assert page.select_one(".file__name").text == Attachment.get().name
    assert not page.select("[onerror],[onload],[onfocus],#attachments script,iframe")


def test_a_file_is_removed_by_a_plain_form(
    client: FlaskClient, cast: Cast, settings: Settings
) -> None:
    made = attach(cast.orchard, cast.mila, settings)
    sign_in(client, "mila")

    answer = client.post(f"/attachments/{made}/removal")

    offered = BeautifulSoup(client.get(answer.location).text, "lxml").select_one("[data-undo] form")
    assert answer.status_code == 303
    assert client.get(f"/attachments/{made}", buffered=True).status_code == 404
    client.post(offered["action"])
    back = Attachment.get().id
    assert client.get(f"/attachments/{back}", buffered=True).data == png()


def test_an_observer_sees_files_and_no_forms(
    client: FlaskClient, cast: Cast, settings: Settings
) -> None:
    attach(cast.orchard, cast.mila, settings)

    page = BeautifulSoup(
        sign_in(client, "olga").get(f"/tasks/{cast.orchard.tasks[0]}").text, "lxml"
    )

    assert page.select("#attachments .file")
    assert not page.select("#attachments form")


def test_a_lost_file_is_nothing_here(client: FlaskClient, cast: Cast, settings: Settings) -> None:
    made = attach(cast.orchard, cast.mila, settings)
    next(settings.attachments_dir.glob("??/??/*")).unlink()

    assert sign_in(client, "olga").get(f"/attachments/{made}", buffered=True).status_code == 404
