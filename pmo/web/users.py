"""Accounts, for their administrator."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from pmo import clock
from pmo.domain.permissions import Capability
from pmo.domain.vocabulary import Role
from pmo.http import current, forms
from pmo.http.access import requires
from pmo.queries import accounts as queries
from pmo.services import accounts
from schemas.accounts import UserCreateSchema, UserQuerySchema, UserUpdateSchema

bp = Blueprint("users", __name__, url_prefix="/users")


@bp.get("")
@requires(Capability.USERS_MANAGE)
def index() -> ResponseReturnValue:
    """List all accounts, with a search."""
    asked = UserQuerySchema().load_filled(request.args)
    page = queries.users(current.actor(), search=asked["search"], number=asked["page"])
    return render_template("users/index.html", page=page, search=asked["search"])


@bp.get("/new")
@requires(Capability.USERS_MANAGE)
def new() -> ResponseReturnValue:
    """Show the form of a new account."""
    form = forms.state({"role": Role.METHODIST.value})
    return render_template("users/new.html", form=form, roles=list(Role))


@bp.post("")
@requires(Capability.USERS_MANAGE)
@forms.redraws(new)
def create() -> ResponseReturnValue:
    """Make an account and show its initial password, this once: hence no redirect."""
    given = UserCreateSchema().load(request.form)
    login = given.pop("login")
    made = accounts.create(
        login, profile=accounts.Profile(**given), actor=current.actor(), at=clock.now()
    )
    return _password_page(made), 201


@bp.get("/<int:user_id>")
@requires(Capability.USERS_MANAGE)
def edit(user_id: int) -> ResponseReturnValue:
    """Show one account with the form of its profile."""
    user = queries.user(user_id, current.actor())
    form = forms.state(
        {
            "name": user.name,
            "position": user.position,
            "role": user.role.value,
            "version": user.version,
        }
    )
    return render_template("users/edit.html", user=user, form=form, roles=list(Role))


@bp.post("/<int:user_id>")
@requires(Capability.USERS_MANAGE)
@forms.redraws(edit)
def update(user_id: int) -> ResponseReturnValue:
    """Change name, position, role."""
    given = UserUpdateSchema().load(request.form)
    version = given.pop("version")
    accounts.edit(
        user_id,
        profile=accounts.Profile(**given),
        expected_version=version,
        actor=current.actor(),
        at=clock.now(),
    )
    flash(_("Saved."), "success")
    return redirect(url_for("users.edit", user_id=user_id), 303)


@bp.post("/<int:user_id>/disable")
@requires(Capability.USERS_MANAGE)
def disable(user_id: int) -> ResponseReturnValue:
    """Shut a person out."""
    accounts.disable(user_id, actor=current.actor(), at=clock.now())
    flash(_("The account is disabled; its sign-ins and tokens have ended."), "success")
    return redirect(url_for("users.edit", user_id=user_id), 303)


@bp.post("/<int:user_id>/enable")
@requires(Capability.USERS_MANAGE)
def enable(user_id: int) -> ResponseReturnValue:
    """Let a person in again."""
    accounts.enable(user_id, actor=current.actor(), at=clock.now())
    flash(_("The account is enabled."), "success")
    return redirect(url_for("users.edit", user_id=user_id), 303)


@bp.post("/<int:user_id>/password")
@requires(Capability.USERS_MANAGE)
def reset_password(user_id: int) -> ResponseReturnValue:
    """Make a new initial password and show it, this once: hence no redirect."""
    made = accounts.reset_password(user_id, actor=current.actor(), at=clock.now())
    return _password_page(made), 201


def _password_page(made: accounts.InitialPassword) -> str:
    user = queries.user(made.user_id, current.actor())
    return render_template("users/password.html", user=user, made=made)
