"""What every route has in common: the key, the 404, and a place in the OpenAPI document."""

import os
import subprocess
import sys

import pytest
from pydantic import ValidationError

from sandbox.app import health, router
from sandbox.settings import Settings

UNKNOWN = {
    "/accounts/nobody": "account_not_found",
    "/accounts/nobody/works": "account_not_found",
    "/accounts/nobody/live-rooms": "account_not_found",
    "/accounts/nobody/payments": "account_not_found",
    "/penalties/PN0": "penalty_not_found",
    "/appeals/AP0": "appeal_not_found",
    "/works/0": "work_not_found",
    "/live-rooms/0": "live_room_not_found",
    "/payments/0": "payment_not_found",
}
POSTS = {
    "/penalties/PN0/appeals": {"case_number": "KF20261124000001", "reason": "x"},
    "/appeals/AP0/decision": {"outcome": "upheld"},
}


class TestUnknown:
    @pytest.mark.parametrize(("path", "code"), UNKNOWN.items())
    def test_reading_it_is_404(self, client, path, code):
        answer = client.get(path)
        assert (answer.status_code, answer.json()["code"]) == (404, code)

    @pytest.mark.parametrize(("path", "body"), POSTS.items())
    def test_writing_to_it_is_404(self, client, path, body):
        answer = client.post(path, json=body, headers={"Idempotency-Key": "key"})
        assert answer.status_code == 404

    def test_ids_are_told_apart_by_case(self, client):
        assert client.get("/accounts/LUCKY_2020").status_code == 404


class TestKey:
    @pytest.mark.parametrize("shown", [None, "Bearer wrong", "Bearer ", "Basic abc", "Bearer 钥匙"])
    def test_every_route_but_health_needs_it(self, client, shown):
        del client.headers["Authorization"]
        headers = {"Authorization": shown.encode()} if shown else {}
        for path in ["/accounts/lucky_2020", *UNKNOWN]:
            answer = client.get(path, headers=headers)
            assert (answer.status_code, answer.json()["code"]) == (401, "unauthorized"), path
        for path, body in POSTS.items():
            assert client.post(path, json=body, headers=headers).status_code == 401
        assert client.get("/health", headers=headers).json() == {"status": "ok"}

    @pytest.mark.parametrize("key", [None, "short", "x" * 31])
    def test_none_or_a_short_one_does_not_start(self, key, monkeypatch):
        monkeypatch.delenv("SANDBOX_KEY", raising=False)
        if key:
            monkeypatch.setenv("SANDBOX_KEY", key)
        with pytest.raises(ValidationError):
            Settings()

    def test_a_missing_one_is_told_in_one_line(self):
        environment = {k: v for k, v in os.environ.items() if not k.startswith("SANDBOX_")}
        started = subprocess.run(
            [sys.executable, "-m", "sandbox"],
            env=environment,
            capture_output=True,
            text=True,
            timeout=30,
        )
        assert started.returncode != 0
        assert started.stderr.splitlines() == ["sandbox: SANDBOX_KEY: Field required"]


class TestOpenApi:
    def test_has_every_route_with_words_and_a_key(self, client):
        document = client.get("/openapi.json").json()
        served = {
            (route.path, method.lower()) for route in [*health.routes, *router.routes] for method in route.methods
        }
        described = {
            (path, method): operation
            for path, operations in document["paths"].items()
            for method, operation in operations.items()
        }
        assert set(described) == served and len(served) == 12
        for (path, _), operation in described.items():
            assert operation["description"], path
            assert ("security" in operation) == (path != "/health"), path

    def test_docs_page_is_served(self, client):
        assert client.get("/docs").status_code == 200
