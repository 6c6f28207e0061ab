"""Files of tasks by program."""

from io import BytesIO
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict

from pmo.config import Settings
from pmo.models import Attachment
from tests.cast import Cast, bearer
from tests.files import attach


def send(client: FlaskClient, cast: Cast, content: bytes = b"Agenda", **headers: str):
    return client.post(
        f"/api/v1/tasks/{cast.orchard.tasks[0]}/attachments",
        data={"file": (BytesIO(content), "agenda.txt")},
        headers={**bearer("mila"), **headers},
    )


def test_a_file_goes_in_and_out(client: FlaskClient, cast: Cast) -> None:
    made = send(client, cast)
    mine = bearer("mila")
    place = made.headers["Location"]

    assert made.status_code == 201
    assert made.json["media_type"] == "text/plain"
    assert client.get(place, headers=mine).json == made.json
    content = client.get(f"{place}/content", headers=mine, buffered=True)
    assert content.data == b"Agenda"
    assert content.headers["ETag"] == f'"{made.json["sha256"]}"'
    index = client.get(f"/api/v1/tasks/{cast.orchard.tasks[0]}/attachments", headers=mine)
    assert index.json == {"items": [made.json]}
    assert client.delete(place, headers=mine).status_code == 204
    assert client.get(place, headers=mine).status_code == 404


def test_the_same_key_attaches_once(client: FlaskClient, cast: Cast) -> None:
    first = send(client, cast, **{"Idempotency-Key": "one"})
    again = send(client, cast, **{"Idempotency-Key": "one"})
    other = send(client, cast, b"Other", **{"Idempotency-Key": "one"})

    assert again.json == first.json
    assert again.headers["Idempotent-Replayed"] == "true"
    assert other.status_code == 422
    assert Attachment.select().count() == 1


@pytest.mark.parametrize(
    "parts",
    [
        [],
        [("file", "text")],
        [("file", b"a"), ("task_id", "1")],
        [("file", b"a"), ("other", b"b")],
        [("file", b"a"), ("file", b"b")],
        [("file", b"")],
    ],
    ids=["nothing", "text", "field", "stranger", "twice", "empty"],
)
def test_what_is_no_file_is_refused(
    client: FlaskClient, cast: Cast, parts: list[tuple[str, str | bytes]]
) -> None:
    data: MultiDict[str, Any] = MultiDict(
        (name, value if isinstance(value, str) else (BytesIO(value), "a")) for name, value in parts
    )
    answer = client.post(
        f"/api/v1/tasks/{cast.orchard.tasks[0]}/attachments",
        data=data,
        headers=bearer("mila"),
        content_type="multipart/form-data",
    )

    assert answer.status_code == 422
    assert not Attachment.select().exists()


def test_a_strangers_file_does_not_exist(
    client: FlaskClient, cast: Cast, settings: Settings
) -> None:
    made = attach(cast.harbour, cast.clea, settings)

    answers = [
        client.get(f"/api/v1/attachments/{made}", headers=bearer("mila")),
        client.get(f"/api/v1/attachments/{made}/content", headers=bearer("mila")),
        client.delete(f"/api/v1/attachments/{made}", headers=bearer("mila")),
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert Attachment.select().exists()
