"""Messages that wait for the next page (`flash`), in a signed cookie of their own."""

from flask import Flask, Request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface


def init_app(app: Flask) -> None:
    """Use Flask's session for messages alone; who is signed in stands in the database."""
    app.session_interface = MessagesCookie()


class MessagesCookie(SecureCookieSessionInterface):
    """Flask's own, which would make a signer for every request, with or without messages."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """Read the cookie where there is one."""
        if self.get_cookie_name(app) not in request.cookies:
            return SecureCookieSession()
        return super().open_session(app, request)
