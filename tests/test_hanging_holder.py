"""A process that hangs in the middle of a transaction keeps nobody waiting for longer than a lease lasts."""

import pytest
from sqlalchemy import text

from core.actions.lease import LEASE_SECONDS
from core.store.office import OpenOffice
from tests.offices import act


@pytest.mark.parametrize("backend", ["postgresql"], indirect=True)
def test_the_server_ends_a_transaction_whose_client_is_not_heard_of(office: OpenOffice) -> None:
    milliseconds = "SELECT setting::int FROM pg_settings WHERE name = 'idle_in_transaction_session_timeout'"
    allowed = act(office, lambda session: session.scalar(text(milliseconds)))
    assert 0 < allowed <= LEASE_SECONDS * 1000
