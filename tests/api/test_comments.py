"""Comments through the API."""

from flask.testing import FlaskClient

from pmo.models import Comment
from tests.cast import Cast, bearer


def test_a_comment_lives_its_life(client: FlaskClient, cast: Cast) -> None:
    headers, address = bearer("mila"), f"/api/v1/tasks/{cast.orchard.tasks[0]}/comments"

    made = client.post(address, json={"text": "Ask @lev"}, headers=headers)
    place, tag = made.headers["Location"], made.headers["ETag"]
    edited = client.patch(place, json={"text": "Ask him"}, headers={**headers, "If-Match": tag})
    stale = client.patch(place, json={"text": "Ask her"}, headers={**headers, "If-Match": tag})
    wordings = client.get(f"{place}/wordings", headers=headers).json
    gone = client.delete(place, headers={**headers, "If-Match": edited.headers["ETag"]})
    listed = client.get(address, headers=headers).json

    task, project = cast.orchard.tasks[0], cast.orchard.project
    for journal in (f"tasks/{task}/history", f"projects/{project}/events"):
        told = client.get(f"/api/v1/{journal}", headers=headers)
        assert '"comment.edited"' in told.text
        assert not {"Ask him", "Ask @lev"} & {*told.text.split('"')}
    assert made.status_code == 201
    assert made.json is not None
    assert made.json["mentions"] == ["lev"]
    assert (edited.status_code, stale.status_code, gone.status_code) == (200, 412, 204)
    assert wordings is not None
    assert [it["text"] for it in wordings["items"]] == ["Ask him", "Ask @lev"]
    assert listed is not None
    assert (listed["total"], listed["items"][0]["text"]) == (0, "")
    assert listed["items"][0]["removed_by"] == "Mila"
    assert client.get(place, headers=headers).status_code == 404


def test_a_version_is_asked_for(client: FlaskClient, cast: Cast) -> None:
    headers, address = bearer("mila"), f"/api/v1/tasks/{cast.orchard.tasks[0]}/comments"
    place = client.post(address, json={"text": "So"}, headers=headers).headers["Location"]

    answers = (
        client.patch(place, json={"text": "No"}, headers=headers),
        client.delete(place, headers=headers),
    )

    assert {answer.status_code for answer in answers} == {428}


def test_the_same_key_comments_once(client: FlaskClient, cast: Cast) -> None:
    headers = {**bearer("mila"), "Idempotency-Key": "one"}
    address = f"/api/v1/tasks/{cast.orchard.tasks[0]}/comments"

    first, second = (client.post(address, json={"text": "So"}, headers=headers) for _ in "ab")

    assert first.json == second.json
    assert Comment.select().count() == 1


def test_unknown_fields_are_refused(client: FlaskClient, cast: Cast) -> None:
    address = f"/api/v1/tasks/{cast.orchard.tasks[0]}/comments"

    answer = client.post(address, json={"text": "So", "author": "lev"}, headers=bearer("mila"))

    assert answer.status_code == 422
