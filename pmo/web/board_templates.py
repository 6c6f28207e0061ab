"""Templates of boards: save a board as one, make a board of one, the office's list."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from pmo import clock
from pmo.domain.permissions import Capability
from pmo.errors import InUse
from pmo.http import current, forms
from pmo.http.access import requires
from pmo.queries import board_templates as queries
from pmo.queries import boards, headings
from pmo.services import board_templates as services
from schemas.board_templates import (
    BoardCreateSchema,
    TemplateForm,
    TemplateNameSchema,
    TemplateRemovalForm,
)

bp = Blueprint("board_templates", __name__)


@bp.get("/board-templates")
@requires(Capability.PORTFOLIO_READ)
def index() -> ResponseReturnValue:
    """Show the templates of the office."""
    templates = queries.every(current.actor())
    return render_template("board_templates/index.html", templates=templates, form=forms.state())


def index_again(**_arguments: int) -> ResponseReturnValue:
    """Show the list again, after a form of one template was refused."""
    return index()


@bp.get("/boards/<int:board_id>/templates")
@requires(Capability.BOARD_CONFIGURE)
def of_board(board_id: int) -> ResponseReturnValue:
    """Show what can be made of a board, and of templates."""
    head, _columns = boards.settings(board_id, current.actor())
    return render_template(
        "boards/templates.html",
        board=head,
        form=forms.state(),
    )


@bp.post("/boards/<int:board_id>/templates")
@requires(Capability.BOARD_CONFIGURE)
@forms.redraws(of_board, InUse)
def create(board_id: int) -> ResponseReturnValue:
    """Save a board as a template."""
    given = TemplateNameSchema().load(request.form)
    services.save(board_id, **given, actor=current.actor(), at=clock.now())
    flash(_("The template is saved."), "success")
    return redirect(url_for("board_templates.of_board", board_id=board_id), 303)


@bp.get("/projects/<int:project_id>/boards/new")
@requires(Capability.BOARD_CONFIGURE)
def new_board(project_id: int) -> ResponseReturnValue:
    """Show the form of a new board."""
    actor = current.actor()
    return render_template(
        "boards/new.html",
        project=headings.of_project(project_id, actor, Capability.BOARD_CONFIGURE),
        templates=queries.every(actor),
        form=forms.state(),
    )


@bp.post("/projects/<int:project_id>/boards")
@requires(Capability.BOARD_CONFIGURE)
@forms.redraws(new_board, InUse)
def create_board(project_id: int) -> ResponseReturnValue:
    """Add a board to a project, of a template or with the usual columns."""
    given = BoardCreateSchema().load(request.form)
    made = services.create_board(project_id, **given, actor=current.actor(), at=clock.now())
    return redirect(url_for("boards.show", board_id=made.board_id), 303)


@bp.post("/board-templates/<int:board_template_id>")
@requires(Capability.PROGRAMMES_EDIT)
@forms.redraws(index_again)
def update(board_template_id: int) -> ResponseReturnValue:
    """Give a template another name."""
    given = TemplateForm().load(request.form)
    services.rename(
        board_template_id,
        name=given["name"],
        expected_version=given["version"],
        actor=current.actor(),
        at=clock.now(),
    )
    return _saved()


@bp.post("/board-templates/<int:board_template_id>/removal")
@requires(Capability.PROGRAMMES_EDIT)
def destroy(board_template_id: int) -> ResponseReturnValue:
    """Remove a template."""
    given = TemplateRemovalForm().load(request.form)
    services.remove(
        board_template_id,
        expected_version=given["version"],
        actor=current.actor(),
        at=clock.now(),
    )
    return _saved()


def _saved() -> ResponseReturnValue:
    flash(_("Saved."), "success")
    return redirect(url_for("board_templates.index"), 303)
