"""The documents of the repository: their links lead somewhere, decisions stay short."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"\]\(([^)#]+)(?:#[^)]*)?\)")


@pytest.mark.parametrize(
    "document", DOCUMENTS, ids=lambda document: str(document.relative_to(ROOT))
)
def test_every_link_to_a_file_leads_to_one(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    files = [link for link in LINK.findall(text) if "://" not in link]

    missing = [link for link in files if not (document.parent / link).exists()]

    assert not missing


def test_every_test_file_that_the_promises_name_is_there() -> None:
    promises = (ROOT / "SECURITY.md").read_text(encoding="utf-8")

    missing = [
        name for name in re.findall(r"`(tests/[^`]+)`", promises) if not Path(ROOT, name).exists()
    ]

    assert not missing


def test_decisions_are_short_and_numbered_once() -> None:
    decisions = sorted((ROOT / "docs" / "decisions").glob("*.md"))

    lengths = {path.name: len(path.read_text(encoding="utf-8").splitlines()) for path in decisions}

    assert {name: length for name, length in lengths.items() if length > 40} == {}
    assert len({path.name[:4] for path in decisions}) == len(decisions)
