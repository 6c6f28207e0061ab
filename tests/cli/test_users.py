"""`pmo user`."""

import re
from collections.abc import Callable

import pytest
from click.testing import Result

from pmo import db as pmo_db
from pmo.models import User
from pmo.services import passwords

Run = Callable[..., Result]
ANNA = ("user", "add", "anna", "--name", "Анна", "--role", "administrator")


def account(login: str) -> User:
    with pmo_db.connection():
        found: User = User.get(User.login == login)
        return found


def test_a_new_account_has_a_password_for_once(pmo: Run) -> None:
    result = pmo(*ANNA, "--position", "методист")

    told = re.search(r"Initial password: (\S+)", result.stdout)
    assert result.exit_code == 0
    assert told
    made = account("anna")
    assert (made.name, made.position, made.role, made.is_demo) == (
        "Анна",
        "методист",
        "administrator",
        False,
    )
    assert made.must_change_password
    assert passwords.matches(made.password_hash, told[1])


@pytest.mark.one_database
def test_a_password_may_come_by_standard_input(pmo: Run) -> None:
    result = pmo(*ANNA, "--password-stdin", input="seven green apples\n")

    made = account("anna")
    assert result.exit_code == 0
    assert "seven" not in result.output
    assert passwords.matches(made.password_hash, "seven green apples")
    assert not made.must_change_password


@pytest.mark.one_database
@pytest.mark.parametrize("password", ["short", "qwerty1234", "", "x" * 129])
def test_a_weak_password_is_refused(pmo: Run, password: str) -> None:
    result = pmo(*ANNA, "--password-stdin", input=f"{password}\n")

    assert result.exit_code == 1
    assert "password: " in result.stderr
    with pmo_db.connection():
        assert User.select().count() == 0


@pytest.mark.one_database
def test_a_login_that_is_taken_is_refused(pmo: Run) -> None:
    pmo(*ANNA)

    result = pmo(*ANNA)

    assert result.exit_code == 1
    assert result.stderr == "Error: This is already in use.\n"


@pytest.mark.one_database
@pytest.mark.parametrize(
    "arguments",
    [
        ("user", "add", "Анна", "--name", "Анна", "--role", "observer"),
        ("user", "add", "anna", "--name", "", "--role", "observer"),
        ("user", "add", "anna", "--name", "a\nb", "--role", "observer"),
        ("user", "add", "anna", "--name", "x" * 121, "--role", "observer"),
        ("user", "add", "anna", "--name", "Anna", "--role", "boss"),
        ("user", "add", "anna", "--name", "Anna"),
    ],
)
def test_a_value_without_sense_is_wrong_use(pmo: Run, arguments: tuple[str, ...]) -> None:
    assert pmo(*arguments).exit_code == 2


@pytest.mark.one_database
def test_a_lost_password_is_given_anew(pmo: Run) -> None:
    pmo(*ANNA)
    before = account("anna").password_hash

    result = pmo("user", "reset-password", "anna")

    assert result.exit_code == 0
    assert account("anna").password_hash != before


@pytest.mark.one_database
def test_nobody_gets_no_password(pmo: Run) -> None:
    result = pmo("user", "reset-password", "bob")

    assert (result.exit_code, result.stderr) == (1, "Error: There is no account “bob”.\n")
