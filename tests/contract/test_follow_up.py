"""What a user sent goes along with a case, or is added to it; a case is opened again."""

import pytest

from actions.desk_client import DeskError


@pytest.fixture
def user(new_user):
    return new_user()


@pytest.fixture
def open_case(client, key):
    """Opens a case of a user with what they sent; the rest of the wish as the actions fill it."""

    def open_it(user, *attachments):
        rest = {"fields": {}, "douyin_id": None, "contact_phone": None, "penalty_id": None, "links": []}
        wish = {"conversation_id": user.conversation, "topic": "report_content", "attachments": list(attachments)}
        return client.open_case(key(), rest | wish)["number"]

    return open_it


def is_refused(code, ask, *args):
    with pytest.raises(DeskError) as refused:
        ask(*args)
    assert refused.value.code == code


def test_a_case_takes_what_its_user_sent_and_nothing_else(user, new_user, open_case):
    assert open_case(user, user.send_picture(), user.send_picture())
    is_refused("attachment_not_yours", open_case, user, user.upload())
    is_refused("attachment_not_yours", open_case, user, new_user().send_picture())


def test_a_conversation_names_its_unsettled_cases(client, user, open_case):
    assert client.read_conversation(user.conversation)["open_cases"] == []
    first, second = open_case(user), open_case(user)
    assert sorted(client.read_conversation(user.conversation)["open_cases"]) == sorted([first, second])


def test_what_comes_later_is_added_once(client, key, user, open_case):
    number, same = open_case(user), key()
    picture = user.send_picture()
    for _ in range(2):
        added = client.add_to_case(same, number, user.conversation, [picture])
        assert added == {"number": number, "state": "new", "count": 1}


def test_nothing_is_added_to_or_opened_of_another_conversation(client, key, user, new_user, open_case):
    number, stranger = open_case(user), new_user()
    picture = stranger.send_picture()
    is_refused("not_found", client.add_to_case, key(), number, stranger.conversation, [picture])
    is_refused("not_found", client.reopen_case, key(), number, stranger.conversation)
    is_refused("not_found", client.reopen_case, key(), "KF20200101000000", user.conversation)


def test_opening_what_is_not_settled_changes_nothing(client, key, user, open_case):
    number = open_case(user)
    assert client.reopen_case(key(), number, user.conversation) == {"number": number, "state": "new"}
