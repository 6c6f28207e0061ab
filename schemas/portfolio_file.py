"""The forms of the portfolio file's page."""

from schemas import fields as f
from schemas.base import Schema


class ExportSchema(Schema):
    """Which form of the file is wanted."""

    format = f.Choice(("yaml", "json"), load_default="yaml", description="YAML or JSON.")


class UploadSchema(Schema):
    """Nothing beside the file itself."""
