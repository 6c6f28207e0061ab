"""Sign-in, one's own account, tokens, and accounts as their administrator edits them."""

from pmo.config import LANGUAGES
from pmo.domain.vocabulary import Role, TokenScope
from schemas import fields as f
from schemas.base import PageQuerySchema, Schema, Versioned


class SignInSchema(Schema):
    """The form of the sign-in page."""

    login = f.String(description="Login.", max_length=64, min_length=1, required=True)
    password = f.Password(description="Password.", min_length=1, required=True)
    next = f.String(description="Where to go then.", max_length=2000, load_default="")


class PasswordChangeSchema(Schema):
    current_password = f.Password(
        example="seven green apples",
        description="The present password.",
        min_length=1,
        required=True,
    )
    new_password = f.Password(
        example="nine purple turtles",
        description="The new one: 10 to 128 characters, none of the well-known.",
        min_length=1,
        required=True,
    )


class LanguageSchema(Schema):
    language = f.Choice(
        ("", *LANGUAGES), description="Language; '' follows the browser.", required=True
    )


class LanguageForm(LanguageSchema):
    """The choice of one's own language, from wherever it is made."""

    next = f.String(description="Where to go then.", max_length=2000, load_default="")


class LanguageChoiceSchema(Schema):
    """The switch of languages for strangers."""

    language = f.Choice(LANGUAGES, description="Language.", required=True)
    next = f.String(description="Where to go then.", max_length=2000, load_default="")


class TokenCreateSchema(Schema):
    """A new API token."""

    name = f.String(
        example="Выгрузка в отчёт",
        description="What it is for.",
        max_length=80,
        min_length=1,
        required=True,
    )
    scopes = f.List(
        f.Enum(TokenScope, description="What it may do at most."),
        example=["read"],
        description="What the token may do at most; the owner's own rights still apply.",
        required=True,
        least=1,
        most=len(TokenScope),
    )
    expires_on = f.Date(
        example="2040-12-31",
        description="Its last day; null for no end.",
        load_default=None,
        allow_none=True,
    )


class UserFields:
    """What an account says of its person."""

    name = f.String(
        description="Name.", max_length=120, min_length=1, required=True, example="Методист ЦУОКО"
    )
    position = f.String(
        description="Position in the office.", max_length=160, load_default="", example="методист"
    )
    role = f.Enum(Role, description="Office role.", required=True, example="methodist")


class UserCreateSchema(UserFields, Schema):
    """A new account."""

    login = f.Login(description="Login, for good.", required=True, example="nina")


class UserUpdateSchema(UserFields, Versioned, Schema):
    """The form that edits an account."""


class UserQuerySchema(PageQuerySchema):
    """Which accounts are wanted."""

    search = f.String(
        description="Words that login, name and position must have.",
        max_length=200,
        load_default="",
    )
