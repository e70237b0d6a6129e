"""Signing in, signing out, duty."""

from datetime import timedelta

import pytest

from desk.agents.models import Agent
from desk.agents.sessions import COOKIE
from desk.clock import now
from desk.seed import seed
from tests.desk.world import PASSWORD


@pytest.fixture
def database_kind():
    return "sqlite"


@pytest.fixture
async def lin(world):
    return await world.agent(on_duty=False)


def sign(http, login="lin", password=PASSWORD):
    return http.post("/api/agent/session", json={"login": login, "password": password})


async def test_login_and_password_open_the_console_with_a_strict_cookie(http, lin):
    answer = await sign(http)
    assert answer.status_code == 200
    assert answer.json() == {
        "id": lin.id,
        "login": "lin",
        "name": "小林",
        "role": "agent",
        "skill_groups": ["general", "penalty_appeal"],
        "on_duty": False,
    }
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie and "SameSite=strict" in cookie and "Secure" not in cookie
    assert (await http.get("/api/agent/me")).json()["login"] == "lin"


async def test_over_https_the_cookie_never_travels_in_the_clear(http, lin, settings):
    settings.secure_cookies = True
    assert "Secure" in (await sign(http)).headers["set-cookie"]


@pytest.mark.parametrize(
    ("login", "password"), [("lin", "wrong"), ("nobody", PASSWORD), ("lin", ""), ("LIN", PASSWORD)]
)
async def test_whichever_is_wrong_the_answer_is_the_same(http, lin, login, password):
    answer = await sign(http, login, password)
    assert (answer.status_code, answer.json()["code"], answer.json()["details"]) == (401, "login_failed", {})
    assert "set-cookie" not in answer.headers


async def test_a_disabled_agent_cannot_sign_in(http, world):
    await world.agent("gone", active=False)
    assert (await sign(http, "gone")).status_code == 401


async def test_guessing_a_password_is_slowed_down(http, lin):
    codes = [(await sign(http, password="wrong")).status_code for _ in range(11)]
    assert codes == [401] * 10 + [429]
    assert (await sign(http)).status_code == 429
    assert int((await sign(http)).headers["retry-after"]) > 0


async def test_signing_out_forgets_the_cookie(http, lin):
    await sign(http)
    assert (await http.delete("/api/agent/session")).status_code == 204
    assert (await http.get("/api/agent/me")).status_code == 401


@pytest.mark.parametrize("body", [{"on_duty": "yes"}, {"on_duty": 1}, {}, {"on_duty": True, "role": "supervisor"}])
async def test_only_duty_can_be_changed(http, lin, sign_in, body):
    assert (await http.patch("/api/agent/me", json=body, headers=sign_in(lin))).status_code == 422


async def test_an_agent_goes_on_duty_and_off(http, lin, sign_in, world):
    for on_duty in (True, False):
        answer = await http.patch("/api/agent/me", json={"on_duty": on_duty}, headers=sign_in(lin))
        assert answer.json()["on_duty"] is on_duty
        assert (await world.rows(Agent))[0].on_duty is on_duty


async def test_a_request_is_a_sign_of_life(http, lin, sign_in, world):
    await world.seen_long_ago(lin)
    await http.get("/api/agent/me", headers=sign_in(lin))
    assert now() - (await world.rows(Agent))[0].seen_at < timedelta(seconds=30)


async def test_an_agent_s_token_is_no_cookie_of_another_name(http, lin, sign_in):
    token = sign_in(lin)["cookie"].partition("=")[2]
    assert (await http.get("/api/agent/me", headers={"authorization": f"Bearer {token}"})).status_code == 401
    assert COOKIE == "desk_agent"


async def test_demo_agents_are_made_once_with_passwords_nobody_knows_beforehand(world):
    made = await seed(world.database)
    assert [login for login, _, _ in made] == ["lin", "zhou", "chen"]
    assert len({password for _, _, password in made}) == 3 and all(len(password) >= 12 for _, _, password in made)
    assert await seed(world.database) == []
