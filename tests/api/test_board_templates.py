"""Templates of boards through the API."""

from collections.abc import Callable

from tests.api.conftest import Caller
from tests.cast import Cast


def test_a_template_is_saved_used_renamed_and_removed(
    lev: Caller, caller: Callable[..., Caller], cast: Cast
) -> None:
    dina, clea = caller("dina"), caller("clea")

    saved = lev("POST", f"/boards/{cast.orchard.board}/templates", {"name": "Ours"})
    taken = lev("POST", f"/boards/{cast.orchard.board}/templates", {"name": "ours"})
    address = f"/board-templates/{saved.json['id']}"
    made = clea(
        "POST",
        f"/projects/{cast.harbour.project}/boards",
        {"name": "Second", "template": saved.json["key"]},
    )
    renamed = dina.edit(address, {"name": "Theirs"})
    stale = dina("DELETE", address, If_Match=saved.headers["ETag"])
    forbidden = lev("DELETE", address, If_Match=renamed.headers["ETag"])
    names = [it["name"] for it in lev.get("/board-templates")["items"]]
    removed = dina("DELETE", address, If_Match=renamed.headers["ETag"])

    statuses = [it.status_code for it in (saved, taken, made, renamed, stale, forbidden, removed)]
    assert statuses == [201, 409, 201, 200, 412, 403, 204], made.text
    columns = clea.get(f"/boards/{made.json['id']}")["columns"]
    assert [it["head"]["name"] for it in columns] == ["Queue", "In progress", "Waiting", "Done"]
    assert names[-1] == "Theirs"
    assert lev("GET", address).status_code == 404


def test_a_template_built_in_is_listed_and_used(lev: Caller, cast: Cast) -> None:
    listed = {it["key"]: it for it in lev.get("/board-templates")["items"]}
    made = lev(
        "POST", f"/projects/{cast.orchard.project}/boards", {"name": "Day", "template": "event"}
    )
    proposed = lev("POST", "/projects", {"code": "НП", "name": "Пары", "template": "mentoring"})

    columns = [it["head"]["name"] for it in lev.get(f"/boards/{made.json['id']}")["columns"]]
    assert (listed["event"]["id"], listed["event"]["version"]) == (None, None)
    assert columns == listed["event"]["columns"]
    [first] = lev.get(f"/projects/{proposed.json['id']}/boards")["items"]
    board = lev.get(f"/boards/{first['id']}")["columns"]
    assert [it["head"]["name"] for it in board] == listed["mentoring"]["columns"]


def test_a_foreign_board_or_project_gives_and_takes_no_template(
    lev: Caller, caller: Callable[..., Caller], cast: Cast
) -> None:
    mila, clea = caller("mila"), caller("clea")
    board, project = f"/boards/{cast.orchard.board}", f"/projects/{cast.orchard.project}"

    for who, status in ((clea, 404), (mila, 403)):
        assert who("POST", f"{board}/templates", {"name": "X"}).status_code == status
        refused = who("POST", f"{project}/boards", {"name": "X", "template": "event"})
        assert refused.status_code == status
    for template, status in (("none", 404), ("0", 404), ("9" * 18, 404), ("", 422), (7, 422)):
        refused = lev("POST", f"{project}/boards", {"name": "X", "template": template})
        assert refused.status_code == status, template
    more = lev("POST", f"{board}/templates", {"name": "X", "content": {"columns": []}})
    assert more.status_code == 422
    assert len(lev.get("/board-templates")["items"]) == 4
    assert len(lev.get(f"{project}/boards")["items"]) == 1
