"""Work that Rasa does anew at every turn, done once, and work that nobody asked for, not done.

Rasa offers no hook for these, so its methods are replaced, and only in the release they were read in: in another one
they stay as they are, the log says so, and turns are right but slower.
"""

import logging
from collections.abc import Mapping, Sequence
from copy import copy, deepcopy
from functools import lru_cache
from graphlib import TopologicalSorter
from typing import Any

import rasa
from rasa.core import processor
from rasa.core.actions import forms
from rasa.core.actions.action import ActionExtractSlots, RemoteAction
from rasa.core.processor import MessageProcessor
from rasa.engine.exceptions import GraphRunError
from rasa.engine.graph import GraphSchema
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.shared.core.constants import ACTION_VALIDATE_SLOT_MAPPINGS
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event
from rasa.shared.core.slots import Slot
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from bot.lean_calls import call_of_action, check_action_result, open_session
from bot.lean_trackers import copied_slot, copied_tracker

logger = logging.getLogger(__name__)

READ_IN = "3.6.21"
_extract_slots = ActionExtractSlots.run
_log_slots = MessageProcessor._log_slots
_resolve_among_all = Event.resolve_by_type


def apply(version: str = rasa.__version__) -> bool:
    """Replace the methods if this is the release they fit; whether they were."""
    if version != READ_IN:
        logger.warning("Rasa %s is not %s: its turns are left as they are, and take longer.", version, READ_IN)
        return False
    for owner, name, ours in REPLACEMENTS:
        setattr(owner, name, ours)
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


# --- events: which class has which name ---


@lru_cache(maxsize=256)
def event_class(type_name: str, default: type[Event] | None = None) -> type[Event] | None:
    """The class of events of a type (replaces a search through all classes for each event)."""
    return _resolve_among_all(type_name, default)


# --- nothing to do, found out once ---


async def extract_slots(self: ActionExtractSlots, channel: Any, nlg: Any, tracker: Any, domain: Domain) -> list[Event]:
    """Slots filled by their mappings (replaces a method that goes through the slots that actions fill, too)."""
    return await _extract_slots(self, channel, nlg, tracker, _with_filled_slots(domain))


def _with_filled_slots(domain: Domain) -> Domain:
    """The domain with only the slots that a message may fill."""
    if ACTION_VALIDATE_SLOT_MAPPINGS in domain.user_actions:
        return domain  # that action is told of all slots
    if "_with_filled_slots" not in vars(domain):
        narrow = copy(domain)
        narrow.slots = [slot for slot in domain.slots if any(map(_fills, slot.mappings))]
        vars(domain)["_with_filled_slots"] = narrow
    return vars(domain)["_with_filled_slots"]


def _fills(mapping: Mapping[str, Any]) -> bool:
    return mapping.get("type") != "custom" or bool(mapping.get("action"))


def is_empty(self: Domain) -> bool:
    """Whether there is nothing in the domain (replaces a method that makes an empty one to compare with)."""
    return self.as_dict() == _empty_domain()


@lru_cache(maxsize=1)
def _empty_domain() -> dict[str, Any]:
    return Domain.empty().as_dict()


def log_slots(tracker: DialogueStateTracker) -> None:
    """Write the slots into the log, if it takes them (replaces a method that writes them out either way)."""
    if logging.getLogger("rasa.core.processor").isEnabledFor(logging.DEBUG):
        _log_slots(tracker)


class CopiesForTheLog:
    """Stands for the module `copy` where Rasa copies only what it then gives to a log, which is mostly off."""

    @staticmethod
    def deepcopy(value: Any) -> Any:
        return deepcopy(value) if logging.getLogger("rasa").isEnabledFor(logging.DEBUG) else value


REPLACEMENTS: tuple[tuple[Any, str, Any], ...] = (
    (DaskGraphRunner, "run", run_in_order),
    (EndpointConfig, "session", open_session),
    (RemoteAction, "_action_call_format", call_of_action),
    (RemoteAction, "_validate_action_result", check_action_result),
    (Event, "resolve_by_type", staticmethod(event_class)),
    (Slot, "__copy__", copied_slot),
    (DialogueStateTracker, "copy", copied_tracker),
    (ActionExtractSlots, "run", extract_slots),
    (Domain, "is_empty", is_empty),
    (MessageProcessor, "_log_slots", staticmethod(log_slots)),
    (processor, "copy", CopiesForTheLog),
    (forms, "copy", CopiesForTheLog),
)
