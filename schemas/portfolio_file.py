"""The forms of the portfolio file's page."""

from schemas import fields as f
from schemas.base import Schema


class ExportSchema(Schema):
    """Which form of the file is wanted."""

    format = f.Choice(
        ("yaml", "json", "zip"),
        load_default="yaml",
        description="YAML, JSON, or a ZIP of the YAML with the files of cards.",
    )


class UploadSchema(Schema):
    """Nothing beside the file itself."""
