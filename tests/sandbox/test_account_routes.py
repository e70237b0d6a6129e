"""Accounts and what hangs on them, as the desk reads them."""

from fastapi.testclient import TestClient

from sandbox.app import create_app
from tests.sandbox.conftest import KEY


def account(client, douyin_id):
    return client.get(f"/accounts/{douyin_id}").json()


def newest_penalty(client, douyin_id):
    return account(client, douyin_id)["penalties"][0]


class TestSeeds:
    def test_each_named_account_is_in_its_state(self, client):
        expected = {
            "lucky_2020": ("banned", "13800001111"),
            "dy8f3k2": ("banned", "13800001111"),
            "zhubo666": ("restricted", "13800004444"),
            "frozen_amy": ("frozen", "13800002222"),
            "quiet_river": ("normal", "13800003333"),
        }
        found = {name: account(client, name) for name in expected}
        assert {n: (a["status"], a["phone"]) for n, a in found.items()} == expected

    def test_lucky_2020_is_banned_for_seven_days_and_can_appeal(self, client, clock):
        penalty = newest_penalty(client, "lucky_2020")
        assert penalty["type_label"] == "账号封禁"
        assert penalty["active"] and penalty["appealable"] and not penalty["permanent"]
        assert penalty["started_at"] == "2026-11-23T04:00:00+08:00"
        assert penalty["ends_at"] == "2026-11-30T04:00:00+08:00"
        assert penalty["appeals_left"] == 2 and not penalty["appeal_filed"]

    def test_dy8f3k2_has_no_end_and_an_old_warning_without_appeal(self, client):
        ban, warning = account(client, "dy8f3k2")["penalties"]
        assert ban["permanent"] and ban["ends_at"] is None and ban["appealable"]
        assert not warning["active"] and not warning["appealable"] and warning["appeals_left"] == 0

    def test_a_freeze_is_no_penalty(self, client):
        amy = account(client, "frozen_amy")
        assert amy["penalties"] == [] and "身份核验" in amy["freeze"]["reason"]

    def test_are_written_once(self, client, settings, clock):
        before = account(client, "lucky_2020")
        clock.turn(days=1)
        with TestClient(create_app(settings, clock), headers={"Authorization": f"Bearer {KEY}"}) as later:
            assert account(later, "lucky_2020") == before


class TestTheClock:
    def test_a_ban_ends_at_its_end(self, client, clock):
        ends_at = newest_penalty(client, "lucky_2020")["ends_at"]
        clock.turn_to(ends_at)
        clock.turn(microseconds=-1)
        assert account(client, "lucky_2020")["status"] == "banned"
        clock.turn(microseconds=1)
        assert account(client, "lucky_2020")["status"] == "normal"
        assert not newest_penalty(client, "lucky_2020")["active"]

    def test_a_permanent_ban_does_not(self, client, clock):
        clock.turn(days=3650)
        assert account(client, "dy8f3k2")["status"] == "banned"

    def test_a_live_room_follows_its_owners_ban(self, client, clock):
        room = "/live-rooms/591902670010"
        assert client.get(room).json()["state"] == "banned"
        clock.turn_to(newest_penalty(client, "zhubo666")["ends_at"])
        assert client.get(room).json()["state"] == "ended"

    def test_a_recharge_arrives(self, client, clock):
        payment = client.get("/payments/RC20260000000002").json()
        assert payment["state"] == "processing"
        clock.turn_to(payment["settles_at"])
        assert client.get("/payments/RC20260000000002").json()["state"] == "succeeded"

    def test_a_review_becomes_overdue(self, client, clock):
        work = "/works/7301000000000000002"
        assert client.get(work).json()["review_overdue"] is False
        clock.turn(hours=43.1)
        assert client.get(work).json()["review_overdue"] is True


class TestLists:
    def test_works_newest_first(self, client):
        works = client.get("/accounts/quiet_river/works").json()["works"]
        assert [work["state"] for work in works] == [
            "reviewing",
            "rejected",
            "reviewing",
            "published",
        ]

    def test_live_rooms_and_payments(self, client):
        rooms = client.get("/accounts/quiet_river/live-rooms").json()["live_rooms"]
        assert [room["state"] for room in rooms] == ["live"]
        payments = client.get("/accounts/zhubo666/payments").json()["payments"]
        assert [payment["state"] for payment in payments] == ["processing", "failed", "succeeded"]

    def test_an_account_without_any_has_empty_lists(self, client):
        assert client.get("/accounts/dy8f3k2/works").json() == {"works": []}
