"""Opening a case, filing its appeal, asking how it stands."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import pytest

from actions.desk_client import DeskError

PHONE = "13800001111"


def case(conversation, **more):
    return {"conversation_id": conversation, "topic": "ban_appeal", "fields": {"appeal_reason": "冤枉"}, **more}


@pytest.fixture
def appeal(client, key):
    """The wish for an appeal of an account's active penalty, its ownership proved."""

    def wish(conversation, douyin_id, phone=PHONE):
        account = client.look_up_account(key(), conversation, douyin_id, phone)["account"]
        (penalty,) = [each for each in account["penalties"] if each["active"]]
        return case(conversation, douyin_id=douyin_id, contact_phone=phone, penalty_id=penalty["penalty_id"])

    return wish


def test_a_case_comes_back_with_what_the_user_is_told(client, key, conversation):
    opened = client.open_case(key(), case(conversation, contact_phone=PHONE, links=["https://a.example/1"]))
    assert re.fullmatch(r"KF20\d{6}\d{6}", opened["number"])
    assert (opened["state"], opened["priority"], opened["skill_group"]) == ("new", "normal", "penalty_appeal")
    assert datetime.fromisoformat(opened["due_at"]).tzinfo


def test_one_key_is_one_case_however_often_and_however_at_once(client, key, conversation):
    same = key()
    with ThreadPoolExecutor(6) as pool:
        opened = list(pool.map(lambda _: client.open_case(same, case(conversation)), range(6)))
    opened.append(client.open_case(same, case(conversation)))
    assert len({each["number"] for each in opened}) == 1
    assert len(client.look_up_cases(key(), conversation, None, None)["cases"]) == 1


def test_one_key_for_another_request_is_refused(client, key, conversation):
    same = key()
    client.open_case(same, case(conversation))
    with pytest.raises(DeskError) as refused:
        client.open_case(same, case(conversation, links=["https://b.example"]))
    assert refused.value.code == "idempotency_key_reused"


def test_an_appeal_is_filed_once_and_shows_on_the_account(client, key, conversation, new_conversation, appeal):
    wish, same = appeal(conversation, "dy8f3k2"), key()
    first, again = client.open_case(same, wish), client.open_case(same, wish)
    assert first == again
    assert first["priority"] == "high"  # the ban is permanent
    account = client.look_up_account(key(), conversation, "dy8f3k2", None)["account"]
    (penalty,) = [each for each in account["penalties"] if each["penalty_id"] == wish["penalty_id"]]
    assert penalty["appeal_filed"] is True
    with pytest.raises(DeskError) as refused:
        client.open_case(key(), {**wish, "fields": {"appeal_reason": "再来一次"}})
    assert (refused.value.code, refused.value.details) == ("appeal_not_possible", {"why": "already_filed"})


def test_a_penalty_of_somebody_else_cannot_be_appealed(client, key, conversation, new_conversation, appeal):
    wish = appeal(conversation, "lucky_2020")
    with pytest.raises(DeskError) as refused:
        client.open_case(key(), {**wish, "conversation_id": new_conversation()})
    assert refused.value.code == "appeal_not_possible"
    assert client.look_up_cases(key(), conversation, None, None) == {"result": "not_found"}


def test_a_conversation_sees_its_own_cases_in_words(client, key, conversation):
    number = client.open_case(key(), case(conversation))["number"]
    for asked in (None, number):
        (shown,) = client.look_up_cases(key(), conversation, asked, None)["cases"]
        assert (shown["number"], shown["state"], shown["topic_label"]) == (number, "new", "封禁申诉")
        assert shown["last_event_label"] == "工单建立"
        assert {"topic", "created_at", "updated_at", "due_at"} <= set(shown)


def test_a_foreign_number_needs_the_phone_registered_for_it(client, key, conversation, new_conversation):
    number = client.open_case(key(), case(conversation, contact_phone="+86 139-0000-7777"))["number"]
    stranger = new_conversation()
    for asked in (number, "KF20200101000000"):
        assert client.look_up_cases(key(), stranger, asked, None) == {"result": "proof_needed"}
        assert client.look_up_cases(key(), stranger, asked, "13900008888") == {"result": "not_found"}
    assert client.look_up_cases(key(), stranger, number, "13900007777")["result"] == "found"
    assert client.look_up_cases(key(), stranger, None, "13900007777")["cases"][0]["number"] == number


def test_a_conversation_without_cases_has_none(client, key, conversation):
    assert client.look_up_cases(key(), conversation, None, None) == {"result": "not_found"}


def test_a_rating_is_taken(client, key, conversation):
    assert client.rate(key(), conversation, True, "ban_appeal") is None
    assert client.rate(key(), conversation, False, None) is None


@pytest.mark.parametrize("number", ["nonsense", "KF", "' OR 1=1"])
def test_an_unknown_number_is_nothing_special(client, key, conversation, number):
    assert client.look_up_cases(key(), conversation, number, None) == {"result": "proof_needed"}
