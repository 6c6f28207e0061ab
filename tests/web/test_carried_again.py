"""A card that is carried over again and again, as who leads the project is told of it."""

import pytest
from flask.testing import FlaskClient

from pmo.domain.sprint_closing import Decision
from pmo.domain.vocabulary import LeftoverDecision
from pmo.services import sprints
from tests.cast import NOW, Cast, sign_in
from tests.services.test_sprint_closing import DAY, close, running

pytestmark = pytest.mark.one_database


def test_the_wizard_warns_and_a_notification_leads_to_the_card(
    client: FlaskClient, cast: Cast
) -> None:
    ids = running(cast, 0)
    card = cast.orchard.tasks[0]
    sign_in(client, "lev")
    for nth in range(3):
        if nth:
            sprints.start(ids[nth], expected_version=None, actor=cast.lev, at=NOW + nth * DAY)
        warned = "Carried over 2 times already" in client.get(f"/sprints/{ids[nth]}/closing").text
        assert warned is (nth == 2)
        close(cast, ids[nth], {card: Decision(LeftoverDecision.NEXT_SPRINT)}, days=nth)

    told = client.get("/notifications").text
    assert "Carried over into another sprint again (times: 3)" in told
    assert "ШШ-1" in told
    assert "three times or more" in client.get(f"/sprints/{ids[2]}/report").text
