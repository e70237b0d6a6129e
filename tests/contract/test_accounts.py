"""Looking an account up, as the ban actions do."""

from datetime import datetime

import pytest

from actions.desk_client import DeskError

RIGHT, WRONG = "13800001111", "13800009999"


def test_without_a_phone_a_proof_is_asked_for_whether_the_account_exists_or_not(client, key, conversation):
    for douyin_id in ("lucky_2020", "nobody_at_all"):
        assert client.look_up_account(key(), conversation, douyin_id, None) == {"result": "proof_needed"}


def test_a_wrong_phone_and_a_missing_account_get_the_same_answer(client, key, conversation):
    for douyin_id in ("quiet_river", "nobody_at_all"):
        assert client.look_up_account(key(), conversation, douyin_id, WRONG) == {"result": "not_found"}


def test_the_owner_sees_the_penalty_as_the_actions_read_it(client, key, conversation):
    found = client.look_up_account(key(), conversation, "lucky_2020", "138 0000 1111")
    assert found["result"] == "found"
    account = found["account"]
    assert (account["douyin_id"], account["status"]) == ("lucky_2020", "banned")
    assert "phone" not in account
    (penalty,) = [each for each in account["penalties"] if each["active"]]
    assert {
        "penalty_id",
        "type",
        "type_label",
        "reason",
        "rule",
        "started_at",
        "ends_at",
        "permanent",
        "active",
        "appealable",
        "appeal_deadline",
        "appeal_filed",
        "appeals_left",
    } <= set(penalty)
    assert penalty["type"] == "account_ban" and penalty["permanent"] is False
    assert datetime.fromisoformat(penalty["started_at"]) < datetime.fromisoformat(penalty["ends_at"])


def test_once_proved_the_phone_is_not_asked_for_again(client, key, conversation, new_conversation):
    client.look_up_account(key(), conversation, "zhubo666", "13800004444")
    assert client.look_up_account(key(), conversation, "zhubo666", None)["result"] == "found"
    assert client.look_up_account(key(), new_conversation(), "zhubo666", None) == {"result": "proof_needed"}


@pytest.mark.parametrize(
    ("douyin_id", "phone", "status"),
    [
        ("dy8f3k2", "13800001111", "banned"),
        ("zhubo666", "13800004444", "restricted"),
        ("frozen_amy", "13800002222", "frozen"),
        ("quiet_river", "13800003333", "normal"),
    ],
)
def test_each_demo_account_is_what_it_should_be(client, key, conversation, douyin_id, phone, status):
    found = client.look_up_account(key(), conversation, douyin_id, phone)
    assert found["account"]["status"] == status


@pytest.mark.timeout(20)  # the action must hear it now, not when the hour is over
def test_the_sixth_wrong_try_is_refused_with_the_time_to_wait(client, key, conversation):
    for n in range(5):
        client.look_up_account(key(), conversation, f"nobody_{n}", WRONG)
    with pytest.raises(DeskError) as refused:
        client.look_up_account(key(), conversation, "lucky_2020", RIGHT)
    assert refused.value.code == "too_many_tries"
    assert 0 < refused.value.details["retry_after"] <= 3600


def test_a_turn_that_runs_again_costs_one_try(client, key, conversation):
    same = key()
    for _ in range(8):
        assert client.look_up_account(same, conversation, "nobody_again", WRONG) == {"result": "not_found"}
    assert client.look_up_account(key(), conversation, "quiet_river", "13800003333")["result"] == "found"


def test_an_id_written_in_another_way_opens_nothing(client, key, new_conversation):
    for douyin_id in ("%6cucky_2020", "lucky_2020?x", "../accounts/lucky_2020", "lucky_2020/", "我的号", " "):
        assert client.look_up_account(key(), new_conversation(), douyin_id, RIGHT) == {"result": "not_found"}
