"""Filing and deciding appeals: the only writes of the account system."""

from datetime import datetime
from uuid import uuid4

from sandbox import rules
from sandbox.errors import AlreadyDecided, AppealRefused, IdempotencyKeyReused
from sandbox.models import Appeal
from sandbox.repository import Repository
from sandbox.schemas import NewAppeal


def file_appeal(repository: Repository, penalty_id: str, new: NewAppeal, key: str, now: datetime) -> Appeal:
    """Store the appeal, or give back the one that this key stands for."""
    penalty = repository.penalty(penalty_id)
    earlier = repository.appeal_by_key(key)
    if earlier:
        return _same_request(earlier, penalty_id, new)
    refusal = rules.appeal_refusal(penalty, penalty.appeals, now)
    if refusal:
        raise AppealRefused(refusal)
    appeal = Appeal(
        appeal_id=f"AP{uuid4().hex[:16].upper()}",
        penalty_id=penalty_id,
        ordinal=len(penalty.appeals) + 1,
        idempotency_key=key,
        case_number=new.case_number,
        reason=new.reason,
        filed_at=now,
    )
    repository.add(appeal)
    return appeal


def _same_request(earlier: Appeal, penalty_id: str, new: NewAppeal) -> Appeal:
    same = (earlier.penalty_id, earlier.case_number, earlier.reason)
    if same != (penalty_id, new.case_number, new.reason):
        raise IdempotencyKeyReused()
    return earlier


def decide_appeal(repository: Repository, appeal_id: str, outcome: str, now: datetime) -> Appeal:
    """Close the appeal; `lifted` ends the penalty at once."""
    appeal = repository.appeal(appeal_id)
    if appeal.outcome is not None:
        raise AlreadyDecided()
    appeal.outcome = outcome
    appeal.decided_at = now
    if outcome == "lifted":
        appeal.penalty.lifted_at = now
    return appeal
