"""Journey 3: two agents reach for the same conversation at once."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

# The first test that needs them waits until all parts run, on a machine that may be busy.
pytestmark = pytest.mark.timeout(300)

TIMES = 50


def test_of_two_who_claim_at_once_one_wins_every_time(new_user, lin, zhou):
    with ThreadPoolExecutor(4) as pool:
        users = list(pool.map(lambda _: _in_the_queue(new_user), range(TIMES)))
    waiting = {handoff["conversation_id"]: handoff["id"] for handoff in lin.queue()}
    names = {lin.me["name"]: lin, zhou.me["name"]: zhou}
    wins: Counter[str] = Counter()
    for user in users:
        handoff_id = waiting[user.conversation_id]
        answers = dict(zip(names, _at_once(handoff_id, *names.values()), strict=True))
        assert sorted(answer.status_code for answer in answers.values()) == [200, 409]
        winner = next(name for name, answer in answers.items() if answer.status_code == 200)
        loser = next(name for name in names if name != winner)
        _is_told_who_has_it(answers[loser], winner)
        _only_the_winner_can_write(user, names[winner], names[loser])
        wins[winner] += 1
    assert wins.total() == TIMES
    mine = [set(agent.conversations()) for agent in (lin, zhou)]
    assert not mine[0] & mine[1] and {user.conversation_id for user in users} <= mine[0] | mine[1]


def test_a_claim_that_comes_second_names_who_has_it(user, lin, zhou):
    handoff_id = _handoff_of(user, lin)
    assert lin.try_to_claim(handoff_id).status_code == 200
    _is_told_who_has_it(zhou.try_to_claim(handoff_id), lin.me["name"])


def test_an_old_epoch_is_refused_after_another_took_over(user, lin, zhou):
    _handoff_of(user, lin)
    old_epoch = lin.claim(user.conversation_id)["epoch"]
    lin.release(user.conversation_id)
    zhou.claim(user.conversation_id)
    refused = lin.try_to_write(user.conversation_id, "我是不是还在?", old_epoch)
    assert refused.status_code == 409 and refused.json()["code"] == "not_owner"
    assert refused.json()["details"]["agent_name"] == zhou.me["name"]
    assert "我是不是还在?" not in user.told()


def _in_the_queue(new_user):
    user = new_user()
    user.ask_for_a_person()
    return user


def _handoff_of(user, agent) -> str:
    user.ask_for_a_person()
    (handoff,) = agent.waiting(user.conversation_id)
    return handoff["id"]


def _at_once(handoff_id, *agents):
    start = Barrier(len(agents))

    def claim(agent):
        start.wait()
        return agent.try_to_claim(handoff_id)

    with ThreadPoolExecutor(len(agents)) as pool:
        return list(pool.map(claim, agents))


def _is_told_who_has_it(refused, winner: str) -> None:
    assert (refused.status_code, refused.json()["code"]) == (409, "already_claimed")
    assert refused.json()["details"]["agent_name"] == winner


def _only_the_winner_can_write(user, winner, loser) -> None:
    epoch = winner.conversation(user.conversation_id)["epoch"]
    assert winner.try_to_write(user.conversation_id, "您好", epoch).status_code == 201
    assert loser.try_to_write(user.conversation_id, "您好", epoch).status_code in (404, 409)
    assert [message["text"] for message in user.transcript() if message["author"] == "agent"] == ["您好"]
