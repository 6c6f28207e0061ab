"""Writing the files that a portfolio file lists."""

from collections.abc import Iterator, Mapping
from typing import Any

Part = dict[str, Any]


def rows_of(project: Part, numbers: Mapping[int, int], people: Mapping[str, int]) -> Iterator[Part]:
    """Yield the rows of `Attachment`. numbers: task's number → id. people: login → id.

    Width and height are known when the bytes came too: then they were looked at.
    """
    for task in project["tasks"]:
        for file in task["attachments"]:
            yield {
                "task": numbers[task["number"]],
                "name": file["name"],
                "sha256": file["sha256"],
                "size": file["size"],
                "media_type": file["media_type"],
                "width": file.get("width"),
                "height": file.get("height"),
                "added_by": people[file["added_by"]],
                "added_at": file["added_at"],
            }


def counts(content: Part) -> dict[str, int]:
    """Return how many files came with their bytes, and how many are only listed."""
    listed = [
        file
        for project in content["projects"]
        for task in project["tasks"]
        for file in task["attachments"]
    ]
    came = sum("width" in file for file in listed)
    return {"files": came, "files_missing": len(listed) - came}
