"""Tasks as a file: in which form."""

from schemas import fields as f
from schemas.task_filters import TaskFilterSchema


class TaskFileSchema(TaskFilterSchema):
    """Which tasks are wanted, and in which form of file."""

    format = f.Choice(("xlsx", "csv"), load_default="xlsx", description="XLSX or CSV.")
    delimiter = f.Choice(
        ("semicolon", "comma"),
        load_default="semicolon",
        description="Between the cells of CSV; Excel in Russian wants semicolons.",
    )
    bom = f.StrictBoolean(
        load_default=True,
        description="A mark at the beginning of CSV that tells Excel it is UTF-8.",
    )
