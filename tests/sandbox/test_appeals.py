"""Appeals: counted, shown, in time, and stored once."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from fastapi.testclient import TestClient

from sandbox.app import create_app

PENALTY = "PN2020000001"
CASE = {"case_number": "KF20261124000001", "reason": "那几条视频是我朋友拍的，没有留任何联系方式。"}


def file(client, penalty=PENALTY, key="KF20261124000001", **changes):
    return client.post(
        f"/penalties/{penalty}/appeals",
        json={**CASE, "case_number": key, **changes},
        headers={"Idempotency-Key": key},
    )


def decide(client, appeal_id, outcome):
    return client.post(f"/appeals/{appeal_id}/decision", json={"outcome": outcome})


def penalty(client, penalty_id=PENALTY):
    return client.get(f"/penalties/{penalty_id}").json()


class TestFiling:
    def test_an_appeal_shows_and_counts(self, client):
        answer = file(client)
        assert answer.status_code == 201
        assert answer.json()["filed_at"] == "2026-11-24T10:00:00+08:00"
        assert penalty(client)["appeal_filed"] and penalty(client)["appeals_left"] == 1

    def test_the_same_key_gives_the_first_answer_and_stores_nothing(self, client, clock):
        first = file(client).json()
        clock.turn(days=30)
        again = file(client)
        assert (again.status_code, again.json()) == (201, first)
        assert penalty(client)["appeals_left"] == 1

    def test_the_same_key_for_another_request_is_refused(self, client):
        file(client)
        for other in ({"reason": "another reason"}, {"penalty": "PNZB66600001"}):
            answer = file(client, **other)
            assert (answer.status_code, answer.json()["code"]) == (409, "idempotency_key_reused")
        assert not penalty(client, "PNZB66600001")["appeal_filed"]

    def test_one_waits_at_a_time(self, client):
        file(client)
        second = file(client, key="KF20261124000002")
        assert (second.status_code, second.json()["code"]) == (409, "already_filed")

    def test_of_many_at_once_one_is_stored(self, client):
        keys = [f"KF2026112400{number:04}" for number in range(12)]
        with ThreadPoolExecutor(len(keys)) as pool:
            statuses = list(pool.map(lambda key: file(client, key=key).status_code, keys))
        assert sorted(statuses) == [201] + [409] * 11
        assert penalty(client)["appeals_left"] == 1

    def test_of_one_request_sent_many_times_at_once_one_is_stored(self, client):
        with ThreadPoolExecutor(8) as pool:
            answers = list(pool.map(lambda _: file(client), range(8)))
        assert {answer.status_code for answer in answers} == {201}
        assert len({answer.json()["appeal_id"] for answer in answers}) == 1

    def test_the_deadline_itself_is_too_late(self, client, clock):
        clock.turn_to(penalty(client)["appeal_deadline"])
        late = file(client)
        assert (late.status_code, late.json()["code"]) == (409, "expired")
        clock.turn(microseconds=-1)
        assert file(client).status_code == 201

    def test_a_warning_admits_none(self, client):
        answer = file(client, "PN8F3K200002")
        assert (answer.status_code, answer.json()["code"]) == (409, "not_appealable")

    def test_an_appeal_survives_a_restart(self, client, settings, clock):
        appeal_id = file(client).json()["appeal_id"]
        with TestClient(create_app(settings, clock), headers=client.headers) as later:
            assert later.get(f"/appeals/{appeal_id}").json()["state"] == "pending"
            assert penalty(later)["appeal_filed"]


class TestDeciding:
    def test_upheld_leaves_the_second_and_last_appeal(self, client):
        decide(client, file(client).json()["appeal_id"], "upheld")
        assert not penalty(client)["appeal_filed"] and penalty(client)["appealable"]
        second = file(client, key="KF20261124000002").json()
        decide(client, second["appeal_id"], "upheld")
        assert not penalty(client)["appealable"] and penalty(client)["appeals_left"] == 0
        third = file(client, key="KF20261124000003")
        assert (third.status_code, third.json()["code"]) == (409, "not_appealable")

    def test_lifted_ends_the_penalty(self, client):
        appeal_id = file(client).json()["appeal_id"]
        assert decide(client, appeal_id, "lifted").json()["state"] == "lifted"
        assert not penalty(client)["active"]
        assert client.get("/accounts/lucky_2020").json()["status"] == "normal"

    def test_happens_once(self, client):
        appeal_id = file(client).json()["appeal_id"]
        decide(client, appeal_id, "upheld")
        again = decide(client, appeal_id, "lifted")
        assert (again.status_code, again.json()["code"]) == (409, "already_decided")
        assert penalty(client)["active"]


class TestMalformed:
    @pytest.mark.parametrize(
        "body",
        [{}, {**CASE, "reason": " "}, {**CASE, "extra": 1}, {**CASE, "reason": 7}, "text", None],
    )
    def test_is_refused_with_one_shape(self, client, body):
        answer = client.post(f"/penalties/{PENALTY}/appeals", json=body, headers={"Idempotency-Key": "key"})
        assert answer.status_code == 422
        assert set(answer.json()) == {"code", "message", "details"}

    def test_without_a_key_nothing_is_filed(self, client):
        answer = client.post(f"/penalties/{PENALTY}/appeals", json=CASE)
        assert (answer.status_code, answer.json()["code"]) == (422, "malformed")
        assert not penalty(client)["appeal_filed"]
