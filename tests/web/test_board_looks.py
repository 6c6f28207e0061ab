"""How a person looks at a board: lanes, order, density, folds; and moves between lanes."""

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from playhouse.test_utils import count_queries

from pmo.models import BoardLook, Event, Label, Task, TaskAssignee, TaskLabel, User
from pmo.services import tasks
from tests.cast import NOW, Cast, sign_in
from tests.corpus import PAYLOADS

HTMX = {"HX-Request": "true"}


@pytest.fixture
def mila(client: FlaskClient, cast: Cast) -> FlaskClient:
    return sign_in(client, "mila")


def board(cast: Cast) -> str:
    return f"/boards/{cast.orchard.board}"


def page(client: FlaskClient, cast: Cast, query: str = "") -> BeautifulSoup:
    return BeautifulSoup(client.get(board(cast) + query).text, "lxml")


def arrange(client: FlaskClient, cast: Cast, **look: str) -> None:
    assert client.post(f"{board(cast)}/look", data=look).status_code == 303


def lanes(found: BeautifulSoup) -> dict[str, list[str]]:
    return {
        lane.select(".lane__name")[0].text: [key.text for key in lane.select(".card b")]
        for lane in found.select(".lane")
    }


def move(client: FlaskClient, cast: Cast, lane: str, **more: object) -> int:
    data = {"column_id": cast.orchard.columns[1], "is_part": 1, "lane": lane, **more}
    answer = client.post(f"/tasks/{cast.orchard.tasks[0]}/placement", data=data, headers=HTMX)
    return answer.status_code


def test_lanes_are_cut_by_stage_by_person_and_by_label(mila: FlaskClient, cast: Cast) -> None:
    one, two, three = cast.orchard.tasks
    Task.update(stage=None).where(Task.id == three).execute()
    for login in ("mila", "lev"):
        TaskAssignee.create(task=two, user=cast.actor(login).user_id)
    TaskLabel.create(task=one, label=cast.orchard.labels[0])

    found = {}
    for kind in ("stage", "assignee", "label"):
        arrange(mila, cast, lanes=kind)
        found[kind] = lanes(page(mila, cast))

    assert found["stage"] == {
        "Stage 1": ["ШШ-1", "ШШ-2"],
        "Stage 2": [],
        "Without a stage": ["ШШ-3"],
    }
    assert found["assignee"] == {
        "Lev": [],
        "Mila": ["ШШ-1"],
        "Olga": [],
        "Several people": ["ШШ-2"],
        "Nobody": ["ШШ-3"],
    }
    assert found["label"] == {"Urgent": ["ШШ-1"], "Without labels": ["ШШ-2", "ШШ-3"]}


def test_a_look_is_one_persons_own_and_a_filter_stays(client: FlaskClient, cast: Cast) -> None:
    mila = sign_in(client, "mila")
    answer = mila.post(f"{board(cast)}/look?mine=1", data={"lanes": "stage"})

    assert answer.location == f"{board(cast)}?mine=1"
    assert lanes(page(mila, cast, "?mine=1"))["Stage 1"] == ["ШШ-1"]
    assert not page(sign_in(client, "lev"), cast).select(".lane")
    assert Event.select().count() == 0


@pytest.mark.parametrize(
    ("order", "found"),
    [
        ("place", ["ШШ-1", "ШШ-2", "ШШ-3"]),
        ("due", ["ШШ-2", "ШШ-1", "ШШ-3"]),
        ("weight", ["ШШ-3", "ШШ-1", "ШШ-2"]),
        ("title", ["ШШ-2", "ШШ-3", "ШШ-1"]),
        ("age", ["ШШ-3", "ШШ-1", "ШШ-2"]),
    ],
)
def test_cards_are_seen_in_the_wanted_order(
    mila: FlaskClient, cast: Cast, order: str, found: list[str]
) -> None:
    one, two, three = cast.orchard.tasks
    Task.update(title="ёлка", due_on="2025-02-02").where(Task.id == one).execute()
    Task.update(title="Аист", due_on="2025-02-01").where(Task.id == two).execute()
    old = NOW.replace(year=2024)
    Task.update(title="дом", weight=9, entered_at=old).where(Task.id == three).execute()

    arrange(mila, cast, order=order)

    shown = page(mila, cast)
    assert [key.text for key in shown.select(".card b")] == found
    assert bool(shown.select(".board--sorted")) == (order != "place")


def test_density_and_folded_columns_are_classes_of_the_board(mila: FlaskClient, cast: Cast) -> None:
    arrange(mila, cast, density="title")
    mila.post(f"{board(cast)}/folding", data={"fold": cast.orchard.columns[2]})
    folded = page(mila, cast).select("#board")[0]["class"]
    mila.post(f"{board(cast)}/folding", data={"unfold": cast.orchard.columns[2]}, headers=HTMX)

    assert {"board--title", "board--fold-3"} <= set(folded)
    assert "board--fold-3" not in page(mila, cast).select("#board")[0]["class"]


def test_a_folded_lane_is_remembered(mila: FlaskClient, cast: Cast) -> None:
    arrange(mila, cast, lanes="stage")
    key = f"stage-{cast.orchard.stages[0]}"

    answer = mila.post(f"{board(cast)}/folding", data={"fold_lane": key}, headers=HTMX)

    assert (answer.status_code, answer.data) == (204, b"")
    assert [it["id"] for it in page(mila, cast).select(".lane--folded")] == [f"lane-{key}"]


def test_a_column_of_another_board_cannot_be_folded(mila: FlaskClient, cast: Cast) -> None:
    answer = mila.post(f"{board(cast)}/folding", data={"fold": cast.harbour.columns[0]})

    assert answer.status_code == 404
    assert BoardLook.select().count() == 0


def test_a_card_in_another_lane_gets_what_the_lane_stands_for(
    mila: FlaskClient, cast: Cast
) -> None:
    one, stage, label = cast.orchard.tasks[0], cast.orchard.stages[1], cast.orchard.labels[0]

    moved = [
        move(mila, cast, f"stage-{stage}", from_lane="stage-0"),
        move(mila, cast, f"assignee-{cast.lev.user_id}", from_lane="assignee-0"),
        move(mila, cast, f"label-{label}", from_lane="label-0"),
    ]

    task = Task.get_by_id(one)
    assert moved == [200, 200, 200]
    assert (task.column_id, task.stage_id) == (cast.orchard.columns[1], stage)
    assert [it.user_id for it in task.assignments] == [cast.lev.user_id]
    assert [it.label_id for it in task.labelings] == [label]


def test_a_move_into_another_lane_is_one_act(mila: FlaskClient, cast: Cast) -> None:
    move(mila, cast, f"stage-{cast.orchard.stages[1]}", from_lane="stage-0")

    place, edit = Event.select().order_by(Event.id)
    assert (place.kind, edit.kind) == ("task.moved", "task.edited")
    assert edit.act_id == place.id


def test_several_people_cannot_be_told_by_a_lane_and_nothing_changes(
    mila: FlaskClient, cast: Cast
) -> None:
    one = cast.orchard.tasks[0]
    TaskAssignee.create(task=one, user=cast.lev.user_id)

    refused = [
        move(mila, cast, f"assignee-{cast.lev.user_id}", from_lane="assignee-several"),
        move(mila, cast, "label-several", from_lane="label-0"),
    ]

    assert refused == [409, 409]
    assert Task.get_by_id(one).column_id == cast.orchard.columns[0]
    assert Event.select().count() == 0


def test_things_of_another_project_are_no_lane(mila: FlaskClient, cast: Cast) -> None:
    answers = [
        move(mila, cast, f"{kind}-{id_}", from_lane=f"{kind}-0")
        for kind, id_ in (
            ("stage", cast.harbour.stages[0]),
            ("label", cast.harbour.labels[0]),
            ("assignee", cast.clea.user_id),
        )
    ]

    assert set(answers) <= {404, 422}
    assert Task.get_by_id(cast.orchard.tasks[0]).column_id == cast.orchard.columns[0]


def test_names_in_lanes_cannot_become_html(mila: FlaskClient, cast: Cast) -> None:
    for payload in PAYLOADS:
        Label.update(name=payload[:60]).where(Label.id == cast.orchard.labels[0]).execute()
        User.update(name=payload).where(User.login == "lev").execute()
        for kind in ("label", "assignee"):
            arrange(mila, cast, lanes=kind)
            found = page(mila, cast)
            names = [it.text[:60].strip() for it in found.select(".lane__name")]
            assert payload[:60].strip() in names
            assert not found.select("#board script, #board img, #board iframe, #board style")


def test_statements_of_lanes_do_not_grow_with_the_cards(mila: FlaskClient, cast: Cast) -> None:
    arrange(mila, cast, lanes="assignee")

    def count() -> int:
        with count_queries() as counted:
            page(mila, cast)
        return int(counted.count)

    few = count()
    for number in range(20):
        fields = {"title": f"More {number}", "assignee_ids": [cast.mila.user_id]}
        tasks.create(cast.orchard.columns[0], fields=fields, actor=cast.mila, at=NOW)

    assert count() == few


def test_the_api_keeps_the_same_look(mila: FlaskClient, cast: Cast) -> None:
    address = f"/api/v1/boards/{cast.orchard.board}/look"

    mila.put(address, json={"lanes": "label", "density": "compact"})
    mila.put(f"{address}/folding", json={"lane": "label-0", "is_folded": True})
    refused = mila.put(f"{address}/folding", json={"is_folded": True})

    assert mila.get(address).json == {
        "lanes": "label",
        "order": "place",
        "density": "compact",
        "folded_columns": [],
        "folded_lanes": ["label-0"],
    }
    assert refused.status_code == 422
