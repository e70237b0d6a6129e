"""Pure decisions of the account system. The clock is an argument."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Literal, Protocol

APPEAL_MAX = 2
REVIEW_TERM = timedelta(hours=48)

AccountStatus = Literal["normal", "banned", "frozen", "restricted"]
AppealRefusal = Literal["already_filed", "expired", "not_appealable"]
PaymentState = Literal["processing", "succeeded", "failed"]


class Term(Protocol):
    """What a penalty must tell to decide whether it is in force."""

    type: str
    started_at: datetime
    ends_at: datetime | None
    lifted_at: datetime | None


class Appealable(Term, Protocol):
    """What a penalty must tell to decide about an appeal."""

    admits_appeals: bool
    appeal_deadline: datetime | None


class Filed(Protocol):
    """What an appeal must tell."""

    outcome: str | None


def penalty_is_active(penalty: Term, now: datetime) -> bool:
    """In force from its start up to, but not at, its end."""
    if penalty.lifted_at and penalty.lifted_at <= now:
        return False
    return penalty.started_at <= now and (penalty.ends_at is None or now < penalty.ends_at)


def account_status(penalties: Iterable[Term], frozen: bool, now: datetime) -> AccountStatus:
    """The gravest thing that holds now; a warning restricts nothing."""
    active = {penalty.type for penalty in penalties if penalty_is_active(penalty, now)}
    if "account_ban" in active:
        return "banned"
    if frozen:
        return "frozen"
    return "restricted" if active - {"warning"} else "normal"


def appeals_left(appeals: Sequence[Filed]) -> int:
    """Every appeal counts, whatever became of it."""
    return max(0, APPEAL_MAX - len(appeals))


def appeal_is_pending(appeals: Iterable[Filed]) -> bool:
    """An appeal shows as filed until it is decided."""
    return any(appeal.outcome is None for appeal in appeals)


def admits_further_appeal(penalty: Appealable, appeals: Sequence[Filed]) -> bool:
    """Whether an appeal is possible in kind, leaving the deadline aside."""
    return penalty.admits_appeals and penalty.lifted_at is None and appeals_left(appeals) > 0


def appeal_refusal(penalty: Appealable, appeals: Sequence[Filed], now: datetime) -> AppealRefusal | None:
    """Why an appeal cannot be filed now, or None when it can."""
    if appeal_is_pending(appeals):
        return "already_filed"
    if not admits_further_appeal(penalty, appeals):
        return "not_appealable"
    if penalty.appeal_deadline is not None and now >= penalty.appeal_deadline:
        return "expired"
    return None


def review_is_overdue(verdict: str | None, submitted_at: datetime, now: datetime) -> bool:
    """A review without a verdict may take two days."""
    return verdict is None and now > submitted_at + REVIEW_TERM


def payment_state(failure: str | None, settles_at: datetime | None, now: datetime) -> PaymentState:
    """Money arrives with the clock, unless it failed."""
    if failure:
        return "failed"
    return "succeeded" if settles_at and settles_at <= now else "processing"


def live_room_state(
    penalties: Iterable[Term], ended_at: datetime | None, now: datetime
) -> Literal["live", "ended", "banned"]:
    """A live ban, or a ban of the whole account, closes the owner's rooms."""
    if any(p.type in ("live_ban", "account_ban") and penalty_is_active(p, now) for p in penalties):
        return "banned"
    return "ended" if ended_at and ended_at <= now else "live"
