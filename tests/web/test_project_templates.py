"""Templates of projects on their pages, and an initiative that begins with one."""

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from pmo.models import Event, Label, Project, ProjectTemplate, Stage, Task
from tests.cast import Cast, sign_in
from tests.corpus import PAYLOADS


@pytest.fixture
def lev(client: FlaskClient, cast: Cast) -> FlaskClient:
    return sign_in(client, "lev")


def save(client: FlaskClient, cast: Cast, name: str = "Plan") -> int:
    address = f"/projects/{cast.orchard.project}/templates"
    saved = client.post(address, data={"name": name, "descriptions": "on", "passport": "on"})
    assert saved.status_code == 303
    return int(saved.location.rpartition("/")[2])


def soup(client: FlaskClient, address: str) -> BeautifulSoup:
    return BeautifulSoup(client.get(address).text, "lxml")


def send(client: FlaskClient, page: BeautifulSoup, button: str) -> BeautifulSoup:
    """Send the page's form by one of its buttons, as a browser without scripts does."""
    form = page.select_one("main form:has([name=step])")
    values = {it["name"]: it["value"] for it in form.select("input[type=hidden]")}
    answer = client.post(form["action"], data={**values, "step": button}, follow_redirects=True)
    assert answer.status_code == 200
    return BeautifulSoup(answer.text, "lxml")


def test_the_page_says_who_will_read_it_before_it_is_saved(lev: FlaskClient, cast: Cast) -> None:
    page = soup(lev, f"/projects/{cast.orchard.project}/templates")

    assert "Everybody in the office" in page.select_one(".notice--warning").text
    ticked = [it["name"] for it in page.select("[type=checkbox][checked]")]
    assert ticked == ["descriptions", "passport"]
    assert page.select_one("[name=academic_year]")["value"] == "2024"


def test_a_project_becomes_a_template_and_another_begins_with_it(
    lev: FlaskClient, cast: Cast
) -> None:
    template = save(lev, cast)
    mila = sign_in(lev, "mila")
    listed = soup(mila, "/project-templates")
    row = listed.select_one(f"#template-{template}")
    assert "From ШШ, 2024/25 · Lev" in row.text
    form = soup(mila, row.select_one("a.button")["href"])
    assert form.select_one("#field-project_template option[selected]")["value"] == str(template)

    typed = {"name": "New garden", "project_template": template, "academic_year": "2026"}
    looked = mila.post("/projects/new", data={**typed, "goal": "Grow"})

    look = BeautifulSoup(looked.text, "lxml")
    assert not Project.select().where(Project.name == "New garden").exists()
    assert "“Plan” for the academic year 2026/27" in look.text
    assert "Task 1 of Orchard" in look.text
    again = send(mila, look, "back")
    assert again.select_one("#field-name")["value"] == "New garden"
    assert again.select_one("#field-academic_year option[selected]")["value"] == "2026"
    assert again.select_one("#field-goal").text.strip() == "Grow"
    made = send(mila, look, "make")
    project = Project.get(Project.name == "New garden")
    assert project.code in made.select_one("h1").text
    assert Task.select().where(Task.project == project).count() == 3
    told = Event.get((Event.project == project) & (Event.kind == "project.proposed"))
    assert told.data["academic_year"] == 2026


def test_a_template_saved_again_meanwhile_is_looked_at_again(lev: FlaskClient, cast: Cast) -> None:
    template = save(lev, cast)
    typed = {"name": "New", "code": "НН", "project_template": template, "academic_year": "2026"}
    lev.post(
        f"/projects/{cast.orchard.project}/templates/{template}",
        data={"version": 1, "academic_year": "2024"},
    )

    made = lev.post("/projects/new", data={**typed, "template_version": 1, "step": "make"})

    assert made.status_code == 409
    assert "changed this since" in made.text
    assert ProjectTemplate.get_by_id(template).holds["passport"] is False
    assert not Project.select().where(Project.code == "НН").exists()


def test_without_a_template_an_initiative_is_made_at_once(lev: FlaskClient, cast: Cast) -> None:
    typed = {"name": "New", "project_template": "", "academic_year": "2026"}

    assert lev.post("/projects/new", data=typed).status_code == 303


def test_a_board_of_its_own_and_a_template_of_the_project_are_one_too_many(
    lev: FlaskClient, cast: Cast
) -> None:
    typed = {"name": "New", "academic_year": "2026", "project_template": "quality"}

    for step in ("look", "make"):
        refused = lev.post("/projects/new", data={**typed, "template": "event", "step": step})
        assert refused.status_code == 422
        assert "choose one of the two" in refused.text
    taken = lev.post("/projects/new", data={**typed, "code": "ШШ"})
    assert taken.status_code == 409
    assert "already in use" in taken.text


def test_names_in_use_and_stale_forms_come_back(lev: FlaskClient, cast: Cast) -> None:
    template = save(lev, cast)
    ada = sign_in(lev, "ada")
    other = save(ada, cast, "Other")

    again = ada.post(f"/projects/{cast.orchard.project}/templates", data={"name": "plan"})
    renamed = ada.post(f"/project-templates/{other}", data={"name": "Plan", "version": 1})
    stale = ada.post(f"/project-templates/{template}/removal", data={"version": 7})
    gone = ada.post(f"/project-templates/{template}/removal", data={"version": 1})

    assert [it.status_code for it in (again, renamed, stale, gone)] == [409, 409, 409, 303]
    assert "already in use" in again.text
    assert "already in use" in renamed.text


def test_only_the_heads_of_the_office_see_its_forms(lev: FlaskClient, cast: Cast) -> None:
    template = save(lev, cast)

    for login, count in (("ada", 2), ("lev", 0)):
        page = soup(sign_in(lev, login), f"/project-templates/{template}")
        assert len(page.select("main form")) == count
    assert sign_in(lev, "mila").get("/project-templates/999").status_code == 404


def test_a_template_built_in_shows_all_that_it_holds(lev: FlaskClient, cast: Cast) -> None:
    page = soup(lev, "/project-templates/lesson-study")

    text = page.select_one("main").text
    for told in ("Третий исследовательский урок", "Версия плана", "Исследуемый ученик B"):
        assert told in text


@pytest.mark.parametrize("text", PAYLOADS)
def test_texts_stay_text(lev: FlaskClient, cast: Cast, text: str) -> None:
    Task.update(title=text, description=text, expected_result=text, responsible=text).execute()
    Stage.update(name=text).execute()
    Label.update(name=text[:60]).execute()
    template = save(lev, cast, text)
    typed = {"name": text, "code": "НН", "project_template": template, "academic_year": "2026"}

    pages = [
        lev.get(address).text
        for address in (
            "/project-templates",
            f"/project-templates/{template}",
            f"/projects/{cast.orchard.project}/templates",
            "/projects/new",
        )
    ]
    pages.append(lev.post("/projects/new", data={**typed, "goal": text}).text)
    for page in pages:
        drawn = BeautifulSoup(page, "lxml")
        foreign = "main :is(script, img, style, iframe, [onerror], [onload], [onfocus])"
        assert not drawn.select(foreign)
