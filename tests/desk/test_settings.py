"""Settings: all of them documented, secrets without a usable default, mistakes told in one clear line."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from desk.settings import Settings, load_settings

ROOT = Path(__file__).parents[2]
SECRETS = dict.fromkeys(("DESK_SECRET_KEY", "DESK_INTERNAL_KEY", "DESK_ACCOUNTS_KEY"), "x" * 40)


@pytest.fixture
def environment(monkeypatch):
    """Nothing of the desk's but what a test sets."""
    for name in [name for name in os.environ if name.startswith("DESK_")]:
        monkeypatch.delenv(name)

    def set_all(**values):
        for name, value in values.items():
            monkeypatch.setenv(name, value)

    return set_all


def refusal():
    """The line with which the desk ends."""
    with pytest.raises(SystemExit) as ended:
        load_settings.__wrapped__()
    assert isinstance(ended.value.code, str) and "\n" not in ended.value.code
    return ended.value.code


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_every_setting_stands_in_the_readme(name):
    assert f"`DESK_{name.upper()}`" in (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_every_setting_says_what_it_is_for(name):
    assert Settings.model_fields[name].description


@pytest.mark.parametrize("missing", sorted(SECRETS))
@pytest.mark.parametrize("value", [None, "", "too short"])
def test_a_missing_or_short_secret_is_named_and_never_told(environment, missing, value):
    environment(**{key: secret for key, secret in SECRETS.items() if key != missing})
    if value is not None:
        environment(**{missing: value})
    line = refusal()
    assert missing in line
    assert "too short" not in line and "x" * 40 not in line


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DESK_PORT", "many"),
        ("DESK_TURN_CONCURRENCY", "0"),
        ("DESK_BOT_NOTICE_SECONDS", "-1"),
        ("DESK_REST_CHANNEL_KEY", "short"),
        ("DESK_IDENTITY_KEY", "short"),
        ("DESK_PUBLIC_URL", "desk.example"),
        ("DESK_PUBLIC_URL", "https://"),
        ("DESK_DATABASE_URL", "nonsense"),
        ("DESK_DATABASE_URL", "mysql://localhost/desk"),
        ("DESK_DATABASE_URL", "postgresql://localhost/desk"),
    ],
)
def test_a_wrong_setting_is_named(environment, name, value):
    environment(**SECRETS | {name: value})
    assert name in refusal()


@pytest.mark.parametrize(
    ("given", "named"), [({}, "DESK_SECRET_KEY"), (SECRETS | {"DESK_FACTS": "nowhere.yml"}, "nowhere.yml")]
)
def test_the_desk_itself_ends_with_that_one_line(tmp_path, given, named):
    kept = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "desk"]
    ended = subprocess.run(command, cwd=tmp_path, env=kept | given, capture_output=True, text=True, timeout=60)
    assert ended.returncode == 1
    assert ended.stderr.count("\n") == 1 and named in ended.stderr


@pytest.mark.parametrize("given", ["https://desk.example", "https://desk.example/"])
def test_the_public_address_may_end_with_a_slash(environment, given):
    environment(**SECRETS, DESK_PUBLIC_URL=given)
    assert Settings().public_url == "https://desk.example"


def test_lists_are_written_with_commas_and_the_desk_listens_on_this_machine_only(environment):
    environment(**SECRETS, DESK_ALLOWED_ORIGINS=" https://a.example ,, https://b.example")
    settings = Settings()
    assert settings.origins == ["https://a.example", "https://b.example"]
    assert settings.openings == ["/greet"]
    assert settings.host == "127.0.0.1"
