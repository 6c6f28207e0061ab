"""Drafts of boards as pages and API show them: the plan, the guesses, every doubt."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pmo import clock
from pmo.documents import board_reader
from pmo.domain import board_plans as plans
from pmo.domain import file_names
from pmo.domain.board_plans import Plan
from pmo.domain.vocabulary import LabelColour
from pmo.http import current, error_texts
from pmo.http.labels import label_of
from pmo.queries import board_drafts as queries
from pmo.queries.board_drafts import Draft, Surroundings
from pmo.services import board_imports as services
from pmo.services.board_imports import Choices, Imported

SAMPLE = 10


@dataclass(frozen=True, slots=True)
class Shown:
    """A draft, its plan, and what is there to map it to."""

    draft: Draft
    columns: list[dict[str, str]]
    plan: Plan
    known: Surroundings
    lists: list[dict[str, Any]]
    people: list[dict[str, Any]]
    labels: list[dict[str, Any]]
    sample: list[dict[str, Any]]
    doubts: list[str]
    left: list[str]

    @property
    def days(self) -> list[date | None]:
        """When the cards of the sample are due."""
        return [it["due_on"] and date.fromisoformat(it["due_on"]) for it in self.sample]

    @property
    def complete(self) -> int:
        """How many cards are marked as complete there."""
        return sum(card["is_complete"] for card in self.plan["cards"])

    def as_json(self) -> dict[str, Any]:
        """Return what the API gives."""
        cards = self.plan["cards"]
        return {
            "id": self.draft.id,
            "board_id": self.draft.board_id,
            "name": self.draft.name,
            "format": self.draft.format,
            "columns": self.columns,
            "lists": self.lists,
            "people": self.people,
            "labels": self.labels,
            "sample": self.sample,
            "cards": len(cards),
            "archived": sum(card["is_archived"] for card in cards),
            "complete": self.complete,
            "left": self.left,
            "doubts": self.doubts,
        }


def keep(board_id: int, data: bytes, name: str) -> int:
    """Read a file and keep it as a draft; return its id. Raises FileRefused, Forbidden."""
    actor = current.actor()
    services.check(board_id, actor)
    kind, content = board_reader.content_of(data, name, office=current.settings().timezone)
    return services.keep(
        board_id,
        content,
        format=kind,
        name=file_names.cleaned(name),
        actor=actor,
        at=clock.now(),
    )


def shown(draft_id: int, columns: Sequence[str] = ()) -> Shown:
    """Return a draft of one's own. columns: of a table, as chosen. Raises NotFound, Forbidden."""
    draft = queries.draft(draft_id, current.actor(), now=clock.now())
    plan = _plan(draft, list(columns))
    known = queries.surroundings(draft.board_id, draft.project_id)
    counts = Counter(card["list"] for card in plan["cards"])
    lists = zip(plan["lists"], queries.guessed_lists(plan, known), strict=True)
    people = zip(plan["people"], queries.guessed_people(plan, known), strict=True)
    labels_ = zip(plan["labels"], queries.guessed_labels(plan, known), strict=True)
    headings = draft.content.get("headings", [])
    chosen = [*columns, *(["none"] * len(headings))] if columns else plans.guessed_fields(headings)
    return Shown(
        draft=draft,
        columns=[{"heading": it, "field": chosen[nth]} for nth, it in enumerate(headings)],
        plan=plan,
        known=known,
        lists=[
            {"name": name, "choice": choice, "cards": counts[nth]}
            for nth, (name, choice) in enumerate(lists)
        ],
        people=[
            {"name": name, "login": login, "user_id": user_id} for (name, login), user_id in people
        ],
        labels=[
            {"name": name, "choice": choice, "is_new": choice == services.NEW_LABEL}
            for (name, _colour), choice in labels_
        ],
        sample=plan["cards"][:SAMPLE],
        doubts=[error_texts.translated(it.template, it.facts) for it in plans.doubts_of(plan)],
        left=[error_texts.translated(it.template, it.facts) for it in plans.left_of(plan)],
    )


def confirm(draft_id: int, given: dict[str, Any]) -> Imported:
    """Take a draft into its board. given: of `DraftChoicesSchema`."""
    columns = given.get("columns") or None
    return services.confirm(
        draft_id,
        Choices(
            lists=given.get("lists") or None,
            people=given.get("people") or None,
            labels=given.get("labels") or None,
            complete=given.get("complete", 0),
        ),
        plan_of=lambda draft: _plan(draft, columns),
        actor=current.actor(),
        at=clock.now(),
    )


def _plan(draft: Draft, columns: list[str] | None) -> Plan:
    """Return the plan of a draft; labels without a name are called by their colour."""
    plan = board_reader.plan_of(draft.format, draft.content, columns)
    named = [[name or str(label_of(LabelColour(it))), it] for name, it in plan["labels"]]
    return {**plan, "labels": named}
