"""Notifications through the API."""

from flask.testing import FlaskClient

from pmo.domain.vocabulary import TokenScope
from pmo.services import comments
from tests.cast import NOW, Cast, bearer


def test_they_are_listed_read_and_muted(client: FlaskClient, cast: Cast) -> None:
    comments.add(cast.orchard.tasks[0], text="@mila, look", actor=cast.lev, at=NOW)
    headers = bearer("mila")

    listed = client.get("/api/v1/notifications", headers=headers).json
    assert listed is not None
    [told] = listed["items"]
    read = client.put(f"/api/v1/notifications/{told['id']}/reading", headers=headers)
    after = client.get("/api/v1/notifications", headers=headers).json
    muted = client.put(
        f"/api/v1/projects/{cast.orchard.project}/muting", json={"is_muted": True}, headers=headers
    )

    assert (told["kind"], told["fragment"], told["actor"]) == ("mention", "@mila, look", "Lev")
    assert listed["unread"] == 1
    assert read.status_code == 204
    assert after is not None
    assert (after["items"], after["unread"]) == ([], 0)
    assert muted.json == {"is_muted": True}
    state = client.get(f"/api/v1/projects/{cast.orchard.project}/muting", headers=headers)
    assert state.json == {"is_muted": True}


def test_a_reading_token_marks_nothing(client: FlaskClient, cast: Cast) -> None:
    comments.add(cast.orchard.tasks[0], text="@mila, look", actor=cast.lev, at=NOW)
    headers = bearer("mila", TokenScope.READ)

    answer = client.post("/api/v1/notifications/reading", json={}, headers=headers)

    listed = client.get("/api/v1/notifications", headers=headers).json
    assert listed is not None
    assert (answer.status_code, listed["unread"]) == (403, 1)
