"""The whole portfolio as a file: out, and into an empty office."""

from collections.abc import Mapping
from typing import Any

from flask import Response, request
from flask_smorest import abort

from pmo import clock
from pmo.documents import portfolio_file
from pmo.domain.permissions import Capability
from pmo.http import current
from pmo.http.access import requires
from pmo.http.api import ApiBlueprint
from schemas.lists import ImportedSchema
from schemas.portfolio_file import ExportSchema

bp = ApiBlueprint("Portfolio file", __name__, description="The whole portfolio as one file.")

FILE = {
    "type": "object",
    "description": "A portfolio file, as schemas/portfolio.schema.json describes it.",
}
CONTENT = {media: {"schema": FILE} for media in portfolio_file.MEDIA_TYPES.values()}
FORMATS = {media: name for name, media in portfolio_file.MEDIA_TYPES.items()}


@bp.route("/portfolio-file/export", methods=["POST"])
@bp.arguments(ExportSchema)
@bp.response(200, FILE, content_type="application/yaml", description="The file.")
@bp.alt_response(200, schema=FILE, content_type="application/json", success=True)
@requires(Capability.PORTFOLIO_EXPORT)
def export(asked: Mapping[str, Any]) -> Response:
    """Export the whole portfolio as a file.

    YAML or JSON; the same portfolio gives the same bytes. The journal notes that it left, hence
    no GET.
    """
    kind = asked["format"]
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
    if there is a portfolio already.
    """
    if request.mimetype not in FORMATS:
        abort(415)
    return portfolio_file.import_file(
        request.get_data(),
        format=FORMATS[request.mimetype],
        actor=current.actor(),
        at=clock.now(),
        max_mb=current.settings().max_upload_mb,
    )
