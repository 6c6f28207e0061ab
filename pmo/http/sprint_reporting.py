"""Reports of sprints on pages: lists of cards, and the charts of their figures."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from pmo.charts.sprints import BurnDay, SprintBar
from pmo.domain.flow.sprint_reports import Report
from pmo.domain.sprint_closing import FLAGGED
from pmo.domain.vocabulary import LeftoverDecision
from pmo.http import current, sprint_figures
from pmo.http.charts import Figure
from pmo.http.labels import label_of
from pmo.http.wording import _
from pmo.queries.sprint_reports import ReportedCard


@dataclass(frozen=True, slots=True)
class Row:
    """A card in a list. is_flagged: carried over three times or more."""

    card: ReportedCard
    weight: int
    at: datetime | None
    was: int | None
    told: str
    is_flagged: bool = False


@dataclass(frozen=True, slots=True)
class CardList:
    """A list of a report. key: its anchor."""

    key: str
    title: str
    about: str
    rows: tuple[Row, ...]

    @property
    def weight(self) -> str:
        """Return the weight of all its cards; of re-estimates by how much they changed it."""
        if any(row.was is not None for row in self.rows):
            by = sum(row.weight - (row.was or 0) for row in self.rows)
            return f"{by:+}".replace("-", "−")
        return str(sum(row.weight for row in self.rows))


def name(number: int) -> str:
    """Return what people call a sprint."""
    return _("Sprint %(number)d", number=number) if number else _("Trial sprint")


def lists(kept: Report, cards: Mapping[int, ReportedCard]) -> tuple[CardList, ...]:
    """Return the lists of a report, in the order of reading; of rare things only where any are."""
    always = (
        ("committed", _("Committed"), _("What the sprint started with.")),
        ("added", _("Added"), _("What came after the start.")),
        ("removed", _("Removed"), _("What went before it was done.")),
        ("re_estimated", _("Re-estimated"), _("A change of scope, never progress.")),
        ("done", _("Done"), _("What counts for the velocity.")),
    )
    rare = (
        ("reopened", _("Opened again"), _("It had been done.")),
        ("moved_back", _("Moved back"), _("From work back to the queue.")),
        ("re_estimated_done", _("Re-estimated when done"), _("It changes what was done, too.")),
        ("back", _("Taken out and put in again"), ""),
    )
    found = [CardList(key, title, about, _rows(kept[key], cards)) for key, title, about in always]
    if kept["closed_at"]:
        found += _left(kept, cards)
    else:
        rows = _rows(kept["unfinished"], cards)
        found.append(CardList("unfinished", _("Not done"), _("What remains."), rows))
    for key, title, about in rare:
        if kept[key]:
            found.append(CardList(key, title, about, _rows(kept[key], cards)))
    return tuple(found)


def share(kept: Report) -> int | None:
    """Return say–do in percent, rounded down; None where nothing was said."""
    return 100 * kept["kept"] // kept["said"] if kept["said"] else None


def drawn(kept: Report, path: str) -> tuple[Figure, Figure]:
    """Return burndown and burn-up. path: of the page with the lists of cards."""
    days = list(_days(kept, path))
    return sprint_figures.burndown(days), sprint_figures.burnup(days)


def velocity(reports: Mapping[int, Report], path_of: Any) -> Figure:
    """Return the velocity of a project. path_of: the report of a sprint, by its number."""
    bars = [
        SprintBar(name(number), kept["velocity"], kept["said"], path_of(number))
        for number, kept in reports.items()
    ]
    return sprint_figures.velocity(bars)


def _days(kept: Report, path: str) -> Iterable[BurnDay]:
    first, work_days = kept["at_start"], kept["work_days"]
    start = first["scope"] - first["done"]
    points = {it["day"]: it for it in kept["points"]}
    changed = _changed(kept)
    elapsed = 0
    for text in kept["days"]:
        point = points.get(text)
        elapsed = point["elapsed"] if point else elapsed + 1
        ideal = start * max(0, work_days - elapsed) / work_days if work_days else 0.0
        day = BurnDay(date.fromisoformat(text), ideal)
        if point is not None:
            added, removed = changed.get(text, (0, 0))
            day = BurnDay(
                day.day,
                ideal,
                remaining=point["scope"] - point["done"],
                done=point["done"],
                scope=point["scope"],
                added=added,
                removed=removed,
                href=path,
            )
        yield day


def _changed(kept: Report) -> dict[str, tuple[int, int]]:
    """Return what came to the scope and what went, by the working day that it is told with."""
    days = [it["day"] for it in kept["points"]]
    found: dict[str, tuple[int, int]] = {}
    told = [(it["at"], it["weight"]) for it in kept["added"]]
    told += [(it["at"], -it["weight"]) for it in kept["removed"]]
    told += [(it["at"], it["weight"] - it["was"]) for it in kept["re_estimated"]]
    for at, by in told:
        zone = current.settings().timezone
        on = datetime.fromisoformat(at).astimezone(zone).date().isoformat()
        day = next((it for it in days if it >= on), days[-1] if days else on)
        added, removed = found.get(day, (0, 0))
        found[day] = (added + max(by, 0), removed + max(-by, 0))
    return found


def _rows(lines: Iterable[Mapping[str, Any]], cards: Mapping[int, ReportedCard]) -> tuple[Row, ...]:
    return tuple(
        Row(
            cards[it["task"]],
            it["weight"],
            it["at"] and datetime.fromisoformat(it["at"]),
            it["was"],
            _reason(it["reason"]),
        )
        for it in lines
    )


def _left(kept: Report, cards: Mapping[int, ReportedCard]) -> Iterable[CardList]:
    """Yield what was not done, by what was decided."""
    carried = _("Carried over"), _("It went on in another sprint.")
    groups = (
        ("carried", *carried, {LeftoverDecision.NEXT_SPRINT}),
        (
            "split",
            _("Split"),
            _("What is done counts; the rest is a new card."),
            {LeftoverDecision.SPLIT},
        ),
        (
            "returned",
            _("Back in the backlog"),
            "",
            {LeftoverDecision.BACKLOG_TOP, LeftoverDecision.BACKLOG_BOTTOM},
        ),
        ("dropped", _("Dropped"), _("They are in the archive."), {LeftoverDecision.DROP}),
    )
    for key, title, about, kinds in groups:
        rows = tuple(
            Row(
                cards[it["task"]],
                it["weight"],
                None,
                None,
                _decided(it, cards),
                it["times"] >= FLAGGED,
            )
            for it in kept["left"]
            if it["decision"] in kinds
        )
        if rows or key == "carried":
            yield CardList(key, title, about, rows)


def _decided(left: Mapping[str, Any], cards: Mapping[int, ReportedCard]) -> str:
    parts = [left["reason"]]
    if left["new_task"] is not None:
        parts.append(_("the rest: %(card)s", card=cards[left["new_task"]].key))
    if left["to"] is not None:
        parts.append(name(left["to"]))
    elif left["decision"] in {LeftoverDecision.BACKLOG_TOP, LeftoverDecision.BACKLOG_BOTTOM}:
        parts.append(label_of(LeftoverDecision(left["decision"])))
    return " · ".join(part for part in parts if part)


def _reason(text: str) -> str:
    known = {
        "archived": _("put into the archive"),
        "merged": _("merged into another card"),
        "transferred": _("moved to another project"),
        "restored": _("taken out of the archive"),
    }
    return known.get(text, text)
