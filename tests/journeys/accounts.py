"""Accounts made for one test each, put straight into the sandbox's database."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from sandbox.models import Account, Penalty
from sandbox.repository import open_database, transaction

_numbers = itertools.count(5000)


@dataclass(frozen=True)
class Banned:
    """An account with one ban that can be appealed."""

    douyin_id: str
    phone: str
    penalty_id: str


class Accounts:
    """Makes accounts, and looks at what became of their penalties."""

    def __init__(self, database_url: str) -> None:
        self._engine = open_database(database_url)

    def banned(self) -> Banned:
        """A new account under a ban of seven days that began yesterday."""
        name = uuid4().hex[:8]
        made = Banned(f"test_{name}", f"1380000{next(_numbers)}", f"PN{name.upper()}")
        now = datetime.now(UTC)
        account = Account(
            douyin_id=made.douyin_id, nickname="路人", phone=made.phone, registered_at=now - timedelta(days=400)
        )
        penalty = Penalty(
            penalty_id=made.penalty_id,
            douyin_id=made.douyin_id,
            type="account_ban",
            reason="多条视频引导观众添加站外联系方式。",
            rule="《社区自律公约》中关于站外引流的规定",
            started_at=now - timedelta(days=1),
            ends_at=now + timedelta(days=6),
            admits_appeals=True,
            appeal_deadline=now + timedelta(days=6),
        )
        with transaction(self._engine) as repository:
            repository.add_all([account])
            repository.add_all([penalty])
        return made

    def appealed_under(self, account: Banned) -> list[str]:
        """The case numbers under which appeals against the ban were filed."""
        with transaction(self._engine) as repository:
            return [appeal.case_number for appeal in repository.penalty(account.penalty_id).appeals]
