"""`pmo user`: accounts from the command line, for the first administrator above all."""

import re
import sys

import click

from pmo import clock
from pmo.cli.language import _
from pmo.cli.program import Refused, office, say
from pmo.config import Settings
from pmo.domain.credentials import LOGIN_PATTERN
from pmo.domain.vocabulary import Role
from pmo.queries import accounts as queries
from pmo.services import accounts, passwords

LOGIN = click.argument("login")
FROM_STDIN = click.option(
    "--password-stdin",
    "from_stdin",
    is_flag=True,
    help=_("Read the password from standard input instead of making an initial one."),
)


@click.group("user", help=_("Accounts."))
def group() -> None:
    """Gather the sub-commands."""


@group.command(help=_("Make an account and print its initial password."))
@LOGIN
@click.option("--name", required=True, help=_("Name, as others see it."))
@click.option("--role", type=click.Choice([role.value for role in Role]), required=True)
@click.option("--position", default="", help=_("Position in the office."))
@FROM_STDIN
def add(login: str, name: str, role: str, position: str, *, from_stdin: bool) -> None:
    """Make an account."""
    _check_login(login)
    _check_length(name, 1, 120, "--name")
    _check_length(position, 0, 160, "--position")
    profile = accounts.Profile(name=name.strip(), position=position.strip(), role=Role(role))
    with office() as settings:
        at = clock.now()
        if from_stdin:
            kept = passwords.hash_of(_read_password(settings, login, name))
            accounts.add(login, profile=profile, password_hash=kept, actor=None, at=at)
            say(_("The account “{login}” is made."), login=login)
        else:
            made = accounts.create(login, profile=profile, actor=None, at=at)
            say(_("The account “{login}” is made."), login=login)
            _print(made)


@group.command(
    "reset-password", help=_("Give an account a new initial password; its sessions end.")
)
@LOGIN
def reset_password(login: str) -> None:
    """Give a new initial password."""
    with office():
        found = (person.id for person in queries.people() if person.login == login.lower())
        user_id = next(found, None)
        if user_id is None:
            raise Refused(_("There is no account “{login}”.").format(login=login))
        _print(accounts.reset_password(user_id, actor=None, at=clock.now()))


def _print(made: accounts.InitialPassword) -> None:
    say(_("Initial password: {password}"), password=made.password)
    say(_("It is shown only here and must be changed at the first sign-in."))


def _check_login(login: str) -> None:
    if not re.fullmatch(LOGIN_PATTERN, login):
        message = _("Use 2 to 64 small Latin letters, digits, dots, dashes or underscores.")
        raise click.BadParameter(message, param_hint="LOGIN")


def _check_length(text: str, least: int, most: int, option: str) -> None:
    if not least <= len(text.strip()) <= most or not text.isprintable():
        message = _("Use {least} to {most} characters, in one line.")
        raise click.BadParameter(message.format(least=least, most=most), param_hint=option)


def _read_password(settings: Settings, login: str, name: str) -> str:
    password = sys.stdin.readline().rstrip("\r\n")
    passwords.check(password, context=(login, name, settings.office_name), field="password")
    return password
