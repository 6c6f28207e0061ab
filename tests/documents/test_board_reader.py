"""Reading boards of other programs."""

import json
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmo.documents import board_reader, trello_reader
from pmo.domain import board_plans as plans
from pmo.errors import FileRefused
from tests.outside import CSV, TRELLO, trello

MOSCOW = ZoneInfo("Europe/Moscow")


def plan(data: bytes, name: str = "board.csv") -> dict[str, Any]:
    return board_reader.plan_of(*board_reader.content_of(data, name, office=MOSCOW))


def test_a_board_of_trello_keeps_its_order_and_all_that_fits() -> None:
    read = plan(trello(), "board.json")

    assert read["lists"] == ["queue", "Готово", "Old"]
    assert [card["title"][:8] for card in read["cards"]] == [
        "Closed",
        "Of a clo",
        "xxxxxxxx",
        "First",
        "Second",
    ]
    first, second = read["cards"][3:]
    assert first["checklist"] == [["one", True], ["two", False]]
    assert [text.splitlines()[0] for text in first["comments"]] == [
        "Nobody Known, 2024-05-01:",
        "Mila, 2024-05-02:",
    ]
    assert (second["due_on"], second["people"], second["labels"]) == ("2025-03-02", [0, 2], [0, 1])
    assert [card["is_archived"] for card in read["cards"][:2]] == [True, True]
    assert (first["due_on"], first["is_complete"]) == ("2025-03-01", True)
    assert read["labels"] == [["urgent", "red"], ["", "green"]]
    assert read["closed"] == [2]
    assert [facts.get("title") for _template, facts in read["doubts"]] == [
        None,
        None,
        *["x" * 40] * 2,
    ]


def test_what_is_not_taken_over_is_told_and_counted() -> None:
    left = plan(trello(), "board.json")["left"]

    assert [(template, facts.get("count")) for template, facts in left] == [
        (trello_reader.LEFT_FILES, 2),
        (trello_reader.LEFT_COMMENTS, 3),
        (trello_reader.LEFT_STARTS, 1),
        (trello_reader.LEFT_TEMPLATES, 1),
        (trello_reader.AUTHORS, 2),
        (trello_reader.LEFT_ALWAYS, None),
    ]


def test_a_table_is_read_by_its_headings() -> None:
    read = plan(CSV.encode())

    cards = read["cards"]
    assert [card["title"] for card in cards] == ["Семинар", "=1+1", "Встреча", "Лишнее"]
    assert read["lists"] == ["Queue", "Новая"]
    assert (cards[0]["due_on"], cards[0]["weight"]) == ("2025-10-31", 3)
    assert cards[0]["description"] == "Строка\nвторая"
    assert [read["people"][place][0] for place in cards[0]["people"]] == ["Mila", "Кто-то"]
    assert [(template, facts["line"]) for template, facts in read["doubts"]] == [
        (plans.NO_TITLE, 5),
        (plans.NO_LIST, 6),
        (plans.NO_DATE, 6),
        (plans.NO_WEIGHT, 6),
        (plans.WIDE, 7),
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('title;column\nA;x\n\n"B;x\nC;x\n', (board_reader.BAD_ROW, 4)),
        ('title\nA\n"B" C\n', (board_reader.BAD_ROW, 3)),
        (f"title\nA\n{'x' * 200_000}\n", (board_reader.LONG_CELL, 3)),
    ],
)
def test_a_row_that_cannot_be_read_is_named(text: str, said: tuple[str, int]) -> None:
    with pytest.raises(FileRefused) as refused:
        plan(text.encode())

    [fault] = refused.value.faults
    assert (fault.template, fault.facts["line"]) == said


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_a_table_may_come_in_any_usual_dress(encoding: str, separator: str) -> None:
    text = f"Название{separator}Статус\nВстреча{separator}В работе\n"

    read = plan(text.encode(encoding))

    assert [card["title"] for card in read["cards"]] == ["Встреча"]
    assert read["lists"] == ["В работе"]


def test_a_table_may_tell_its_separator() -> None:
    read = plan("sep=|\r\nНазвание|Статус\r\n;Встреча,|В работе\r\n|x\r\n".encode())

    assert [card["title"] for card in read["cards"]] == [";Встреча,"]
    assert [facts["line"] for _template, facts in read["doubts"]] == [4]


def test_a_table_without_headings_has_its_titles_first() -> None:
    read = plan("Встреча;1\nСеминар;2\n".encode())

    assert [card["title"] for card in read["cards"]] == ["Встреча", "Семинар"]


def test_the_owner_tells_what_the_columns_are() -> None:
    kind, content = board_reader.content_of("1;Встреча\n".encode(), "a.csv", office=MOSCOW)

    read = board_reader.plan_of(kind, content, ["none", "title"])

    assert [card["title"] for card in read["cards"]] == ["Встреча"]


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"", "a.csv"),
        (b"\n\n", "a.csv"),
        (b"title\n", "a.csv"),
        (b"{", "a.json"),
        (b"[]", "a.json"),
        (b'{"lists": 1, "cards": []}', "a.json"),
        (b'{"lists": [], "cards": []}', "a.json"),
        (b'{"lists": [1], "cards": [{}]}', "a.json"),
        (b'{"a":' * 100 + b"1" + b"}" * 100, "a.json"),
        (b"title\n" + b"x\n" * (plans.MOST_CARDS + 1), "a.csv"),
        (b"x;" * 100, "a.csv"),
        (b'"' + b"x" * 200_000, "a.csv"),
        (json.dumps({"lists": [], "cards": [{"name": "x"}] * 5001}).encode(), "a.json"),
    ],
    ids=range(13),
)
def test_what_is_no_board_is_refused(data: bytes, name: str) -> None:
    with pytest.raises(FileRefused):
        plan(data, name)


@pytest.mark.parametrize(
    ("due", "day"),
    [
        ("2025-03-01T20:59:59.999Z", "2025-03-01"),
        ("2025-03-01T21:00:00.000Z", "2025-03-02"),
        ("2025-03-01T23:30:00+05:00", "2025-03-01"),
        ("2025-03-01T23:30:00", "2025-03-01"),
        ("2025-03-01", "2025-03-01"),
        ("9999-12-31T23:59:00Z", None),
        ("soon", None),
    ],
)
def test_a_moment_is_a_day_of_the_office(due: str, day: str | None) -> None:
    assert plans.moment_day(due, MOSCOW) == day


def test_places_may_be_of_any_size() -> None:
    board = {**TRELLO, "cards": [{"name": "B", "pos": 10**400}, {"name": "A", "pos": -(10**400)}]}

    assert len(plan(json.dumps(board).encode(), "a.json")["cards"]) == 2


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(st.sampled_from(sorted(TRELLO)), st.sampled_from(["", "id", "name", "pos", "data"]), JUNK)
def test_any_json_is_read_or_refused(part: str, field: str, junk: Any) -> None:
    board = json.loads(trello())
    if field and isinstance(board[part], list):
        board[part][0][field] = junk
    else:
        board[part] = junk
    try:
        read = plan(json.dumps(board).encode(), "a.json")
    except FileRefused:
        return
    assert json.loads(json.dumps(read)) == read


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        read = plan(data)
    except FileRefused:
        return
    for card in read["cards"]:
        assert 0 < len(card["title"]) <= plans.TITLE
        assert not plans.CONTROL.search(card["title"])
