"""Journey 3: two agents reach for the same conversation at once."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from tests.journeys.clients import client_id
from tests.journeys.databases import ON_BOTH

# The first test that needs them waits until all parts run, on a machine that may be busy.
pytestmark = [pytest.mark.timeout(300), ON_BOTH]

USERS, TIMES_EACH = 10, 5


def test_of_two_who_claim_at_once_one_wins_every_time(new_user, lin, zhou):
    users = [in_the_queue(new_user()) for _ in range(USERS)]
    names = {lin.me["name"]: lin, zhou.me["name"]: zhou}
    wins: Counter[str] = Counter()
    for _ in range(TIMES_EACH):
        for user in users:
            winner = race(user, names)
            names[winner].release(user.conversation_id)
            wins[winner] += 1
    assert wins.total() == USERS * TIMES_EACH == 50


def race(user, names) -> str:
    """Both reach for the user at once; the name of the one who got the conversation, and has it alone."""
    (handoff,) = next(iter(names.values())).waiting(user.conversation_id)
    answers = dict(zip(names, at_once(handoff["id"], *names.values()), strict=True))
    assert sorted(answer.status_code for answer in answers.values()) == [200, 409]
    winner = next(name for name, answer in answers.items() if answer.status_code == 200)
    loser = next(name for name in names if name != winner)
    is_told_who_has_it(answers[loser], winner)
    only_the_winner_can_write(user, names[winner], names[loser])
    return winner


def test_a_claim_that_comes_second_names_who_has_it(user, lin, zhou):
    handoff_id = handoff_of(user, lin)
    assert lin.try_to_claim(handoff_id).status_code == 200
    is_told_who_has_it(zhou.try_to_claim(handoff_id), lin.me["name"])


def test_an_old_epoch_is_refused_after_another_took_over(user, lin, zhou):
    handoff_of(user, lin)
    old_epoch = lin.claim(user.conversation_id)["epoch"]
    lin.release(user.conversation_id)
    zhou.claim(user.conversation_id)
    refused = lin.try_to_write(user.conversation_id, "我是不是还在?", old_epoch)
    assert refused.status_code == 409 and refused.json()["code"] == "not_owner"
    assert refused.json()["details"]["agent_name"] == zhou.me["name"]
    assert "我是不是还在?" not in user.told()


def in_the_queue(user):
    user.ask_for_a_person()
    return user


def handoff_of(user, agent) -> str:
    (handoff,) = agent.waiting(in_the_queue(user).conversation_id)
    return handoff["id"]


def at_once(handoff_id, *agents):
    start = Barrier(len(agents))

    def claim(agent):
        start.wait()
        return agent.try_to_claim(handoff_id)

    with ThreadPoolExecutor(len(agents)) as pool:
        return list(pool.map(claim, agents))


def is_told_who_has_it(refused, winner: str) -> None:
    assert (refused.status_code, refused.json()["code"]) == (409, "already_claimed")
    assert refused.json()["details"]["agent_name"] == winner


def only_the_winner_can_write(user, winner, loser) -> None:
    view, said = winner.conversation(user.conversation_id), client_id()
    assert winner.try_to_write(user.conversation_id, f"您好 {said}", view["epoch"]).status_code == 201
    assert loser.try_to_write(user.conversation_id, f"我也在 {said}", view["epoch"]).status_code in (404, 409)
    assert f"您好 {said}" in user.told() and f"我也在 {said}" not in user.told()
    assert user.conversation_id in winner.conversations() and user.conversation_id not in loser.conversations()
