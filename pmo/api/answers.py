"""What several answers share."""

from typing import Any, Final

ONCE: Final[dict[str, Any]] = {"token": None, "password": None, "expires_at": None}
"""What is shown once, when it is made; a replay of the request has nothing to show."""
