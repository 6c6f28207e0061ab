"""docs/journal.md names every kind of event, and the code appends what it says."""

import re
from pathlib import Path

import pytest

from pmo.domain import event_kinds

ROOT = Path(__file__).resolve().parent.parent
PAGE = (ROOT / "docs" / "journal.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| `([a-z_]+\.[a-z_]+)` \|", PAGE, flags=re.MULTILINE)
IN_A_TABLE = set(ROWS)
LATER = PAGE.split("appended by nothing yet:")[1].splitlines()[0]
FOR_LATER = set(re.findall(r"`([a-z_]+\.[a-z_]+)`", LATER))


def test_every_kind_is_described_once():
    assert IN_A_TABLE | FOR_LATER == event_kinds.ALL
    assert len(ROWS) == len(IN_A_TABLE)


def test_nothing_is_both_described_and_for_later():
    assert not IN_A_TABLE & FOR_LATER


def test_the_services_append_exactly_what_is_described():
    services = (ROOT / "pmo" / "services").glob("*.py")
    code = "".join(path.read_text(encoding="utf-8") for path in services)
    named = set(re.findall(r'"([a-z_]+\.[a-z_]+)"', code))

    assert named & event_kinds.ALL == IN_A_TABLE


@pytest.mark.parametrize(
    ("title", "kinds"),
    [("Of the portfolio", event_kinds.PORTFOLIO), ("Of the office", event_kinds.OFFICE)],
)
def test_each_kind_stands_in_its_part(title, kinds):
    part = PAGE.split(f"## {title}")[1].split("\n## ")[0]

    assert set(re.findall(r"^\| `([a-z_]+\.[a-z_]+)` \|", part, flags=re.MULTILINE)) <= kinds
