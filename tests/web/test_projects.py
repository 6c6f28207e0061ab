"""The registry, proposing an initiative, a project's page and its head."""

import re

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from pmo.domain.vocabulary import Gate
from pmo.models import Board, Membership, Passport, Project
from tests.cast import Cast, sign_in
from tests.corpus import PAYLOADS


def soup(answer: object) -> BeautifulSoup:
    return BeautifulSoup(answer.text, "lxml")  # type: ignore[attr-defined]


def shown_codes(answer: object) -> list[str]:
    return [link.text for link in soup(answer).select(".registry__code a")]


def proposal(**given: str) -> dict[str, str]:
    return {"code": "нк", "name": "Новый курс", "goal": "Цель", "relevance": "Надо", **given}


def head(cast: Cast, **given: str) -> dict[str, str]:
    return {
        "version": "1",
        "code": "ШШ",
        "name": "Школа – Школе",
        "short_name": "",
        "strategic_project_id": "",
        "lead_id": str(cast.lev.user_id),
        "weight": "2",
        **given,
    }


@pytest.mark.parametrize(
    ("login", "codes"),
    [("dina", ["ГВ", "ШШ"]), ("lev", ["ШШ"]), ("olga", ["ШШ"]), ("clea", ["ГВ"])],
)
def test_registry_shows_what_one_may_see(
    client: FlaskClient, cast: Cast, login: str, codes: list[str]
) -> None:
    answer = sign_in(client, login).get("/projects")

    assert answer.status_code == 200
    assert shown_codes(answer) == codes


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ({"search": "ORCH"}, ["ШШ"]),
        ({"search": "гв"}, ["ГВ"]),
        ({"search": "orchard harbour"}, []),
        ({"search": "%"}, ["ГВ", "ШШ"]),
        ({"gate": "closed"}, []),
        ({"gate": "", "lead_id": ""}, ["ГВ", "ШШ"]),
        ({"sort": "-code"}, ["ШШ", "ГВ"]),
        ({"mine": "on"}, []),
        ({"page": "2"}, []),
    ],
)
def test_registry_filters_and_sorts(
    client: FlaskClient, cast: Cast, query: dict[str, str], codes: list[str]
) -> None:
    answer = sign_in(client, "dina").get("/projects", query_string=query)

    assert shown_codes(answer) == codes


@pytest.mark.parametrize(
    "query",
    ["sort=id", "sort=name;drop", "gate=open", "page=0", "page=x", "lead_id=-1", "weight=1"],
)
def test_registry_refuses_what_is_not_on_its_lists(
    client: FlaskClient, cast: Cast, query: str
) -> None:
    assert sign_in(client, "dina").get(f"/projects?{query}").status_code == 422


def test_registry_without_projects_leads_to_a_proposal(client: FlaskClient, cast: Cast) -> None:
    Membership.delete().where(Membership.user == cast.olga.user_id).execute()

    page = soup(sign_in(client, "olga").get("/projects"))

    assert page.select_one(".empty a[href='/projects/new']")


def test_code_left_empty_is_made_from_the_name(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, "mila").post("/projects/new", data=proposal(code=""))

    assert Project.get(Project.name == "Новый курс").code == "НК"


def test_anyone_may_propose_an_initiative(client: FlaskClient, cast: Cast) -> None:
    answer = sign_in(client, "olga").post("/projects/new", data=proposal())

    project = Project.get(Project.code == "НК")
    assert answer.status_code == 303
    assert answer.location == f"/projects/{project.id}"
    assert (project.gate, project.lead_id) == (Gate.INITIATIVE, cast.olga.user_id)
    assert Passport.get(Passport.project == project).relevance == "Надо"
    assert Board.select().where(Board.project == project).count() == 1
    assert client.get(answer.location).status_code == 200


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"code": "Ш-1"}, "code"),
        ({"code": "ШШ"}, "code"),
        ({"code": "", "name": "«»"}, "code"),
        ({"name": "  "}, "name"),
        ({"name": "x" * 301}, "name"),
        ({"strategic_project_id": "999999"}, None),
        ({"goal": "a\x00b"}, "goal"),
    ],
)
def test_wrong_proposal_comes_back_as_typed(
    client: FlaskClient, cast: Cast, wrong: dict[str, str], field: str | None
) -> None:
    answer = sign_in(client, "mila").post("/projects/new", data=proposal(**wrong))

    page = soup(answer)
    assert answer.status_code in {409, 422}
    assert page.select_one("#field-relevance").text.strip() == "Надо"
    assert field is None or page.select_one(f"#error-{field}")
    assert Project.select().count() == 2


def test_free_code_is_suggested_when_the_code_is_taken(client: FlaskClient, cast: Cast) -> None:
    data = proposal(code="ШШ", name="Школа – Школе")

    page = soup(sign_in(client, "mila").post("/projects/new", data=data))

    assert "ШШ2" in page.select_one("#hint-code").text


def test_code_follows_the_name_until_it_is_typed(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, "mila")

    made = soup(client.get("/projects/new/code?name=Наставник рядом"))
    kept = soup(client.get("/projects/new/code?name=Наставник рядом&code=АБ"))

    assert made.input["value"] == "НР"
    assert kept.input["value"] == "АБ"


@pytest.mark.parametrize("extra", ["gate", "lead_id", "proposed_by", "id", "version", "weight"])
def test_proposal_takes_no_other_fields(client: FlaskClient, cast: Cast, extra: str) -> None:
    answer = sign_in(client, "mila").post("/projects/new", data=proposal(**{extra: "1"}))

    assert answer.status_code == 422
    assert Project.select().count() == 2


def test_page_says_what_there_is_to_say(client: FlaskClient, cast: Cast) -> None:
    page = soup(sign_in(client, "mila").get(f"/projects/{cast.orchard.project}"))

    assert "Project Orchard" in page.h1.text
    assert "The goal of Orchard" in page.select_one("#passport").text
    assert page.select_one(f"a[href='/projects/{cast.orchard.project}/board']")
    assert "not filled in" not in page.text
    assert not page.select("a[href$='/edit']")


def test_empty_fields_are_told_to_those_who_can_fill_them(client: FlaskClient, cast: Cast) -> None:
    page = soup(sign_in(client, "lev").get(f"/projects/{cast.orchard.project}"))

    assert "not filled in" in page.select_one("#passport").text


PAGES = ["", "/edit", "/passport/edit", "/gate", "/stages", "/members", "/labels"]


@pytest.mark.parametrize("path", PAGES)
def test_foreign_project_is_not_there(client: FlaskClient, cast: Cast, path: str) -> None:
    answer = sign_in(client, "clea").get(f"/projects/{cast.orchard.project}{path}")

    assert answer.status_code == 404


@pytest.mark.parametrize("path", PAGES)
def test_every_page_opens_for_the_lead(client: FlaskClient, cast: Cast, path: str) -> None:
    assert sign_in(client, "lev").get(f"/projects/{cast.orchard.project}{path}").status_code == 200


@pytest.mark.parametrize("login", ["mila", "olga"])
@pytest.mark.parametrize("path", [page for page in PAGES if page not in {"", "/gate"}])
def test_editing_pages_are_closed_to_others(
    client: FlaskClient, cast: Cast, login: str, path: str
) -> None:
    assert sign_in(client, login).get(f"/projects/{cast.orchard.project}{path}").status_code == 403


def test_lead_edits_the_head(client: FlaskClient, cast: Cast) -> None:
    answer = sign_in(client, "lev").post(
        f"/projects/{cast.orchard.project}/edit", data=head(cast, code="шк")
    )

    project = Project.get_by_id(cast.orchard.project)
    assert answer.status_code == 303
    assert (project.code, project.name, project.short_name) == (
        "ШК",
        "Школа – Школе",
        "Школа – Школе",
    )
    assert (project.weight, project.strategic_project_id, project.version) == (2, None, 2)
    assert project.search == "школа школе школа школе шк"


def test_stale_head_keeps_what_was_typed_and_shows_both(client: FlaskClient, cast: Cast) -> None:
    Project.update(version=2, name="Theirs").where(Project.id == cast.orchard.project).execute()

    answer = sign_in(client, "lev").post(
        f"/projects/{cast.orchard.project}/edit", data=head(cast, name="Mine")
    )

    page = soup(answer)
    assert answer.status_code == 409
    assert page.select_one("#field-name")["value"] == "Mine"
    assert "Theirs" in [part.text for part in page.select(".theirs")]
    assert page.select_one("input[name=version]")["value"] == "2"
    assert Project.get_by_id(cast.orchard.project).name == "Theirs"


@pytest.mark.parametrize("login", ["mila", "olga", "clea"])
def test_head_is_closed_to_others(client: FlaskClient, cast: Cast, login: str) -> None:
    answer = sign_in(client, login).post(f"/projects/{cast.orchard.project}/edit", data=head(cast))

    assert answer.status_code == (404 if login == "clea" else 403)
    assert Project.get_by_id(cast.orchard.project).version == 1


@pytest.mark.parametrize("payload", PAYLOADS)
def test_payloads_are_inert_on_every_page(client: FlaskClient, cast: Cast, payload: str) -> None:
    sign_in(client, "lev")
    data = proposal(name=payload[:300], short_name=payload[:120], goal=payload, unique_idea=payload)
    place = client.post("/projects/new", data=data).location

    for address in (
        place,
        f"{place}/edit",
        f"{place}/passport/edit",
        "/projects",
        "/projects/board",
    ):
        page = soup(client.get(address))
        assert not page.select("main script, main iframe, main img, main svg[onload], main style")
        assert not page.find_all(lambda tag: any(name.startswith("on") for name in tag.attrs))
        assert not page.find_all(href=re.compile(r"^\s*(javascript|data|vbscript):", re.I))
