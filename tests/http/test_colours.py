"""Colours of text in labels, badges and marks: readable in light and dark, WCAG 2 AA."""

import re
from pathlib import Path

import pytest

from pmo.charts import palette
from pmo.domain.vocabulary import LabelColour

CSS = Path(__file__).resolve().parents[2] / "static" / "css"
TOKENS = (CSS / "tokens.css").read_text(encoding="utf-8")
BADGES = (CSS / "badges.css").read_text(encoding="utf-8")
PAIR = re.compile(r"--([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);")
COLOURS = {name: {"light": light, "dark": dark} for name, light, dark in PAIR.findall(TOKENS)}
LEAST = 4.5


def luminance(colour: str) -> float:
    """Return the relative luminance of `#rrggbb`, as WCAG 2 defines it."""
    shares = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_that_of_the_definition() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("colour", list(LabelColour))
def test_every_colour_of_a_label_can_be_read(colour: LabelColour, theme: str) -> None:
    text, ground = COLOURS[colour.value][theme], COLOURS[f"{colour.value}-soft"][theme]

    assert contrast(text, ground) >= LEAST


@pytest.mark.parametrize("colour", list(LabelColour))
def test_every_label_is_drawn_in_its_pair(colour: LabelColour) -> None:
    usual = r"\.badge, \.label" if colour is LabelColour.SLATE else rf"\.label--{colour.value}"
    rule = re.search(rf"{usual} \{{([^}}]*)\}}", BADGES)

    assert rule is not None
    assert f"background: var(--{colour.value}-soft); color: var(--{colour.value});" in rule[1]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("ground", ["surface", "sunken", "ground"])
def test_muted_text_and_done_counters_can_be_read_on_cards_and_panels(
    ground: str, theme: str
) -> None:
    for text in ("ink-muted", "green"):
        assert contrast(COLOURS[text][theme], COLOURS[ground][theme]) >= LEAST


def test_browsers_without_both_themes_get_the_light_pair() -> None:
    fallback = TOKENS.split("@supports not")[1]
    for colour in LabelColour:
        for name in (colour.value, f"{colour.value}-soft"):
            assert f"--{name}: {COLOURS[name]['light']};" in fallback


def test_every_colour_of_a_chart_is_painted_by_a_token_of_its_light_value() -> None:
    css = (CSS / "charts.css").read_text(encoding="utf-8")
    tokens = {"muted": "ink-muted", "axis": "line-strong", "grid": "line", "ground": "surface"}
    for value, role in palette.NAMES.items():
        token = tokens.get(role, role)
        for paint in ("fill", "stroke"):
            assert f".chart-{paint}-{role} {{ {paint}: var(--{token}); }}" in css
        assert COLOURS[token]["light"] == value
