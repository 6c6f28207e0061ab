"""docs/configuration.md lists the settings that there are, with their defaults."""

import re
from dataclasses import fields
from pathlib import Path

from pmo.config import PARSED, Settings

PAGE = Path(__file__).resolve().parent.parent / "docs" / "configuration.md"
ROWS = re.findall(
    r"^\| `PMO_([A-Z_]+)` \| (.*?) \|", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE
)


def test_every_setting_has_one_row():
    settings = [field.name for field in fields(Settings) if field.name != "testing"]

    assert sorted(name.lower() for name, _ in ROWS) == sorted(settings)


def test_every_default_is_the_one_of_the_code():
    told = {name.lower(): default.strip("`") for name, default in ROWS}

    assert {name: told[name] for name in PARSED} == {
        name: default or "(any)" for name, (default, _) in PARSED.items()
    }
