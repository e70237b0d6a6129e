"""What the user hears of a case once it is opened: where it stands, the question how it was, that it is open again."""

from collections.abc import Sequence

from desk.cases import repository, service
from desk.cases.enums import CaseState
from desk.cases.models import Case
from desk.cases.rules import needs_gentle_words
from desk.cases.topics import topic_of
from desk.cases.views import card_view
from desk.conversations import repository as transcripts
from desk.conversations import service as conversations
from desk.conversations.enums import Author, Kind
from desk.conversations.models import Conversation
from desk.conversations.rules import checked_text
from desk.database import Work
from desk.errors import NotFound
from desk.facts import Facts
from desk.news import StateChanged
from desk.words import say

Buttons = Sequence[dict[str, str]]


async def move(work: Work, number: str, to: CaseState, who: str, note: str = "", tell: str = "") -> None:
    """Change a case's state and say so to its user, with the agent's words if there are any."""
    words = checked_text(tell) if tell.strip() else ""
    case, conversation = await _hold(work, number)
    service.move(work, case, to, who, note=note, tell=words)
    if not await needs_gentleness(work, case):
        await _tell_state(work, conversation, case, words)
    elif words:
        await conversations.notice(work, conversation, "case_words", words=words)


async def reopen(work: Work, facts: Facts, conversation: Conversation, number: str) -> tuple[Case, bool]:
    """Open a settled case again for the user of a conversation that is held; and whether that changed anything."""
    case = await service.hold(work, number)
    if not await service.is_of(work, case, conversation):
        raise NotFound()
    return case, service.reopen(work, facts, case, service.USER)


async def tell_reopened(work: Work, conversation: Conversation, case: Case) -> None:
    """Say that a case is open again, to a user to whom the bot does not say it."""
    if await needs_gentleness(work, case):
        await conversations.notice(work, conversation, "case_reopened_crisis")
    else:
        await _notice(work, conversation, case, "case_reopened")


async def ask_csat(work: Work, conversation: Conversation, case: Case) -> None:
    """Ask how it was, once for each case."""
    if not await service.ask_csat(work, case, conversation.id):
        return
    card = {"type": "csat", "case_number": case.number}
    text = say(conversation.locale, "csat-question", case=case.number)
    await conversations.append(
        work, conversation, Author.SYSTEM, kind=Kind.CARD, card=card, text=text, code="csat_request"
    )
    work.tell(StateChanged(conversation.id))


async def needs_gentleness(work: Work, case: Case) -> bool:
    """Whether neither case numbers nor questions of satisfaction are what this user should read."""
    _, topic = topic_of(case.topic)
    trail = await repository.events(work.session, case.number)
    return needs_gentle_words(topic.skill_group, [event.detail.get("reason") for event in trail])


async def _hold(work: Work, number: str) -> tuple[Case, Conversation]:
    """A case and the conversation in which its user is told; the conversation first, as everywhere."""
    case = await repository.find(work.session, number)
    if case is None:
        raise NotFound()
    conversation = await conversations.hold(work, await _where_to_tell(work, case))
    return await service.hold(work, number), conversation


async def _where_to_tell(work: Work, case: Case) -> str:
    """Where a user the host page vouches for was last, and comes back to; else where the case was opened."""
    newest = await transcripts.latest_of_user(work.session, case.user_ref, "widget") if case.user_ref else None
    return newest.id if newest else case.conversation_id


async def _tell_state(work: Work, conversation: Conversation, case: Case, words: str) -> None:
    resolved = case.state == CaseState.RESOLVED
    buttons = [await _offer_reopening(work, conversation, case)] if resolved else []
    await _notice(work, conversation, case, "case_state_changed", f"-{case.state}", words, buttons)
    if resolved:
        await ask_csat(work, conversation, case)


async def _offer_reopening(work: Work, conversation: Conversation, case: Case) -> dict[str, str]:
    title = say(conversation.locale, "button-case-reopen")
    payload = f'/case_reopen{{"case_number":"{case.number}"}}'
    await transcripts.offer(work.session, conversation.id, {payload: title})
    return {"title": title, "payload": payload}


async def _notice(
    work: Work,
    conversation: Conversation,
    case: Case,
    code: str,
    variant: str = "",
    words: str = "",
    buttons: Buttons = (),
) -> None:
    """A notice with the case as a card; what an agent wants to say comes after our own sentence."""
    locale = conversation.locale
    card = card_view(case, locale)
    lines = [say(locale, f"notice-{code}{variant}", case=case.number, topic=card["topic_label"])]
    if words:
        lines.append(say(locale, "notice-case_words", words=words))
    await conversations.append(
        work,
        conversation,
        Author.SYSTEM,
        kind=Kind.NOTICE,
        code=code,
        text="\n".join(lines),
        card=card,
        buttons=list(buttons),
    )
