"""The page about rights says what the table says."""

from pmo.domain.permissions import Capability
from tools import permissions_table


def test_the_page_is_current():
    written = permissions_table.PATH.read_text(encoding="utf-8")

    assert written == permissions_table.page(), "run tools/permissions_table.py write"


def test_every_capability_is_explained():
    assert set(permissions_table.MEANINGS) == set(Capability)
