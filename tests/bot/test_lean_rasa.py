"""What is done once instead of at every turn gives what Rasa gives."""

from typing import ClassVar

import pytest
from jsonschema import ValidationError
from rasa.core.actions.action import RemoteAction
from rasa.engine.exceptions import GraphRunError
from rasa.engine.graph import ExecutionContext, GraphComponent, GraphSchema, SchemaNode
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.shared.core.events import Event, SlotSet, UserUttered

from bot import lean_rasa

planned_by_rasa = DaskGraphRunner.run
checked_by_rasa = RemoteAction._validate_action_result


class Join(GraphComponent):
    """Writes down that it ran, and joins what it is given."""

    ran: ClassVar[list[str]] = []

    def __init__(self, name):
        self.name = name

    @classmethod
    def create(cls, config, model_storage, resource, execution_context):
        return cls(config["name"])

    def one(self, left):
        return self._join(left)

    def two(self, left, right):
        return self._join(left, right)

    def _join(self, *parts):
        self.ran.append(self.name)
        return f"{self.name}({','.join(parts)})"


def node(name, **needs):
    return SchemaNode(
        needs=needs,
        uses=Join,
        constructor_name="create",
        fn="two" if "right" in needs else "one",
        config={"name": name},
        is_target=name == "d",
    )


@pytest.fixture
def runner():
    """d needs b and c, which both need a; nobody needs the idle one."""
    schema = GraphSchema(
        {
            "d": node("d", left="b", right="c"),
            "idle": node("idle", left="word"),
            "c": node("c", left="a"),
            "b": node("b", left="a"),
            "a": node("a", left="word"),
        }
    )
    Join.ran.clear()
    return DaskGraphRunner.create(schema, None, ExecutionContext(schema))


class TestGraph:
    def test_gives_what_rasas_scheduler_gives(self, runner):
        for targets in (None, ["d"], ["b", "c"], ["idle"]):
            planned = lean_rasa.run_in_order(runner, {"word": "w"}, targets)
            assert planned == planned_by_rasa(runner, {"word": "w"}, targets)
        assert lean_rasa.run_in_order(runner, {"word": "w"}) == {"d": "d(b(a(w)),c(a(w)))"}

    def test_runs_each_node_that_is_needed_once(self, runner):
        lean_rasa.run_in_order(runner, {"word": "w"})
        assert sorted(Join.ran) == ["a", "b", "c", "d"]
        assert Join.ran[0] == "a" and Join.ran[-1] == "d"

    def test_keeps_nothing_of_the_run_before(self, runner):
        lean_rasa.run_in_order(runner, {"word": "w"})
        assert lean_rasa.run_in_order(runner, {"word": "x"}) == {"d": "d(b(a(x)),c(a(x)))"}

    def test_refuses_an_input_named_like_a_node(self, runner):
        with pytest.raises(GraphRunError):
            lean_rasa.run_in_order(runner, {"word": "w", "a": "w"})

    def test_misses_an_input_as_rasa_does(self, runner):
        for run in (lean_rasa.run_in_order, planned_by_rasa):
            with pytest.raises(GraphRunError, match="word"):
                run(runner, {})


ANSWERS = [
    {"events": [], "responses": []},
    {"events": [{"event": "slot", "timestamp": None, "name": "topic", "value": "ban"}], "responses": [{"text": "hi"}]},
    {"events": [{"event": "followup", "timestamp": None, "name": "action_listen"}]},
    {},
]
BROKEN = [
    {"events": {}},
    {"events": [{"name": "no event"}]},
    {"responses": ["words"]},
    {"events": [{"event": "slot", "name": 3}]},
    [],
]


class TestActionResult:
    @pytest.mark.parametrize("answer", ANSWERS)
    def test_takes_what_rasa_takes(self, answer):
        action = RemoteAction("action_rate", None)
        assert checked_by_rasa(action, answer) and lean_rasa.check_action_result(action, answer)

    @pytest.mark.parametrize("answer", BROKEN)
    def test_refuses_what_rasa_refuses(self, answer):
        action = RemoteAction("action_rate", None)
        for check in (checked_by_rasa, lean_rasa.check_action_result):
            with pytest.raises(ValidationError):
                check(action, answer)


class TestEvents:
    def test_knows_each_class_by_its_name(self):
        assert lean_rasa.event_class("slot") is SlotSet
        assert lean_rasa.event_class("user") is UserUttered

    def test_knows_no_other_name(self):
        with pytest.raises(ValueError, match="Unknown event"):
            lean_rasa.event_class("no such event")
        assert lean_rasa.event_class("no such event", SlotSet) is SlotSet


class TestRelease:
    @pytest.fixture(autouse=True)
    def as_rasa_has_them(self, monkeypatch):
        monkeypatch.setattr(DaskGraphRunner, "run", planned_by_rasa)
        monkeypatch.setattr(RemoteAction, "_validate_action_result", checked_by_rasa)
        monkeypatch.setattr(Event, "resolve_by_type", staticmethod(lean_rasa._resolve_among_all))

    def test_replaces_the_methods_of_the_release_it_was_read_in(self):
        assert lean_rasa.apply(lean_rasa.READ_IN)
        assert DaskGraphRunner.run is lean_rasa.run_in_order
        assert RemoteAction._validate_action_result is lean_rasa.check_action_result
        assert Event.resolve_by_type is lean_rasa.event_class

    def test_leaves_another_release_alone_and_says_so(self, caplog):
        assert not lean_rasa.apply("3.7.0")
        assert DaskGraphRunner.run is planned_by_rasa
        assert "3.7.0" in caplog.text

    def test_this_is_the_release(self):
        """After an upgrade of Rasa, read these methods again."""
        assert lean_rasa.apply()
