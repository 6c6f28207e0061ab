"""The whole portfolio as a file: out, and into an empty office."""

from collections.abc import Mapping
from io import BytesIO
from typing import Any

from flask import Response, request
from flask_smorest import abort

from pmo import clock
from pmo.documents import portfolio_file, portfolio_zip
from pmo.domain.permissions import Capability
from pmo.http import current, files
from pmo.http.access import requires
from pmo.http.api import ApiBlueprint
from schemas.lists import ImportedSchema
from schemas.portfolio_file import ExportSchema

bp = ApiBlueprint("Portfolio file", __name__, description="The whole portfolio as one file.")

FILE = {
    "type": "object",
    "description": "A portfolio file, as schemas/portfolio.schema.json describes it.",
}
ZIP = {"type": "string", "format": "binary", "description": "The file with the files of cards."}
CONTENT = {
    **{media: {"schema": FILE} for media in portfolio_file.MEDIA_TYPES.values()},
    portfolio_zip.MEDIA_TYPE: {"schema": ZIP},
}
FORMATS = {
    **{media: name for name, media in portfolio_file.MEDIA_TYPES.items()},
    portfolio_zip.MEDIA_TYPE: "zip",
}


@bp.route("/portfolio-file/export", methods=["POST"])
@bp.arguments(ExportSchema)
@bp.response(200, FILE, content_type="application/yaml", description="The file.")
@bp.alt_response(200, schema=FILE, content_type="application/json", success=True)
@bp.alt_response(200, schema=ZIP, content_type=portfolio_zip.MEDIA_TYPE, success=True)
@requires(Capability.PORTFOLIO_EXPORT)
def export(asked: Mapping[str, Any]) -> Response:
    """Export the whole portfolio as a file.

    YAML or JSON, or a ZIP of the YAML with the files of cards; the same portfolio gives the same
    bytes. The journal notes that it left, hence no GET.
    """
    kind = asked["format"]
    if kind == "zip":
        return files.portfolio(current.actor(), clock.now())
    body = portfolio_file.export_file(format=kind, actor=current.actor(), at=clock.now())
    response = Response(body, mimetype=portfolio_file.MEDIA_TYPES[kind])
    name = f"portfolio-{current.today().isoformat()}.{kind}"
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


@bp.route("/portfolio-file", methods=["POST"])
@bp.doc(requestBody={"required": True, "description": "The file.", "content": CONTENT})
@bp.response(200, ImportedSchema)
@requires(Capability.PORTFOLIO_IMPORT)
def create() -> Any:
    """Import a portfolio file into an empty office.

    As a whole or not at all: a file that does not fit is refused with every fault by place, 409
    if there is a portfolio already. Without the ZIP the files of cards are listed, but not there.
    """
    if request.mimetype not in FORMATS:
        abort(415)
    source = BytesIO(request.get_data())
    return files.take_portfolio(source, FORMATS[request.mimetype], current.actor(), clock.now())
