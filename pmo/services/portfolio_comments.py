"""Writing the comments of a portfolio file."""

from collections.abc import Iterator, Mapping
from typing import Any

Part = dict[str, Any]


def rows_of(project: Part, numbers: Mapping[int, int], people: Mapping[str, int]) -> Iterator[Part]:
    """Yield the rows of `Comment`. numbers: task's number → id. people: login → id."""
    for task in project["tasks"]:
        for comment in task["comments"]:
            yield {
                "task": numbers[task["number"]],
                "number": comment["number"],
                "author": people.get(comment["author"]),
                "text": comment["text"],
                "written_at": comment["written_at"],
                "edited_at": comment["edited_at"],
                "removed_at": comment["removed_at"],
                "removed_by": people.get(comment["removed_by"]),
            }


def standing(task: Part) -> int:
    """Return how many comments of a task are not removed: what its card counts."""
    return sum(comment["removed_at"] is None for comment in task["comments"])
