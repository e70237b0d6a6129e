"""No route of agents or of the bot opens without its key; and the headers every answer carries."""

from datetime import timedelta

import pytest

from desk.settings import Settings

# An attachment's ticket opens it as well, and whoever has neither ticket nor session learns nothing.
OPEN_TO_ALL = {
    ("POST", "/api/agent/session"),
    ("DELETE", "/api/agent/session"),
    ("GET", "/api/attachments/f_1"),
}
IDS = {"handoff_id": "h_1", "attachment_id": "f_1", "conversation_id": "c_1", "number": "KF20261124000001", "path": "x"}


@pytest.fixture(scope="module")
def database_kind():
    return "sqlite"


def addresses(routes, prefix):
    """Method and address of every route under a prefix, so that a new one cannot be forgotten."""
    found = [(method, path.format(**IDS)) for method, path in routes if path.startswith(prefix)]
    return [address for address in found if address not in OPEN_TO_ALL]


async def test_every_route_of_agents_needs_a_signed_in_agent(http, routes, user, parts, world):
    """Neither nothing, nor a user's token, nor a forged, expired or disabled agent's cookie opens one."""
    gone = await world.agent("gone", active=False)
    cookies = [
        "",
        user.token,
        "a.b.c",
        parts.tokens.issue("agent", "a_nobody", timedelta(hours=1))[0],
        parts.tokens.issue("agent", gone.id, timedelta(hours=1))[0],
        parts.tokens.issue("agent", gone.id, timedelta(hours=-1))[0],
        parts.session_token(gone.id)[0],
    ]
    asked = addresses(routes, "/api/agent")
    assert len(asked) >= 12
    for method, path in asked:
        for cookie in cookies:
            headers = {"cookie": f"desk_agent={cookie}", "authorization": f"Bearer {cookie}"}
            answer = await http.request(method, path, headers=headers)
            assert (answer.status_code, answer.json()["code"]) == (401, "not_signed_in"), f"{method} {path}"


async def test_every_route_of_the_bot_needs_its_key(http, routes, user, parts):
    asked = addresses(routes, "/internal")
    assert len(asked) >= 5
    wrong = ["", "Bearer", "Bearer wrong", f"Bearer {user.token}", "Basic " + "i" * 40, "Bearer " + "i" * 39, "i" * 40]
    for method, path in asked:
        for authorization in wrong:
            answer = await http.request(method, path, headers={"authorization": authorization})
            assert (answer.status_code, answer.json()["code"]) == (401, "key_wrong"), f"{method} {path}"


async def test_every_route_of_a_user_needs_a_session(http, routes):
    asked = [
        address
        for address in addresses(routes, "/api/")
        if not address[1].startswith("/api/agent") and address[1] != "/api/session"
    ]
    assert len(asked) >= 4
    for method, path in asked:
        answer = await http.request(method, path)
        assert (answer.status_code, answer.json()["code"]) == (401, "token_invalid"), f"{method} {path}"


async def test_no_route_stands_outside_the_known_rooms(routes):
    known = ("/api/", "/internal/", "/webhooks/rest/", "/health", "/console", "/docs", "/redoc", "/openapi.json")
    assert [path for _, path in routes if path != "/" and not path.startswith(known)] == []


async def test_the_desk_is_healthy_while_its_database_answers(http):
    answer = await http.get("/health")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


@pytest.mark.parametrize(
    ("method", "path", "content"),
    [
        ("GET", "/api/conversation", None),
        ("POST", "/api/messages", b"x" * 70_000),
        ("GET", "/internal/conversations/c", None),
        ("GET", "/webhooks/rest/", None),
        ("GET", "/api/%00", None),
    ],
)
async def test_what_the_api_says_is_neither_kept_nor_guessed_nor_passed_on(http, method, path, content):
    headers = (await http.request(method, path, content=content)).headers
    assert headers["cache-control"] == "no-store"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"


async def test_the_console_runs_no_foreign_script_and_in_no_frame(http):
    policy = (await http.get("/console/")).headers["content-security-policy"]
    assert "default-src 'self'" in policy and "frame-ancestors 'none'" in policy
    assert "script-src" not in policy


@pytest.fixture
def hosted(settings: Settings):
    settings.allowed_origins = "https://host.example, https://other.example"
    return settings


def preflight(http, origin, method="POST"):
    headers = {
        "origin": origin,
        "access-control-request-method": method,
        "access-control-request-headers": "authorization,content-type",
    }
    return http.options("/api/messages", headers=headers)


async def test_only_the_pages_of_the_setting_may_embed_the_widget(hosted, http):
    allowed = await preflight(http, "https://host.example")
    assert allowed.headers["access-control-allow-origin"] == "https://host.example"
    assert "access-control-allow-credentials" not in allowed.headers
    foreign = await preflight(http, "https://evil.example")
    assert foreign.status_code == 400 and "access-control-allow-origin" not in foreign.headers


@pytest.mark.parametrize("content", [b"{}", b"x" * 70_000], ids=["refused", "too large"])
async def test_a_page_of_the_setting_can_read_refusals_too(hosted, http, content):
    answer = await http.post("/api/messages", content=content, headers={"origin": "https://host.example"})
    assert answer.headers["access-control-allow-origin"] == "https://host.example"
    assert "retry-after" in answer.headers["access-control-expose-headers"].lower()


async def test_without_the_setting_no_other_page_may(http):
    answer = await http.get("/health", headers={"origin": "https://host.example"})
    assert "access-control-allow-origin" not in answer.headers


async def test_the_api_page_loads_nothing_from_elsewhere(http):
    page = (await http.get("/docs")).text
    assert "http://" not in page and "https://" not in page
