"""Every chart is drawn: what a page gets is safe, themed, named, and leads to its cards."""

import re
from datetime import date, timedelta
from xml.etree import ElementTree as ET

import pytest

from pmo.charts import drawing, flow, forecasts, palette, sprints
from pmo.charts.specification import Look, Spec, distinct
from pmo.domain.flow.forecast import Chance, CountChance

EVIL = '<script>alert(1)</script>" onload="alert(2)\x08\ufffe]]>😀' + 60 * "🙂"
FIRST = date(2026, 9, 1)
LOOK = Look("ru", f"График {EVIL}")
UNIT = "карточек"
LINES = [flow.Percentile(50, 4, "50 %: до 4 дней"), flow.Percentile(85, 9, "85 %: до 9 дней")]


def day(number: int) -> date:
    return FIRST + timedelta(days=number)


def burn_days() -> list[sprints.BurnDay]:
    left = [10, 8, 11, 7, None]
    return [
        sprints.BurnDay(
            day=day(at),
            ideal=10 - 2.5 * at,
            remaining=it,
            done=None if it is None else 2 * at,
            scope=None if it is None else 11,
            added=3 if at == 2 else 0,
            href=f"/sprints/1/tasks?day={day(at)}",
            words=EVIL,
        )
        for at, it in enumerate(left)
    ]


def band(name: str, top: int, bottom: int, **more: bool) -> flow.Band:
    points = [
        flow.BandPoint(day(at), top + at, bottom + at, f"/flow?day={at}&step=a", EVIL)
        for at in range(200)
    ]
    return flow.Band(name, tuple(points), **more)


def charts() -> dict[str, Spec]:
    burn = sprints.BurnWords("Осталось", "План", "Объём", "Сделано", UNIT)
    speed = sprints.VelocityWords("Сделано", "Обещано", "Медиана", UNIT)
    bands = [band(EVIL, 20, 5), band("Готово", 5, 0, is_done=True)]
    marks = [forecasts.DayMark(0.85, day(9), "85 %: 10.09.2026")]
    return {
        "burndown": sprints.burndown(LOOK, burn_days(), burn),
        "burnup": sprints.burnup(LOOK, burn_days(), burn),
        "velocity": sprints.velocity(
            LOOK, [sprints.SprintBar(EVIL, 7, 9, "/sprints/1", EVIL)], speed, (5, 7, 9)
        ),
        "cumulative": flow.cumulative_flow(LOOK, bands, UNIT, marked={day(1), day(199)}),
        "throughput": flow.throughput(LOOK, [flow.PeriodBar(FIRST, day(6), 3, "/f", EVIL)], UNIT),
        "cycle": flow.cycle_times(
            LOOK,
            [flow.CyclePoint(day(3), 12, 2, "/f?a=1&b=2", EVIL)],
            "дней",
            LINES,
            (FIRST, day(9)),
        ),
        "ageing": flow.ageing(
            LOOK, [EVIL, "Ждёт"], [flow.AgePoint(EVIL, 12, 2, 2, "/f", EVIL)], "дней", LINES
        ),
        "completion": forecasts.completion(
            LOOK, [Chance(day(at), at / 20) for at in range(21)], marks, "вероятность"
        ),
        "count": forecasts.count_by_day(
            LOOK,
            [CountChance(at, 1 - at / 20) for at in range(21)],
            [forecasts.CountMark(0.85, 3, "85 %: 3")],
            ("не меньше", "вероятность"),
        ),
    }


@pytest.mark.parametrize("name", list(charts()))
def test_a_drawn_chart_holds_shapes_texts_and_links_alone(name: str) -> None:
    drawn = drawing.svg(charts()[name])

    root = ET.fromstring(drawn)  # noqa: S314 - ours
    kinds = {it.tag for it in root.iter()}
    attributes = {attribute for it in root.iter() for attribute in it.attrib}
    assert kinds <= {"svg", "g", "a", "title", *drawing.SHAPES}
    assert attributes <= {
        *("class", "viewBox", "role", "aria-label", "href", "tabindex"),
        *(drawing.PLACES | {"fill", "stroke"}),
    }
    assert "<script" not in drawn
    assert not re.search(r"#[0-9a-f]{3,6}\b", drawn)
    assert root.get("aria-label") == LOOK.name.replace("\x08\ufffe", "��")
    assert root.get("viewBox", "").startswith("0 0 640 ")
    classes = {one for it in root.iter() for one in it.get("class", "").split()}
    known = {f"chart-{how}-{role}" for how in ("fill", "stroke") for role in palette.NAMES.values()}
    assert classes <= known | {"chart__drawing"}


def test_points_lead_to_their_cards_and_say_which_they_are() -> None:
    root = ET.fromstring(drawing.svg(charts()["burndown"]))  # noqa: S314 - ours

    links = list(root.iter("a"))
    assert [it.get("href") for it in links] == [
        f"/sprints/1/tasks?day={day(at)}" for at in range(4)
    ]
    assert {it.get("aria-label") for it in links} == {EVIL.replace("\x08\ufffe", "��")}
    assert {it.findtext("title") for it in links} == {EVIL.replace("\x08\ufffe", "��")}
    assert {it.get("tabindex") for it in links} == {None}
    assert root.get("role") == "group"


def test_days_and_shares_are_written_as_the_reader_writes_them() -> None:
    russian = drawing.svg(charts()["completion"])
    days = [Chance(day(at), at / 20) for at in range(21)]
    english = drawing.svg(forecasts.completion(Look("en", "Chart"), days, [], "chance"))

    assert ">21.09</text>" in russian
    assert ">50\xa0%</text>" in russian
    assert ">21 Sep</text>" in english
    assert ">50%</text>" in english
    assert ">янв 2027</text>" in drawing.svg(charts()["cumulative"])


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "https://elsewhere.example/", drawing.HERE + "//evil", ""]
)
def test_a_link_elsewhere_is_no_link(address: str) -> None:
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">'
        f'<style>a{{}}</style><a xlink:href="{address}"><path d="M0,0h1" fill="#1d559e" '
        'style="x" onclick="x" id="x" stroke="url(#x)"/></a></svg>'
    )

    cleaned = drawing.cleaned(svg, name="")

    assert "<a" not in cleaned
    assert "style" not in cleaned
    assert "onclick" not in cleaned
    assert " id=" not in cleaned
    assert "url" not in cleaned
    assert 'd="M0,0h1"' in cleaned


def test_names_stay_apart_when_they_are_cut() -> None:
    names = ["A (2)", "A", "A", "Long name one", "Long name two"]

    assert distinct(names, 9) == ["A (2)", "A", "A (3)", "Long nam…", "Long nam… (2)"]


def test_more_links_than_tab_can_bear_are_left_to_the_table() -> None:
    points = [flow.CyclePoint(day(at % 30), at + 1, 1, f"/f?{at}", "a") for at in range(41)]
    drawn = drawing.svg(flow.cycle_times(LOOK, points, "дней", [], (FIRST, day(30))))

    assert drawn.count('tabindex="-1"') == 41


def test_a_document_gets_a_picture_of_the_same_specification() -> None:
    assert drawing.png(charts()["burnup"], scale=1).startswith(b"\x89PNG")
