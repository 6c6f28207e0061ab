"""A good request for every route, so that the matrix of rights needs no routes of its own.

Each sample tells what is sent; numbers in the address are filled in by name. A route without a
sample fails the matrix.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from pmo.models import OwnField, Project, Recurrence, SavedFilter, User
from tests.cast import NOW, PASSWORD, Scene

Body = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Sample:
    """What is sent to one route, told a project with everything in it.

    body: JSON of the API, a form of a page. parts: of the address, where the usual thing of its
    name would not do. accepts: a status that counts as done. data: bytes instead of a body.
    files: come beside the body, as multipart.
    """

    body: Callable[[Scene], Body] | None = None
    parts: dict[str, Callable[[Scene], Any]] = field(default_factory=dict)
    accepts: int | None = None
    data: bytes | None = None
    files: Callable[[], dict[str, Any]] | None = None


def form(**values: Any) -> Sample:
    """Return a sample whose body needs nothing of the project."""
    return Sample(lambda _scene: dict(values))


def saved_filter(scene: Scene, login: str) -> int:
    """Return a person's own filter of a project, made at the first need."""
    owner = User.get(User.login == login)
    made, _ = SavedFilter.get_or_create(
        project=scene.project, owner=owner, name="Own", defaults={"asked": {"mine": True}}
    )
    return int(made.id)


def _task(scene: Scene) -> Body:
    return {
        "title": "Renamed",
        "stage_id": scene.stages[1],
        "label_ids": [scene.labels[0]],
        "assignee_ids": [],
    }


def _placement(scene: Scene) -> Body:
    return {"column_id": scene.columns[2], "before_id": scene.tasks[1]}


def _rule(scene: Scene) -> Body:
    return {
        "name": "New rule",
        "trigger": "moved",
        "column_id": scene.columns[1],
        "action": "move",
        "target_id": scene.columns[2],
    }


def _move_rule(scene: Scene) -> Body:
    return {"source_id": scene.columns[0], "target_id": scene.columns[1], "least_role": "lead"}


def _closing(scene: Scene) -> Body:
    decision = {"task_id": scene.tasks[1], "decision": "drop", "reason": "Not wanted"}
    return {"goal_met": True, "decisions": [decision]}


def _closing_form(scene: Scene) -> Body:
    given = {f"decision.{scene.tasks[1]}": "drop", "common_reason": "Not wanted"}
    return {**given, "goal_met": "yes", "step": "close"}


NOTE = {"column": "keep", "text": "Tea at four"}


def _item_placement(scene: Scene) -> Body:
    return {"before_id": scene.parts["other_item_id"]}


LINK = {"title": "Photographs", "url": "https://example.org/photographs"}


def own_field(scene: Scene, key: str) -> int:
    """Return an own field of a project; the matrix has made f8 and f9 in each."""
    here = (OwnField.project == scene.project) & (OwnField.key == key)
    return int(OwnField.get(here).id)


def _own_placement(scene: Scene) -> Body:
    return {"before_id": own_field(scene, "f9")}


def recurrence(scene: Scene, name: str = "One") -> int:
    """Return a recurring task of a project, made at the first need."""
    lead = Project.get_by_id(scene.project).lead
    plain = {"kind": "event", "rule": "monthly", "starts_on": NOW.date(), "since": NOW.date()}
    key = f"r{len(name)}"
    made, _ = Recurrence.get_or_create(
        project=scene.project,
        key=key,
        defaults={
            "title": name,
            "position": len(name),
            "board": scene.board,
            "column": scene.columns[0],
            "created_by": lead,
            **plain,
        },
    )
    return int(made.id)


def _recurrence(scene: Scene) -> Body:
    return {
        "title": "New",
        "column_id": scene.columns[0],
        "stage_id": scene.stages[0],
        "label_ids": [scene.labels[0]],
        "assignee_ids": [],
        "rule": "quarterly",
        "starts_on": "2025-01-01",
    }


def _recurrence_placement(scene: Scene) -> Body:
    return {"before_id": recurrence(scene, "Another")}


def _bulk(scene: Scene) -> Body:
    return {"act": "add_label", "task_ids": [scene.tasks[0]], "label_id": scene.labels[0]}


EMPTY_COLUMN = {"column_id": lambda scene: scene.columns[3]}
EMPTY_STAGE = {"stage_id": lambda scene: scene.stages[1]}
PASSAGE = {"to": "closing", "expected_gate": "active", "reason": "All is done"}
COLUMN = {"name": "Review", "meaning": "waiting", "wip_limit": 2, "wip_kind": "soft"}
PERSON = {"name": "Nora", "position": "", "role": "methodist"}
PASSWORDS = {"current_password": PASSWORD, "new_password": "nine purple turtles"}
SPRINTS = {
    "count": 3,
    "starts_on": "2025-01-13",
    "weeks": 4,
    "trial_weeks": 2,
    "policy": "rolling",
}
PASSPORT = {"goal": "Another goal", "risks": ["Late"]}
INITIATIVE = {"code": "НН", "name": "New"}
HEAD = {"code": "ЯЯ", "name": "Renamed", "short_name": "Renamed"}


def _board() -> tuple[BytesIO, str]:
    return BytesIO(b"title;column\nSeminar;Ideas\n"), "board.csv"


def _file() -> tuple[BytesIO, str]:
    return BytesIO(b"Agenda"), "agenda.txt"


SAMPLES: dict[tuple[str, str], Sample] = {
    # The API
    ("POST", "Acts.archive"): Sample(),
    ("POST", "Acts.bulk"): Sample(_bulk),
    ("POST", "Acts.copy"): Sample(lambda scene: {"column_id": scene.columns[0]}),
    ("POST", "Acts.transfer"): Sample(lambda scene: {"column_id": scene.columns[0]}, accepts=409),
    ("POST", "Acts.merge"): Sample(lambda scene: {"into_id": scene.tasks[1]}),
    ("POST", "Acts.restore"): Sample(),
    ("POST", "Acts.undo"): Sample(),
    ("PUT", "Board looks.update"): form(lanes="stage", order="due", density="compact"),
    ("PUT", "Board looks.fold"): Sample(
        lambda scene: {"column_id": scene.columns[2], "is_folded": True}
    ),
    ("POST", "Boards.create"): form(name="Second"),
    ("PATCH", "Boards.update"): form(name="Renamed"),
    ("POST", "Boards.create_column"): form(**COLUMN),
    ("PATCH", "Boards.update_column"): form(name="Renamed"),
    ("PUT", "Boards.place_column"): Sample(lambda scene: {"before_id": scene.columns[3]}),
    ("DELETE", "Boards.destroy_column"): Sample(parts=EMPTY_COLUMN),
    ("POST", "Comments.create"): form(text="Well, @mila?"),
    ("PATCH", "Comments.update"): form(text="Better said"),
    ("DELETE", "Comments.destroy"): Sample(),
    ("POST", "Comments.restore"): Sample(),
    ("POST", "Board imports.create"): Sample(files=lambda: {"file": _board()}),
    ("POST", "Board imports.confirm"): form(people=[]),
    ("DELETE", "Board imports.destroy"): Sample(),
    ("POST", "Files.create"): Sample(files=lambda: {"file": _file()}),
    ("DELETE", "Files.destroy"): Sample(),
    ("POST", "Checklists.create"): form(text="Book a hall"),
    ("PATCH", "Checklists.update"): form(is_done=True),
    ("PUT", "Checklists.place"): Sample(_item_placement),
    ("DELETE", "Checklists.destroy"): Sample(),
    ("POST", "Checklists.convert"): Sample(),
    ("PUT", "Dependencies.put"): Sample(),
    ("DELETE", "Dependencies.destroy"): Sample(),
    ("POST", "Evidence.create"): form(**LINK),
    ("PATCH", "Evidence.update"): form(**LINK),
    ("DELETE", "Evidence.destroy"): Sample(),
    ("POST", "Sprint reports.close"): Sample(_closing),
    ("POST", "Sprint notes.create"): form(**NOTE),
    ("PATCH", "Sprint notes.update"): form(**NOTE),
    ("DELETE", "Sprint notes.destroy"): Sample(),
    ("POST", "Sprint notes.make_card"): form(is_next=False),
    ("PUT", "Watchers.put"): Sample(),
    ("DELETE", "Watchers.destroy"): Sample(),
    ("PUT", "Me.set_language"): form(language="en"),
    ("PUT", "Me.change_password"): form(**PASSWORDS),
    ("DELETE", "Me.end_session"): Sample(),
    ("POST", "Me.create_token"): form(name="script", scopes=["read"]),
    ("DELETE", "Me.revoke_token"): Sample(),
    ("POST", "Notifications.read_all"): form(up_to=1),
    ("PUT", "Notifications.read"): Sample(),
    ("PUT", "Notifications.mute"): form(is_muted=True),
    ("POST", "Own fields.create"): form(name="New", kind="number"),
    ("PATCH", "Own fields.update"): form(name="Renamed"),
    ("PUT", "Own fields.place"): Sample(_own_placement),
    ("DELETE", "Own fields.destroy"): Sample(),
    ("POST", "Cyclogram.create"): Sample(_recurrence),
    ("POST", "Cyclogram.create_of_task"): Sample(_recurrence),
    ("PATCH", "Cyclogram.update"): Sample(_recurrence),
    ("PUT", "Cyclogram.switch"): form(is_on=False),
    ("PUT", "Cyclogram.place"): Sample(_recurrence_placement),
    ("DELETE", "Cyclogram.destroy"): Sample(),
    ("POST", "Portfolio file.export"): form(format="json"),
    ("POST", "Portfolio file.create"): Sample(data=b"format: pmo-portfolio\n", accepts=422),
    ("POST", "Programmes.create"): form(name="New"),
    ("PATCH", "Programmes.update"): form(name="Renamed"),
    ("POST", "Programmes.create_strategic_project"): form(name="New"),
    ("PATCH", "Programmes.update_strategic_project"): form(name="Renamed"),
    ("POST", "Project parts.create_stage"): form(name="Third"),
    ("PATCH", "Project parts.update_stage"): form(name="Renamed"),
    ("PUT", "Project parts.place_stage"): Sample(lambda scene: {"before_id": scene.stages[1]}),
    ("DELETE", "Project parts.destroy_stage"): Sample(parts=EMPTY_STAGE),
    ("PUT", "Project parts.put_member"): form(role="observer"),
    ("DELETE", "Project parts.destroy_member"): Sample(),
    ("POST", "Project parts.create_label"): form(name="New", colour="teal"),
    ("PATCH", "Project parts.update_label"): form(colour="teal"),
    ("DELETE", "Project parts.destroy_label"): Sample(),
    ("POST", "Projects.create"): form(**INITIATIVE),
    ("PATCH", "Projects.update"): form(name="Renamed"),
    ("PUT", "Projects.replace_passport"): form(**PASSPORT),
    ("PATCH", "Projects.update_passport"): form(**PASSPORT),
    ("POST", "Projects.pass_gate"): form(**PASSAGE),
    ("POST", "Saved filters.create"): Sample(
        lambda scene: {"name": "New", "asked": {"mine": True, "label_id": [scene.labels[0]]}}
    ),
    ("PATCH", "Saved filters.update"): form(name="Renamed"),
    ("DELETE", "Saved filters.destroy"): Sample(),
    ("PUT", "Sprints.lay_out"): Sample(lambda _scene: SPRINTS, accepts=409),
    ("PUT", "Sprints.settings"): form(policy="free", weight_unit="hours"),
    ("PATCH", "Sprints.update"): form(goal="Another", people=[]),
    ("PUT", "Sprints.start"): Sample(accepts=409),
    ("POST", "Sprints.put_in"): Sample(lambda scene: {"task_ids": [scene.tasks[0]]}),
    ("POST", "Sprints.take_out"): Sample(lambda scene: {"task_ids": [scene.tasks[1]]}),
    ("DELETE", "Sprints.take_one_out"): Sample(parts={"task_id": lambda scene: scene.tasks[1]}),
    ("POST", "Tasks.create"): Sample(_task),
    ("PATCH", "Tasks.update"): Sample(_task),
    ("PUT", "Tasks.complete"): form(confirmed=[]),
    ("PUT", "Tasks.place"): Sample(_placement),
    ("POST", "Users.create"): form(login="nora", **PERSON),
    ("PATCH", "Users.update"): form(is_active=False),
    ("POST", "Users.reset_password"): Sample(),
    ("POST", "Board rules.create_move"): Sample(_move_rule),
    ("DELETE", "Board rules.destroy_move"): Sample(),
    ("POST", "Board rules.create_limit"): form(by="person", limit=3, kind="hard"),
    ("DELETE", "Board rules.destroy_limit"): Sample(),
    ("POST", "Board templates.create"): form(name="New"),
    ("PATCH", "Board templates.update"): form(name="Renamed"),
    ("DELETE", "Board templates.destroy"): Sample(),
    ("POST", "Project templates.create"): form(name="New"),
    ("PUT", "Project templates.replace"): form(columns=True),
    ("PATCH", "Project templates.update"): form(name="Renamed"),
    ("DELETE", "Project templates.destroy"): Sample(),
    ("POST", "Automation.create"): Sample(_rule),
    ("PATCH", "Automation.update"): form(name="Renamed"),
    ("PUT", "Automation.place"): Sample(lambda scene: {"before_id": scene.parts["other_rule_id"]}),
    ("DELETE", "Automation.destroy"): Sample(),
    # Pages
    ("POST", "archive.create"): Sample(),
    ("POST", "bulk.update"): Sample(_bulk),
    ("POST", "transfers.copy"): Sample(lambda scene: {"column_id": scene.columns[0]}),
    ("POST", "transfers.create"): Sample(
        lambda scene: {"column_id": scene.columns[0]}, accepts=409
    ),
    ("POST", "transfers.merge"): Sample(lambda scene: {"into_id": scene.tasks[1]}),
    ("POST", "archive.destroy"): Sample(),
    ("POST", "undo.create"): Sample(),
    ("POST", "account.set_language"): form(language="en"),
    ("POST", "account.change_password"): form(**PASSWORDS),
    ("POST", "account.end_session"): Sample(),
    ("POST", "account.create_token"): form(name="script", scopes=["read"]),
    ("POST", "account.revoke_token"): Sample(),
    ("POST", "board_imports.create"): Sample(files=lambda: {"file": _board()}),
    ("POST", "board_imports.confirm"): Sample(),
    ("POST", "board_imports.destroy"): Sample(),
    ("POST", "attachments.create"): Sample(files=lambda: {"files": _file()}),
    ("POST", "attachments.destroy"): Sample(),
    ("POST", "board_templates.create"): form(name="New"),
    ("POST", "board_templates.create_board"): form(name="Second"),
    ("POST", "board_templates.update"): form(name="Renamed", version=1),
    ("POST", "board_templates.destroy"): form(version=1),
    ("POST", "production_calendar.update"): form(kind="day_off", version=1),
    ("POST", "production_calendar.destroy"): form(version=1),
    ("POST", "production_calendar.confirm"): form(is_confirmed="1"),
    ("PUT", "Production calendar.set_day"): form(kind="shortened"),
    ("DELETE", "Production calendar.remove_day"): Sample(),
    ("PUT", "Production calendar.confirm"): form(is_confirmed=True),
    ("POST", "project_templates.create"): form(name="New"),
    ("POST", "project_templates.replace"): form(version=1, passport="on"),
    ("POST", "project_templates.update"): form(name="Renamed", version=1),
    ("POST", "project_templates.destroy"): form(version=1),
    ("POST", "automation.create"): Sample(_rule),
    ("POST", "automation.update"): Sample(lambda scene: {**_rule(scene), "version": 1}),
    ("POST", "automation.switch"): form(version=1, is_on=""),
    ("POST", "automation.place"): Sample(lambda scene: {"before_id": scene.parts["other_rule_id"]}),
    ("POST", "automation.destroy"): form(version=1),
    ("POST", "board_rules.add_move"): Sample(_move_rule),
    ("POST", "board_rules.destroy_move"): Sample(),
    ("POST", "board_rules.add_limit"): form(whose="person", limit=3, kind="hard"),
    ("POST", "board_rules.destroy_limit"): Sample(),
    ("POST", "board_looks.update"): form(lanes="label"),
    ("POST", "board_looks.fold"): Sample(lambda scene: {"fold": scene.columns[2]}),
    ("POST", "boards.update"): form(name="Renamed", version=1),
    ("POST", "boards.add_column"): form(**COLUMN),
    ("POST", "boards.update_column"): form(**COLUMN, version=1),
    ("POST", "boards.place_column"): Sample(lambda scene: {"before_id": scene.columns[3]}),
    ("POST", "boards.remove_column"): Sample(lambda _scene: {"version": 1}, parts=EMPTY_COLUMN),
    ("POST", "comments.create"): form(text="Well, @mila?"),
    ("POST", "comments.update"): form(text="Better said", version=1),
    ("POST", "comments.destroy"): form(version=1),
    ("POST", "comments.restore"): Sample(),
    ("POST", "checklists.create"): form(text="Book a hall"),
    ("POST", "checklists.update"): form(text="Book a hall", version=1),
    ("POST", "checklists.tick"): form(is_done="true"),
    ("POST", "checklists.place"): Sample(_item_placement),
    ("POST", "checklists.destroy"): Sample(),
    ("POST", "checklists.convert"): Sample(),
    ("POST", "dependencies.create"): form(blocker="3"),
    ("POST", "dependencies.destroy"): Sample(),
    ("POST", "evidence.create"): form(**LINK),
    ("POST", "evidence.update"): form(**LINK, version=1),
    ("POST", "evidence.destroy"): Sample(),
    ("POST", "watchers.update"): form(is_watching="true"),
    ("POST", "saved_filters.create"): form(name="New"),
    ("POST", "saved_filters.update"): form(name="Renamed", version=1),
    ("POST", "saved_filters.destroy"): form(version=1),
    ("POST", "gates.update"): form(**PASSAGE),
    ("POST", "labels.create"): form(name="New", colour="teal"),
    ("POST", "labels.update"): form(name="Renamed", colour="teal"),
    ("POST", "labels.destroy"): Sample(),
    ("POST", "languages.choose"): form(language="en"),
    ("POST", "members.create"): Sample(),  # its body: `newcomer` of the matrix
    ("POST", "members.update"): form(role="observer"),
    ("POST", "members.destroy"): Sample(),
    ("POST", "notifications.read_all"): form(up_to=1),
    ("POST", "notifications.open_"): Sample(),
    ("POST", "notifications.read"): Sample(),
    ("POST", "notifications.mute"): form(is_muted="yes"),
    ("POST", "sprint_closing.update"): Sample(_closing_form),
    ("POST", "sprint_notes.create"): form(**NOTE),
    ("POST", "sprint_notes.update"): form(**NOTE, version=1),
    ("POST", "sprint_notes.destroy"): form(version=1),
    ("POST", "sprint_notes.make_card"): form(is_next="false"),
    ("POST", "own_fields.create"): form(name="New", kind="number"),
    ("POST", "own_fields.update"): form(name="Renamed", choices="", version=1),
    ("POST", "own_fields.place"): Sample(_own_placement),
    ("POST", "own_fields.destroy"): Sample(),
    ("POST", "passports.update"): form(**PASSPORT, version=1),
    ("POST", "portfolio_file.export"): form(format="json"),
    ("POST", "portfolio_file.create"): Sample(accepts=422),
    ("POST", "programmes.create"): form(name="New"),
    ("POST", "programmes.update"): form(name="Renamed", version=1),
    ("POST", "programmes.create_strategic_project"): form(name="New"),
    ("POST", "programmes.update_strategic_project"): form(name="Renamed", version=1),
    ("POST", "projects.create"): form(**INITIATIVE),
    ("POST", "projects.update"): form(**HEAD, version=1, weight=1),
    ("POST", "sessions.create"): form(login="lev", password=PASSWORD),
    ("POST", "sessions.destroy"): Sample(accepts=303),
    ("POST", "recurrences.create"): Sample(_recurrence),
    ("POST", "recurrences.create_of_task"): Sample(_recurrence),
    ("POST", "recurrences.update"): Sample(lambda scene: {**_recurrence(scene), "version": 1}),
    ("POST", "recurrences.switch"): form(is_on="", version=1),
    ("POST", "recurrences.place"): Sample(_recurrence_placement),
    ("POST", "recurrences.destroy"): form(version=1),
    ("POST", "planning.put_in"): Sample(lambda scene: {"task_ids": [scene.tasks[0]]}),
    ("POST", "planning.take_out"): Sample(lambda scene: {"task_ids": [scene.tasks[1]]}),
    ("POST", "sprints.create"): Sample(lambda _scene: SPRINTS, accepts=409),
    ("POST", "sprints.settings"): form(policy="free", weight_unit="hours"),
    ("POST", "sprints.update"): form(goal="Another", version=2),
    ("POST", "sprints.start"): Sample(lambda _scene: {"version": 2}, accepts=409),
    ("POST", "task_sprints.update"): Sample(
        lambda scene: {"sprint_id": scene.parts["sprint_id"], "reason": "Asked for"}
    ),
    ("POST", "stages.create"): form(name="Third"),
    ("POST", "stages.update"): form(name="Renamed", version=1),
    ("POST", "stages.place"): Sample(lambda scene: {"before_id": scene.stages[1]}),
    ("POST", "stages.destroy"): Sample(parts=EMPTY_STAGE),
    ("POST", "my_work.complete"): form(show="all"),
    ("POST", "task_cells.update"): form(value="Renamed", version=1),
    ("POST", "tasks.create"): form(title="New"),
    ("POST", "tasks.update"): Sample(lambda scene: {**_task(scene), "version": 1}),
    ("POST", "tasks.place"): Sample(_placement),
    ("POST", "users.create"): form(login="nora", **PERSON),
    ("POST", "users.update"): form(**PERSON, version=1),
    ("POST", "users.disable"): Sample(),
    ("POST", "users.enable"): Sample(),
    ("POST", "users.reset_password"): Sample(),
}
"""By method and endpoint; a GET needs none."""
