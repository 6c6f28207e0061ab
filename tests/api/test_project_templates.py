"""Templates of projects by the API."""

from flask.testing import FlaskClient

from pmo.models import Project, Task
from tests.cast import Cast, bearer


def test_a_template_lives_by_the_api(client: FlaskClient, cast: Cast) -> None:
    lev, ada = bearer("lev"), bearer("ada")
    address = f"/api/v1/projects/{cast.orchard.project}/templates"
    key = {"Idempotency-Key": "one"}

    saved = client.post(address, json={"name": "Plan", "passport": False}, headers={**lev, **key})
    again = client.post(address, json={"name": "Plan", "passport": False}, headers={**lev, **key})

    assert saved.status_code == 201
    assert again.json == saved.json
    assert saved.json["holds"]["tasks"] == 3
    assert saved.json["holds"]["passport"] is False
    assert (saved.json["source"], saved.json["academic_year"]) == ("ШШ", 2024)
    own, tag = saved.location, saved.headers["ETag"]
    put = client.put(
        f"{address}/{saved.json['id']}",
        json={"columns": True, "academic_year": 2023},
        headers={**lev, "If-Match": tag},
    )
    assert (put.status_code, put.json["version"], put.json["academic_year"]) == (200, 2, 2023)
    forbidden = client.patch(own, json={"name": "B"}, headers={**lev, "If-Match": "*"})
    stale = client.patch(own, json={"name": "B"}, headers={**ada, "If-Match": tag})
    renamed = client.patch(
        own, json={"name": "B"}, headers={**ada, "If-Match": put.headers["ETag"]}
    )
    assert [forbidden.status_code, stale.status_code, renamed.status_code] == [403, 412, 200]
    shown = client.get(own, headers=lev)
    assert shown.json["tasks"][0]["column"] == "c1"
    assert shown.json["name"] == "B"
    gone = client.delete(own, headers={**ada, "If-Match": shown.headers["ETag"]})
    assert gone.status_code == 204
    assert client.get(own, headers=lev).status_code == 404


def test_a_start_is_looked_at_and_made(client: FlaskClient, cast: Cast) -> None:
    mila = bearer("mila")
    looked = client.get(
        "/api/v1/project-templates/built-in/mentoring?academic_year=2026", headers=mila
    )

    made = client.post(
        "/api/v1/projects",
        json={
            "code": "НП",
            "name": "Pairs",
            "project_template": "mentoring",
            "academic_year": 2026,
        },
        headers=mila,
    )

    assert (looked.json["academic_year"], looked.json["planned_for"]) == (2025, 2026)
    assert looked.json["stages"][0]["period"]["text"] == "сентябрь 2026"
    assert looked.json["stages"][0]["was"]["text"] == "сентябрь 2025"
    assert {it["kind"] for it in looked.json["doubts"]} == {"day_off"}
    assert made.status_code == 201
    assert [it["name"] for it in made.json["stages"]] == [
        it["name"] for it in looked.json["stages"]
    ]
    tasks = Task.select().join(Project).where(Project.code == "НП").order_by(Task.number)
    assert [it.due_on.isoformat() for it in tasks] == [it["due_on"] for it in looked.json["tasks"]]


def test_template_and_year_come_together(client: FlaskClient, cast: Cast) -> None:
    proposal = {"code": "НП", "name": "Pairs"}
    for more, pointer in (
        ({"project_template": "quality"}, "/academic_year"),
        ({"academic_year": 2026}, "/academic_year"),
        ({"project_template": "quality", "academic_year": 1800}, "/academic_year"),
    ):
        refused = client.post("/api/v1/projects", json={**proposal, **more}, headers=bearer("mila"))
        assert refused.status_code == 422
        assert refused.json["errors"][0]["pointer"] == f"#{pointer}"
    missing = {"project_template": "none", "academic_year": 2026}
    lost = client.post("/api/v1/projects", json={**proposal, **missing}, headers=bearer("mila"))
    assert lost.status_code == 404


def test_templates_built_in_are_got_by_key(client: FlaskClient, cast: Cast) -> None:
    mila = bearer("mila")

    listed = client.get("/api/v1/project-templates", headers=mila).json["items"]
    board = client.get("/api/v1/board-templates/built-in/event", headers=mila)

    assert [it["key"] for it in listed] == ["quality", "lesson-study", "mentoring"]
    assert (board.json["key"], board.json["id"]) == ("event", None)
    for address in ("board-templates/built-in/none", "project-templates/built-in/1"):
        assert client.get(f"/api/v1/{address}", headers=mila).status_code == 404
