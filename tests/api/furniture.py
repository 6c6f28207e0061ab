"""One of everything that hangs on the first task of a project, so that it has an address."""

from pmo.domain.permissions import Actor
from pmo.models import AutomationRule, Sprint, Task, TaskDependency
from pmo.services import checklists, evidence, sprints
from tests.cast import NOW, Scene


def furnish(scene: Scene, lead: Actor) -> None:
    """Hang one of everything on the first task and note it in `scene.parts`, by its name."""
    task = scene.tasks[0]
    who = {"actor": lead, "at": NOW}
    item = checklists.add(task, text="First", **who).item_id
    scene.parts["item_id"] = item
    scene.parts["other_item_id"] = checklists.add(task, text="Second", **who).item_id
    piece = {"title": "Report", "url": "https://example.org/report"}
    scene.parts["evidence_id"] = evidence.add(task, piece, **who).evidence_id
    _sprint(scene, lead)
    TaskDependency.create(task=task, blocker=scene.tasks[1])
    scene.parts["blocker_id"] = scene.tasks[1]
    for number in (1, 2):
        rule = {"name": f"Rule {number}", "trigger": "blocked", "action": "notify", "text": "Look"}
        made = AutomationRule.create(board=scene.board, position=number, **rule)
        scene.parts["automation_rule_id" if number == 1 else "other_rule_id"] = made.id


def _sprint(scene: Scene, lead: Actor) -> None:
    """Start the first of two sprints, with the second task."""
    who = {"actor": lead, "at": NOW}
    first = Sprint.create(project=scene.project, number=0, starts_on=NOW, ends_on=NOW, goal="Try")
    Sprint.create(project=scene.project, number=1, starts_on=NOW, ends_on=NOW)
    Task.update(expected_result="A list").where(Task.id.in_(scene.tasks)).execute()
    Task.update(sprint=first).where(Task.id == scene.tasks[1]).execute()
    sprints.start(first.id, expected_version=None, **who)
    scene.parts["sprint_id"] = first.id
