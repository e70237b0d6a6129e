"""Who may hear what: look-ups of accounts and cases, each behind a proof of ownership."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from desk.accounts import repository
from desk.accounts.connector import AccountConnector
from desk.accounts.models import OwnershipTry
from desk.accounts.rules import WINDOW, account_target, case_target, may_try, phone_target, plain_phone, same_phone
from desk.cases import repository as cases
from desk.cases.models import Case
from desk.clock import now
from desk.conversations import repository as conversations
from desk.conversations.models import Conversation
from desk.database import Database
from desk.errors import AccountsUnavailable, KeyReused, NotFound, TooManyTries


@dataclass(frozen=True)
class Lookup:
    """What a look-up found. "not_found" and "proof_needed" never tell whether the thing exists."""

    result: Literal["found", "not_found", "proof_needed"]
    account: dict[str, Any] | None = None
    cases: Sequence[Case] = ()


NOT_FOUND = Lookup("not_found")
PROOF_NEEDED = Lookup("proof_needed")


async def look_up_account(
    database: Database,
    connector: AccountConnector,
    conversation_id: str,
    douyin_id: str,
    phone: str | None,
    key: str | None = None,
) -> Lookup:
    """The account, for whoever has proved, or now proves, that it is theirs."""
    conversation = await _conversation(database, conversation_id)
    target = account_target(douyin_id)
    trusted = target in map(account_target, conversation.vouched_accounts) or await _is_proved(
        database, conversation_id, target
    )
    if not trusted and not phone:
        return PROOF_NEEDED
    attempt = None if trusted else await _begin_try(database, conversation, target, key)
    try:
        account = await connector.account(douyin_id)
    except AccountsUnavailable:
        if attempt:
            await _forget(database, attempt)
        raise
    if attempt and not (account and same_phone(phone or "", account.get("phone") or "")):
        return NOT_FOUND
    if account is None:
        return NOT_FOUND
    if attempt:
        await _succeed(database, attempt)
    return Lookup("found", account={key: value for key, value in account.items() if key != "phone"})


async def look_up_cases(
    database: Database, conversation_id: str, number: str | None, phone: str | None, key: str | None = None
) -> Lookup:
    """Cases of this conversation or its vouched-for user; others only against the phone registered for them."""
    conversation = await _conversation(database, conversation_id)
    async with database.read() as session:
        own = await cases.of_conversation(session, conversation_id, conversation.user_ref)
    if number is None and phone is None:
        return Lookup("found", cases=own) if own else NOT_FOUND
    if number is not None:
        mine = [case for case in own if case.number == number]
        if mine or await _is_proved(database, conversation_id, case_target(number)):
            return Lookup("found", cases=mine or await _by_number(database, number))
        if phone is None:
            return PROOF_NEEDED
    return await _cases_by_phone(database, conversation, number, plain_phone(phone or ""), key)


async def _cases_by_phone(
    database: Database, conversation: Conversation, number: str | None, phone: str, key: str | None
) -> Lookup:
    target = case_target(number) if number else phone_target(phone)
    attempt = await _begin_try(database, conversation, target, key)
    async with database.read() as session:
        found = await cases.of_phone(session, phone) if phone else []
    found = [case for case in found if number is None or case.number == number]
    if not found:
        return NOT_FOUND
    await _succeed(database, attempt)
    return Lookup("found", cases=found)


async def _by_number(database: Database, number: str) -> Sequence[Case]:
    async with database.read() as session:
        case = await cases.find(session, number)
    return [case] if case else []


async def _conversation(database: Database, conversation_id: str) -> Conversation:
    async with database.read() as session:
        conversation = await conversations.find(session, conversation_id)
    if conversation is None:
        raise NotFound()
    return conversation


async def _is_proved(database: Database, conversation_id: str, target: str) -> bool:
    async with database.read() as session:
        return await repository.is_proved(session, conversation_id, target)


async def _begin_try(database: Database, conversation: Conversation, target: str, key: str | None) -> OwnershipTry:
    """Count the try before looking, so that tries sent at once cannot slip past the limit."""
    async with database.write() as work:
        await conversations.lock(work.session, conversation.id)
        for shared in (conversation.address, target):
            await repository.serialise(work.session, shared)
        repeated = await repository.try_of_key(work.session, key) if key else None
        if repeated and repeated.target != target:
            raise KeyReused()
        if repeated:
            return repeated
        moment = now()
        tries = await repository.failed_tries(
            work.session, conversation.id, target, conversation.address, moment - WINDOW
        )
        if not may_try(tries):
            oldest = await repository.oldest_failed_try(work.session, conversation.id, target, moment - WINDOW)
            wait = (oldest or moment) + WINDOW - moment
            raise TooManyTries(retry_after=max(1, int(wait.total_seconds())))
        attempt = OwnershipTry(
            conversation_id=conversation.id,
            target=target,
            address=conversation.address,
            at=moment,
            succeeded=False,
            key=key,
        )
        work.session.add(attempt)
    return attempt


async def _succeed(database: Database, attempt: OwnershipTry) -> None:
    async with database.write() as work:
        stored = await work.session.get(OwnershipTry, attempt.id)
        if stored:
            stored.succeeded = True
        await repository.prove(work.session, attempt.conversation_id, attempt.target, now())


async def _forget(database: Database, attempt: OwnershipTry) -> None:
    """Give a try back that nobody could judge."""
    async with database.write() as work:
        await work.session.delete(attempt)
