"""The connector to the account system: bounded retries, one named failure."""

from urllib.parse import unquote

import httpx
import pytest

from desk.accounts.connector import AccountConnector
from desk.errors import AccountsUnavailable, AppealNotPossible


def connector(*answers):
    """A connector whose other side gives these answers in turn, and the requests it saw."""
    seen, left = [], list(answers)

    def handle(request):
        seen.append(request)
        answer = left.pop(0) if len(left) > 1 else left[0]
        if isinstance(answer, Exception):
            raise answer
        return answer

    return AccountConnector("http://accounts.test/base", "k" * 40, httpx.MockTransport(handle)), seen


FOUND = httpx.Response(200, json={"douyin_id": "lucky_2020"})


async def test_an_account_is_asked_for_with_the_key_under_the_base_address():
    made, seen = connector(FOUND)
    assert await made.account("lucky_2020") == {"douyin_id": "lucky_2020"}
    assert str(seen[0].url) == "http://accounts.test/base/accounts/lucky_2020"
    assert seen[0].headers["authorization"] == "Bearer " + "k" * 40


async def test_no_account_is_none():
    made, _ = connector(httpx.Response(404, json={"code": "account_not_found"}))
    assert await made.account("nobody") is None


@pytest.mark.parametrize("typed", ["a?b=c", "a#b", "%6cucky", "a%2Fb", "我的号", "a b", "a;b", "\\", "a.b", "..."])
async def test_whatever_a_user_types_is_one_segment_and_comes_out_as_it_was_typed(typed):
    made, seen = connector(FOUND)
    await made.account(typed)
    (request,) = seen
    path = request.url.raw_path.decode()
    assert path.startswith("/base/accounts/") and path.count("/") == 3 and "?" not in path
    assert unquote(path.removeprefix("/base/accounts/")) == typed


@pytest.mark.parametrize("typed", ["a/b", "../penalties", "..", ".", "//x", "a/"])
async def test_what_could_be_another_path_is_no_account(typed):
    made, seen = connector(FOUND)
    assert await made.account(typed) is None
    assert seen == []


@pytest.mark.parametrize("trouble", [httpx.ConnectError("no"), httpx.ReadTimeout("slow"), httpx.Response(503)])
async def test_a_passing_trouble_is_tried_again(trouble):
    made, seen = connector(trouble, FOUND)
    assert await made.account("lucky_2020")
    assert len(seen) == 2


@pytest.mark.parametrize("trouble", [httpx.ConnectError("no"), httpx.Response(500)])
async def test_a_lasting_trouble_is_named_after_two_tries(trouble):
    made, seen = connector(trouble)
    with pytest.raises(AccountsUnavailable):
        await made.account("lucky_2020")
    assert len(seen) == 2


@pytest.mark.parametrize("answer", [httpx.Response(401), httpx.Response(302), httpx.Response(200, text="<html>")])
async def test_an_answer_that_makes_no_sense_is_the_same_named_failure(answer):
    made, _ = connector(answer)
    with pytest.raises(AccountsUnavailable):
        await made.account("lucky_2020")


async def test_an_appeal_carries_the_case_number_as_its_key():
    made, seen = connector(httpx.Response(201, json={"appeal_id": "AP1"}))
    assert await made.file_appeal("PN1", "KF1", "冤枉") == {"appeal_id": "AP1"}
    assert seen[0].headers["idempotency-key"] == "KF1"
    assert seen[0].url.path == "/base/penalties/PN1/appeals"


@pytest.mark.parametrize("why", ["already_filed", "expired", "not_appealable"])
async def test_a_refused_appeal_says_why(why):
    made, _ = connector(httpx.Response(409, json={"code": why}))
    with pytest.raises(AppealNotPossible) as refused:
        await made.file_appeal("PN1", "KF1", "冤枉")
    assert refused.value.details == {"why": why}
