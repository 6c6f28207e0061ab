"""What the sections of a task's panel show; each section's own module tells its facts."""

from typing import Any

from pmo.queries.tasks import TaskView
from pmo.web import checklists, dependencies, evidence, watchers

SECTIONS = (
    checklists.facts,
    evidence.facts,
    dependencies.facts,
    watchers.facts,
)


def facts(task: TaskView) -> dict[str, Any]:
    """Return the values of all sections, by the names that their templates expect."""
    return {name: value for section in SECTIONS for name, value in section(task.id).items()}
