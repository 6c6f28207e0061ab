"""The portfolio file: what is refused, and that every fault is told by its place."""

import contextlib
import json
from enum import StrEnum
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmo import demo
from pmo.documents import limits, portfolio_file, portfolio_schema
from pmo.domain.vocabulary import Gate, Role
from pmo.errors import FileRefused
from tests.documents.portfolios import PATHS, good, junk, spoil, steps

ROOT = Path(__file__).resolve().parents[2]


def faults(data: bytes, form: str = "yaml") -> dict[str, str]:
    """Return the faults that refuse these bytes: place → message."""
    with pytest.raises(FileRefused) as refused:
        portfolio_file.load(data, form)
    return {fault.place: fault.message for fault in refused.value.faults}


def faults_of(content: Any) -> dict[str, str]:
    return faults(portfolio_file.dump(content, "yaml"))


def test_the_example_of_the_documentation_is_a_good_file() -> None:
    page = (ROOT / "docs" / "portfolio-file.md").read_text(encoding="utf-8")
    example = page.partition("```yaml\n")[2].partition("```")[0]

    assert portfolio_file.load(example.encode(), "yaml")["projects"]


@pytest.mark.parametrize("form", portfolio_file.FORMATS)
def test_a_good_file_is_taken_in_both_forms(form: str) -> None:
    content = portfolio_file.load(portfolio_file.dump(good(), form), form)

    assert content["projects"][0]["tasks"][2]["blocked_reason"] == "Нет зала"
    assert content["journal"][5]["at"].microsecond == 123456


def test_the_demo_portfolio_is_a_good_file() -> None:
    content = portfolio_file.load(demo.FILE.read_bytes(), "yaml")

    assert len(content["projects"]) == 7


def test_a_byte_order_mark_is_taken() -> None:
    assert portfolio_file.load(b"\xef\xbb\xbf" + portfolio_file.dump(good(), "json"), "json")


def test_what_may_be_left_out_gets_its_default() -> None:
    content = good()
    task = content["projects"][0]["tasks"][0]
    for key in set(task) - {"number", "title", "board", "column", "created_by", "created_at"}:
        del task[key]
    del content["projects"][0]["passport"]

    loaded = portfolio_file.load(portfolio_file.dump(content, "yaml"), "yaml")

    assert loaded["projects"][0]["tasks"][0]["weight"] == 1
    assert loaded["projects"][0]["tasks"][0]["labels"] == []
    assert loaded["projects"][0]["passport"]["objectives"] == []


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        ("version", 2, "“1” is expected here."),
        ("version", True, "“1” is expected here."),
        ("format", "trello", "“pmo-portfolio” is expected here."),
        ("people[0].login", "Ада", "This text has another form"),
        ("people[0].role", "boss", "This is none of: administrator, director"),
        ("people[0].name", "", "The text is empty."),
        ("people[0].name", "a\nb", "The text must be one line."),
        ("people[0].name", 7, "A text is expected."),
        ("people[0].name", None, "There must be a value here."),
        ("people[0].password", "x", "There is no such key."),
        ("programmes[0].period", {"text": 5}, "This is no period"),
        ("programmes[0].period", "до 2024 года", "A mapping is expected."),
        ("programmes[0].key", "a b", "A key has no blanks."),
        ("projects[0].code", "шш", "This text has another form"),
        ("projects[0].weight", "1", "A whole number is expected."),
        ("projects[0].weight", -1, "From 0 to 1000."),
        ("projects[0].weight", 1.0, "A whole number is expected."),
        ("projects[0].passport", [], "A mapping is expected."),
        ("projects[0].passport.objectives", "one", "A list is expected."),
        ("projects[0].passport.objectives[1]", 2, "A text is expected."),
        ("projects[0].proposed_at", "2021-06-01", "A moment is expected"),
        ("projects[0].proposed_at", "2021-06-31T09:00:00Z", "A moment is expected"),
        ("projects[0].proposed_at", "2021-06-01T09:00:00+03:00", "A moment is expected"),
        ("projects[0].tasks[0].due_on", "31.10.2021", "A day is expected"),
        ("projects[0].tasks[0].due_on", "2021-02-30", "A day is expected"),
        ("projects[0].tasks[0].number", 0, "From 1 to"),
        ("projects[0].tasks[0].title", "х" * 201, "The text is longer than 200 characters."),
        ("projects[0].tasks[0].description", "a\x00b", "The text has characters that cannot"),
        ("projects[0].tasks[0].assignees", [["ada"]], None),
        ("projects[0].tasks[0].id", 7, "There is no such key."),
        ("journal[0].kind", "boom", "This text has another form"),
        ("journal[0].data", [], "A mapping is expected."),
        ("journal[0].data", {"a": "\x00"}, "There is a value in here"),
        ("journal[0].data", {"a": 10**18 - 1}, "There is a value in here"),
    ],
)
def test_a_wrong_shape_is_told_by_its_place(path: str, value: Any, said: str | None) -> None:
    found = faults_of(changed(good(), path, value))

    if said is None:
        assert found == {f"{path}[0]": "A text is expected."}
    else:
        assert list(found) == [path]
        assert found[path].startswith(said)


@pytest.mark.parametrize(
    ("path", "members"), [("projects[0].gate", Gate), ("people[0].role", Role)]
)
def test_a_wrong_choice_is_told_every_right_one(path: str, members: type[StrEnum]) -> None:
    said = faults_of(changed(good(), path, "nowhere"))[path]

    assert said == f"This is none of: {', '.join(members)}."


def test_a_lead_outside_the_project_is_told() -> None:
    members = [{"login": "ada", "role": "observer"}]

    found = faults_of(changed(good(), "projects[0].members", members))

    assert found == {"projects[0].lead": "The lead is not among the members."}


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        ("people[1].login", "ada", "“ada” stands here twice."),
        ("projects[0].lead", "bob", "There is no person “bob” in the file."),
        ("projects[0].proposed_by", "bob", "There is no person “bob” in the file."),
        ("projects[0].strategic_project", "x", "There is no strategic project “x” in the file."),
        ("programmes[0].strategic_projects[1].key", "people", "“people” stands here twice."),
        ("projects[0].stages[1].key", "s2", "“s2” stands here twice."),
        ("projects[0].members[0].login", "bob", "There is no person “bob” in the file."),
        ("projects[0].gate_decisions[1].from", "accepted", "“under_review” is expected here"),
        ("projects[0].gate", "active", "The decisions lead to “accepted”."),
        ("projects[0].gate_decisions[0].decided_by", "bob", "There is no person “bob”"),
        ("projects[0].boards[0].columns", [], "A board needs a column."),
        ("projects[0].boards[0].columns[1].key", "c1", "“c1” stands here twice."),
        ("projects[0].boards[0].columns[1].wip_limit", None, "A limit needs a number and a kind"),
        ("projects[0].tasks[1].number", 2, "“2” stands here twice."),
        ("projects[0].tasks[0].board", "b9", "The project has no board “b9”."),
        ("projects[0].tasks[0].column", "c2", "The board has no column “c2”."),
        ("projects[0].tasks[0].stage", "s9", "The project has no stage “s9”."),
        ("projects[0].tasks[0].created_by", "bob", "There is no person “bob” in the file."),
        ("projects[0].tasks[0].assignees[1]", "ada", "“ada” stands here twice."),
        ("projects[0].tasks[0].assignees[1]", "bob", "There is no person “bob” in the file."),
        ("projects[0].tasks[0].labels[0]", "x", "The project has no label “x”."),
        ("journal[0].actor", "bob", "There is no person “bob” in the file."),
        ("journal[0].project", "XX", "There is no project “XX” in the file."),
        ("journal[2].task", 9, "The project has no task 9."),
        ("journal[0].kind", "account.signed_in", "No event of the kind"),
        ("journal[0].kind", "task.exploded", "No event of the kind"),
        ("projects[0].gate_decisions[0].to", "closed", "A project cannot pass from"),
        ("journal[6].data.from_name", None, "An event of the kind “task.moved” needs"),
        ("journal[6].data.to_meaning", "dead", "An event of the kind “task.moved” needs"),
        ("journal[2].data.column", 1, "An event of the kind “task.created” needs"),
        ("journal[5].data.version", "2", "An event of the kind “task.edited” needs"),
        ("journal[5].data.changes", [], "An event of the kind “task.edited” needs"),
        ("journal[5].data.changes.weight", [1], "An event of the kind “task.edited” needs"),
        ("journal[5].data.changes.due_on", [None, "x"], "An event of the kind “task.edited”"),
        ("journal[5].data.changes.kind", ["event", "x"], "An event of the kind “task.edited”"),
    ],
)
def test_a_reference_that_leads_nowhere_is_told_by_its_place(
    path: str, value: Any, said: str
) -> None:
    found = faults_of(changed(good(), path, value))

    assert found[path].startswith(said)


def test_a_project_may_come_without_its_gate_decisions() -> None:
    content = good()
    content["projects"][0]["gate_decisions"] = []

    assert portfolio_file.load(portfolio_file.dump(content, "yaml"), "yaml")


def test_every_fault_is_listed() -> None:
    content = good()
    for path, value in (
        ("people[0].role", "boss"),
        ("projects[0].tasks[1].weight", "heavy"),
        ("projects[0].boards[0].columns[0].meaning", None),
        ("journal[3].at", "yesterday"),
    ):
        content = changed(content, path, value)

    assert list(faults_of(content)) == [
        "people[0].role",
        "projects[0].boards[0].columns[0].meaning",
        "projects[0].tasks[1].weight",
        "journal[3].at",
    ]


def test_of_very_many_faults_the_rest_is_counted() -> None:
    content = good()
    content["people"] = [{"login": 1}] * 2_000

    with pytest.raises(FileRefused) as refused:
        portfolio_file.load(portfolio_file.dump(content, "json"), "json")

    assert len(refused.value.faults) == limits.MAX_FAULTS + 1
    assert refused.value.faults[-1].message == "… and 5000 more."


@pytest.mark.parametrize(
    "data",
    [
        "Школа".encode("cp1251"),
        "format: x".encode("utf-16"),
        b"",
        b"\x00",
        b"PK\x03\x04",
        b"just words",
        b"[]",
        b"null",
        b"7",
    ],
)
@pytest.mark.parametrize("form", portfolio_file.FORMATS)
def test_what_is_no_portfolio_at_all_is_refused(data: bytes, form: str) -> None:
    assert list(faults(data, form)) == [""]


def test_another_encoding_is_named() -> None:
    said = faults("Школа".encode("cp1251"))[""]

    assert said == "The file is not text in UTF-8; byte 0 is wrong."


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b'{"a": 1, "a": 2}', "The key “a” stands here twice."),
        (b'{"a": NaN}', "This is not JSON: NaN"),
        (b'{"a": 1' + b"0" * 5_000 + b"}", "This is not JSON"),
        (b"[" * 100_000 + b"]" * 100_000, "More than 16 levels"),
        (b"[" * 20 + b"]" * 20, "More than 16 levels"),
        (b'{"a"', "This is not JSON: it makes no sense from line 1, column 5."),
    ],
)
def test_json_that_bites_is_refused(data: bytes, said: str) -> None:
    assert faults(data, "json")[""].startswith(said)


def test_a_hundred_thousand_keys_are_refused_quickly() -> None:
    data = json.dumps({f"key{n}": n for n in range(100_000)}).encode()

    assert len(faults(data, "json")) > 1


def test_a_lone_surrogate_is_refused_and_can_be_shown() -> None:
    data = json.dumps({**good(), "\ud800": 1}).replace("Доска", "\\ud800").encode()

    for place in faults(data, "json"):
        place.encode()


@settings(deadline=None)  # reading a whole file takes its time on a busy machine
@given(st.data())
def test_no_mutation_of_a_good_file_does_more_than_refuse_it(data: st.DataObject) -> None:
    content = good()
    for path in data.draw(st.lists(st.sampled_from(PATHS), min_size=1, max_size=3)):
        spoil(content, path, data.draw(junk()))

    with contextlib.suppress(FileRefused):
        portfolio_file.load(json.dumps(content).encode(), "json")


@given(st.binary(max_size=200))
def test_no_bytes_do_more_than_be_refused(data: bytes) -> None:
    for form in portfolio_file.FORMATS:
        with pytest.raises(FileRefused):
            portfolio_file.load(data, form)


def test_the_published_schema_is_current() -> None:
    kept = json.loads((ROOT / "schemas" / "portfolio.schema.json").read_text(encoding="utf-8"))

    assert kept == portfolio_schema.document()


def test_the_published_schema_takes_what_the_reader_takes() -> None:
    validator = jsonschema_rs.validator_for(portfolio_schema.document())

    assert validator.is_valid(good())
    assert validator.is_valid(portfolio_file.parse(demo.FILE.read_bytes(), "yaml"))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("version", 2),
        ("people[0].login", "Ада"),
        ("people[0].password", "x"),
        ("projects[0].tasks[0].number", "1"),
        ("projects[0].tasks[0].period", {"spans": []}),
        ("projects[0].gate", "open"),
    ],
)
def test_the_published_schema_refuses_what_the_reader_refuses(path: str, value: Any) -> None:
    validator = jsonschema_rs.validator_for(portfolio_schema.document())

    assert not validator.is_valid(changed(good(), path, value))


def test_every_key_of_the_published_schema_is_described() -> None:
    document = portfolio_schema.document()
    parts = {"": document, **document["$defs"]}

    silent = [
        f"{name}.{key}"
        for name, part in parts.items()
        for key, value in part["properties"].items()
        if not value.get("description")
    ]

    assert silent == []


def changed(content: Any, path: str, value: Any) -> Any:
    """Return the content with one value changed. path: as faults tell places."""
    spoil(content, steps(path), value)
    return content
