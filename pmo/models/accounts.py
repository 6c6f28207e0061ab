"""People, their sessions and tokens, sign-in attempts, and keys of repeated requests."""

import peewee as pw

from pmo.db import BaseModel, EnumField, UTCDateTimeField
from pmo.domain.vocabulary import Role


class User(BaseModel):
    """A person with an account. A disabled one stays, for the journal."""

    login = pw.CharField(max_length=64, unique=True)  # lower case
    name = pw.CharField(max_length=120)
    position = pw.CharField(max_length=160, default="")
    role = EnumField(Role)
    password_hash = pw.CharField(max_length=255, default="")  # '' cannot sign in
    language = pw.CharField(max_length=2, default="")  # '' follows the browser
    is_active = pw.BooleanField(default=True)
    is_demo = pw.BooleanField(default=False)
    must_change_password = pw.BooleanField(default=False)
    password_expires_at = UTCDateTimeField(null=True)  # of an initial password
    created_at = UTCDateTimeField()
    version = pw.IntegerField(default=1)

    class Meta:
        """Plural, because `user` is a word of SQL."""

        table_name = "users"


class Session(BaseModel):
    """A sign-in that is alive. Only the hash of its token is kept."""

    token_hash = pw.CharField(max_length=64, primary_key=True)
    user = pw.ForeignKeyField(User, backref="sessions", on_delete="CASCADE")
    user_id: int
    created_at = UTCDateTimeField()
    last_seen_at = UTCDateTimeField()
    expires_at = UTCDateTimeField(index=True)
    address = pw.CharField(max_length=64, default="")
    agent = pw.CharField(max_length=200, default="")

    class Meta:
        """Plural."""

        table_name = "sessions"


class ApiToken(BaseModel):
    """A bearer token, shown once; only its hash is kept."""

    user = pw.ForeignKeyField(User, backref="tokens", on_delete="CASCADE")
    user_id: int
    name = pw.CharField(max_length=80)
    token_hash = pw.CharField(max_length=64, unique=True)
    scopes = pw.CharField(max_length=64)  # space-separated TokenScope
    created_at = UTCDateTimeField()
    expires_at = UTCDateTimeField(null=True)
    last_used_at = UTCDateTimeField(null=True)
    revoked_at = UTCDateTimeField(null=True)

    class Meta:
        """Plural."""

        table_name = "api_tokens"


class SignInAttempt(BaseModel):
    """One failed sign-in, counted per login and source."""

    login = pw.CharField(max_length=64)
    source = pw.CharField(max_length=64)
    at = UTCDateTimeField()

    class Meta:
        """Plural; counted by (login, source) within a window of time."""

        table_name = "sign_in_attempts"
        indexes = ((("login", "source", "at"), False), (("source", "at"), False))


class IdempotencyKey(BaseModel):
    """A creation that was asked for with an Idempotency-Key, and what it made."""

    user = pw.ForeignKeyField(User, on_delete="CASCADE")
    user_id: int
    route = pw.CharField(max_length=160)
    key = pw.CharField(max_length=255)
    fingerprint = pw.CharField(max_length=64)
    result_id = pw.IntegerField(null=True)
    created_at = UTCDateTimeField(index=True)

    class Meta:
        """One effect per person, route and key."""

        table_name = "idempotency_keys"
        indexes = ((("user", "route", "key"), True),)
