"""What the journeys of all topics end in: a case that agents find, with the right priority and people."""

from __future__ import annotations

from typing import Any

from tests.journeys.ban import numbers_in
from tests.journeys.clients import Agent, User
from tests.journeys.pictures import is_clean_picture


def number_told(answer: str) -> str:
    """The one case number in what the bot said."""
    (number,) = numbers_in(answer)
    return number


def is_at_the_console(agent: Agent, user: User, number: str, **expected: Any) -> dict[str, Any]:
    """The case as an agent opens it; it is new, the user's own, and stands as expected."""
    assert number in {case["number"] for case in agent.cases_of(user.conversation_id)}
    case = agent.case(number)
    told = {name: case[name] for name in expected}
    assert told == expected and case["state"] == "new", told
    return case


def is_handed_over(agent: Agent, user: User, **expected: Any) -> dict[str, Any]:
    """The handoff as it waits in the queue, standing as expected."""
    user.wait_for_owner("queue")
    (handoff,) = agent.waiting(user.conversation_id)
    told = {name: handoff[name] for name in expected}
    assert told == expected, told
    return handoff


def are_filed_as_pictures(agent: Agent, case: dict[str, Any], count: int) -> None:
    """The case holds this many pictures; an agent can look at each, and none tells where it was taken."""
    filed = case["attachments"]
    assert [each["kind"] for each in filed] == ["image"] * count
    for each in filed:
        seen = agent.download(each["id"])
        assert seen.status_code == 200 and is_clean_picture(seen.content)


def nothing_was_opened(agent: Agent, user: User) -> None:
    assert agent.cases_of(user.conversation_id) == []
