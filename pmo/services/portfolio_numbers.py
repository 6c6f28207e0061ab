"""What the journal of a portfolio file tells of numbers that were used before."""

import re
from collections import Counter
from datetime import datetime
from typing import Any

Part = dict[str, Any]

OWN_FIELD_EVENTS = frozenset(
    {"project.own_field_added", "project.own_field_edited", "project.own_field_removed"}
)


class Used:
    """What the journal of a file tells of numbers that were used: they are never used again."""

    def __init__(self, events: list[Part]) -> None:
        self.created: set[tuple[str, int]] = set()
        self.versions: dict[tuple[str, int], int] = {}
        self.entries: dict[tuple[str, int], datetime] = {}
        self.own_fields: Counter[str] = Counter()
        self.columns: Counter[tuple[str, str]] = Counter()
        self.recurrences: Counter[str] = Counter()
        for event in events:
            self._take(event)

    def next_task_number(self, project: Part) -> int:
        """Return the number after the greatest one."""
        return max((task["number"] for task in project["tasks"]), default=0) + 1

    def next_column_number(self, code: str, board: Part) -> int:
        """Return the number after the greatest of c1, c2 … that the board has or had."""
        present = max((_number("c", column["key"]) for column in board["columns"]), default=0)
        return max(present, self.columns[code, board["key"]]) + 1

    def next_own_number(self, project: Part) -> int:
        """Return the number after the greatest of f1, f2 … that the project has or had."""
        present = max((_number("f", it["key"]) for it in project["own_fields"]), default=0)
        return max(present, self.own_fields[project["code"]]) + 1

    def next_recurrence_number(self, project: Part) -> int:
        """Return the number after the greatest of r1, r2 … that the project has or had."""
        present = max((_number("r", it["key"]) for it in project["recurrences"]), default=0)
        return max(present, self.recurrences[project["code"]]) + 1

    def version(self, code: str, number: int) -> int:
        """Return the version that a task had reached: the base of edits to come."""
        return self.versions.get((code, number), 1)

    def entered_at(self, code: str, task: Part) -> datetime:
        """Return since when a task stands in its column."""
        made: datetime = task["created_at"]
        return self.entries.get((code, task["number"]), made)

    def _take(self, event: Part) -> None:
        data, task = event["data"], (event["project"], event["task"])
        if event["kind"] == "task.created":
            self.created.add(task)
        elif event["kind"] == "task.edited" and isinstance(data.get("version"), int):
            self.versions[task] = max(data["version"], self.versions.get(task, 1))
        if event["kind"] in {"task.created", "task.moved"}:
            self.entries[task] = event["at"]
        if event["kind"] in OWN_FIELD_EVENTS:
            number = _number("f", data.get("field"))
            self.own_fields[event["project"]] = max(number, self.own_fields[event["project"]])
        recurrence = _number("r", data.get("recurrence"))
        self.recurrences[event["project"]] = max(recurrence, self.recurrences[event["project"]])
        board = (event["project"], str(data.get("board")))
        for name in ("column", "from", "to"):
            number = _number("c", data.get(name))
            self.columns[board] = max(self.columns[board], number)


def _number(letter: str, key: Any) -> int:
    found = re.fullmatch(rf"{letter}(\d{{1,9}})", key) if isinstance(key, str) else None
    return int(found[1]) if found else 0
