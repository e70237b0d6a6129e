"""Work that Rasa does anew at every turn, done once.

Rasa offers no hook for these three, so its methods are replaced, and only in the release they were read in: in another
one they stay as they are, the log says so, and turns are right but slower.
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from graphlib import TopologicalSorter
from typing import Any

import rasa
from jsonschema.exceptions import ValidationError, best_match
from jsonschema.validators import validator_for
from rasa.core.actions.action import RemoteAction
from rasa.engine.exceptions import GraphRunError
from rasa.engine.graph import GraphSchema
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.shared.core.events import Event

logger = logging.getLogger(__name__)

READ_IN = "3.6.21"
_resolve_among_all = Event.resolve_by_type


def apply(version: str = rasa.__version__) -> bool:
    """Replace the methods if this is the release they fit; whether they were."""
    if version != READ_IN:
        logger.warning("Rasa %s is not %s: its turns are left as they are, and take longer.", version, READ_IN)
        return False
    DaskGraphRunner.run = run_in_order
    RemoteAction._validate_action_result = check_action_result
    Event.resolve_by_type = staticmethod(event_class)
    return True


# --- the graph: its order depends on the targets only ---


def run_in_order(
    self: DaskGraphRunner, inputs: dict[str, Any] | None = None, targets: Sequence[str] | None = None
) -> dict[str, Any]:
    """The outputs of the targets (replaces `DaskGraphRunner.run`, which plans and schedules each run)."""
    wanted = tuple(targets or self._graph_schema.target_names)
    values: dict[str, tuple[str, Any]] = {name: (name, value) for name, value in (inputs or {}).items()}
    if clash := set(values) & set(self._graph_schema.nodes):
        raise GraphRunError(f"An input has the name of a node: {', '.join(sorted(clash))}.")
    for name, needs in _plan(self, wanted):
        values[name] = self._instantiated_nodes[name](*(values.get(need, need) for need in needs))
    return {name: values[name][1] for name in wanted}


def _plan(runner: DaskGraphRunner, targets: tuple[str, ...]) -> list[tuple[str, list[str]]]:
    plans: dict[tuple[str, ...], list[tuple[str, list[str]]]] = vars(runner).setdefault("_plans", {})
    if targets not in plans:
        plans[targets] = plan(runner._graph_schema, targets)
    return plans[targets]


def plan(schema: GraphSchema, targets: Sequence[str]) -> list[tuple[str, list[str]]]:
    """The nodes that the targets need, each after all it needs, with the names of those."""
    nodes = schema.minimal_graph_schema(list(targets)).nodes
    needs = {name: list(node.needs.values()) for name, node in nodes.items()}
    order = TopologicalSorter({name: [need for need in each if need in needs] for name, each in needs.items()})
    return [(name, needs[name]) for name in order.static_order()]


# --- an action's answer: the schema itself is valid once and for all ---


def check_action_result(self: RemoteAction, result: Mapping[str, Any]) -> bool:
    """Whether an action's answer has its shape (replaces a method that checks the schema before each use)."""
    problem = best_match(_result_validator(self.action_response_format_spec).iter_errors(result))
    if problem is None:
        return True
    raise ValidationError(f"{problem.message}. The action server's answer to {self.name()} has not its shape.")


@lru_cache(maxsize=1)
def _result_validator(spec: Callable[[], dict[str, Any]]) -> Any:
    schema = spec()
    kind = validator_for(schema)
    kind.check_schema(schema)
    return kind(schema)


# --- events: which class has which name ---


@lru_cache(maxsize=256)
def event_class(type_name: str, default: type[Event] | None = None) -> type[Event] | None:
    """The class of events of a type (replaces a search through all classes for each event)."""
    return _resolve_among_all(type_name, default)
