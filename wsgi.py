"""The WSGI application, for `pmo serve` and for any other WSGI server: `wsgi:app`."""

from pmo.app import create_app
from pmo.config import Settings

app = create_app(Settings.from_env())
