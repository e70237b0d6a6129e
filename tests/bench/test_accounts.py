"""Every user who looks an account up has one of their own, in the sandbox's own database."""

from datetime import UTC, datetime

import pytest

from bench import accounts
from bench.talks import LOOK_UP, PLAIN
from sandbox import seed
from sandbox.errors import NotFound
from sandbox.repository import open_database, transaction


@pytest.fixture
def sandbox(tmp_path):
    """A sandbox's database as it starts, and where it lies."""
    path = tmp_path / "sandbox.sqlite3"
    engine = open_database(f"sqlite:///{path}")
    with transaction(engine) as repository:
        seed.seed_once(repository, datetime.now(UTC))
    yield engine, path
    engine.dispose()


def test_each_user_gets_the_banned_account_under_a_name_of_their_own(sandbox):
    engine, path = sandbox
    accounts.copy(path, 3)
    with transaction(engine) as repository:
        first, *others = [repository.account(accounts.name_of(user)) for user in range(3)]
        reasons = [[penalty.reason for penalty in account.penalties] for account in (first, *others)]
        assert reasons[0]
        assert reasons == [reasons[0]] * 3
        assert {account.phone for account in others} == {first.phone}
        with pytest.raises(NotFound):
            repository.account(accounts.name_of(3))


def test_users_ask_for_their_own_account():
    assert next(LOOK_UP.messages(5)) == next(LOOK_UP.messages()).replace(accounts.name_of(0), accounts.name_of(5))
    assert next(PLAIN.messages(5)) == next(PLAIN.messages())
