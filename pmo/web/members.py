"""The people of a project."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from pmo import clock
from pmo.domain.permissions import Capability
from pmo.domain.vocabulary import MemberRole
from pmo.errors import LeadStays
from pmo.http import current, forms
from pmo.http.access import requires
from pmo.queries import headings
from pmo.queries import memberships as queries
from pmo.services import memberships
from schemas.memberships import MemberForm, MemberRoleSchema

bp = Blueprint("members", __name__, url_prefix="/projects/<int:project_id>/members")


@bp.get("")
@requires(Capability.PROJECT_STAFF)
def index(project_id: int) -> ResponseReturnValue:
    """Show the people, what each is here, and the form of a new one."""
    actor = current.actor()
    project = headings.of_project(project_id, actor, Capability.PROJECT_STAFF)
    members = queries.members(project_id, actor)
    present = {member.user_id for member in members}
    return render_template(
        "members/index.html",
        project=project,
        members=members,
        people=[person for person in queries.people() if person.id not in present],
        roles=list(MemberRole),
        form=forms.state({"role": MemberRole.MEMBER.value}),
    )


@bp.post("")
@requires(Capability.PROJECT_STAFF)
@forms.redraws(index, LeadStays)
def create(project_id: int) -> ResponseReturnValue:
    """Add a person."""
    given = MemberForm().load(request.form)
    memberships.set_role(project_id, **given, actor=current.actor(), at=clock.now())
    flash(_("The person is in the project now."), "success")
    return redirect(url_for("members.index", project_id=project_id), 303)


@bp.post("/<int:user_id>")
@requires(Capability.PROJECT_STAFF)
def update(project_id: int, user_id: int) -> ResponseReturnValue:
    """Change what a person is in the project."""
    role = MemberRoleSchema().load(request.form)["role"]
    memberships.set_role(
        project_id, user_id=user_id, role=role, actor=current.actor(), at=clock.now()
    )
    flash(_("The part is changed."), "success")
    return redirect(url_for("members.index", project_id=project_id), 303)


@bp.post("/<int:user_id>/removal")
@requires(Capability.PROJECT_STAFF)
def destroy(project_id: int, user_id: int) -> ResponseReturnValue:
    """End a person's membership."""
    memberships.remove(project_id, user_id=user_id, actor=current.actor(), at=clock.now())
    flash(_("The person is not in the project any more."), "success")
    return redirect(url_for("members.index", project_id=project_id), 303)
