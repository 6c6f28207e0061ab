"""The whole portfolio as a file: out, and into an empty office."""

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from pmo import clock
from pmo.documents import portfolio_file
from pmo.domain.permissions import Capability
from pmo.errors import Conflict, Invalid
from pmo.http import current, files, forms
from pmo.http.access import requires
from schemas.portfolio_file import ExportSchema, UploadSchema

ZIP = {".zip": "zip"}

bp = Blueprint("portfolio_file", __name__, url_prefix="/portfolio-file")


@bp.get("")
@requires(Capability.PORTFOLIO_EXPORT)
def show() -> ResponseReturnValue:
    """Offer the download and the upload."""
    return render_template(
        "portfolio_file/show.html",
        form=forms.state(),
        formats=portfolio_file.FORMATS,
        most=current.settings().max_upload_mb,
    )


@bp.post("/export")
@requires(Capability.PORTFOLIO_EXPORT)
def export() -> ResponseReturnValue:
    """Give the portfolio as a file; the journal notes that it left, hence no GET."""
    asked = ExportSchema().load(request.form)["format"]
    if asked == "zip":
        return files.portfolio(current.actor(), clock.now())
    body = portfolio_file.export_file(format=asked, actor=current.actor(), at=clock.now())
    response = Response(body, mimetype=portfolio_file.MEDIA_TYPES[asked])
    name = f"portfolio-{current.today().isoformat()}.{asked}"
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


@bp.post("")
@requires(Capability.PORTFOLIO_IMPORT)
@forms.redraws(show, Conflict)
def create() -> ResponseReturnValue:
    """Take a file into an empty portfolio; the page of errors lists every fault of it."""
    UploadSchema().load(request.form)
    upload = request.files.get("file")
    name = portfolio_file.format_of(upload.filename or "", ZIP) if upload else None
    if upload is None or name is None:
        raise Invalid({"file": [_("Choose a file whose name ends in .yaml, .json or .zip.")]})
    done = files.take_portfolio(upload.stream, name, current.actor(), clock.now())
    flash(_("The portfolio is imported."), "success")
    if done.files_missing:
        flash(_("Files that are listed but were not brought: %(num)d.", num=done.files_missing))
    return redirect(url_for("projects.index"), 303)
