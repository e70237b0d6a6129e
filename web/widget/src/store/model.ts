import type { Message, Receipt, State } from "../transport/wire";
import { acknowledged, merge, newerState, unread } from "./messages";
import type { Pending } from "./outbox";
import { emptyTray, type Tray } from "./tray";

/** live: pushed to us; polling: we ask every few seconds; offline: the desk cannot be reached. */
export type Link = "connecting" | "live" | "polling" | "offline";

/** Everything that the views draw. */
export interface Model {
  conversationId: string | null;
  /** Whether the history has been fetched once. */
  loaded: boolean;
  messages: Message[];
  state: State | null;
  outbox: Pending[];
  tray: Tray;
  link: Link;
  /** Until when the desk asked us to send nothing. */
  pausedUntil: number | null;
  draft: string;
  /** What the desk said against the last text. */
  complaint: string | null;
  /** An expired conversation was replaced by a new one. */
  renewed: boolean;
  rated: Record<string, number>;
  /** Cases that the user has just opened again, with the number of the newest line then. */
  reopened: Record<string, number>;
  open: boolean;
  seen: number;
  /** Whether the user looks at the window now. */
  looking: boolean;
  /** Number of the first line that was new when the user came to look. */
  fresh: number | null;
}

export type Event =
  | { type: "session"; conversationId: string; state?: State }
  | { type: "received"; messages: Message[]; state?: State }
  | { type: "loaded" }
  | { type: "state"; state: State }
  | { type: "outbox"; outbox: Pending[] }
  | { type: "stored"; pending: Pending; receipt: Receipt }
  | { type: "refused"; pending: Pending; message: string }
  | { type: "returned"; text: string }
  | { type: "tray"; tray: Tray }
  | { type: "link"; link: Link }
  | { type: "paused"; until: number | null }
  | { type: "draft"; draft: string }
  | { type: "rated"; caseNumber: string; score: number }
  | { type: "reopened"; caseNumber: string; seq: number }
  | { type: "open"; open: boolean }
  | { type: "seen"; seq: number }
  | { type: "look" }
  | { type: "look_away" }
  | { type: "renewal_read" };

export const emptyModel: Model = {
  conversationId: null,
  loaded: false,
  messages: [],
  state: null,
  outbox: [],
  tray: emptyTray,
  link: "connecting",
  pausedUntil: null,
  draft: "",
  complaint: null,
  renewed: false,
  rated: {},
  reopened: {},
  open: false,
  seen: 0,
  looking: false,
  fresh: null,
};

export function reduce(model: Model, event: Event): Model {
  switch (event.type) {
    case "session":
      return begin(model, event.conversationId, event.state);
    case "received":
      return {
        ...model,
        messages: merge(model.messages, event.messages),
        state: event.state ? newerState(model.state, event.state) : model.state,
      };
    case "loaded":
      return { ...model, loaded: true };
    case "state":
      return { ...model, state: newerState(model.state, event.state) };
    case "outbox":
      return { ...model, outbox: event.outbox };
    case "stored":
      return store(model, event.pending, event.receipt);
    case "refused":
      return refuse(model, event.pending, event.message);
    case "returned":
      return giveBack(model, event.text, null);
    case "tray":
      return { ...model, tray: event.tray };
    case "link":
      return { ...model, link: event.link };
    case "paused":
      return { ...model, pausedUntil: event.until };
    case "draft":
      return { ...model, draft: event.draft, complaint: null };
    case "rated":
      return { ...model, rated: { ...model.rated, [event.caseNumber]: event.score } };
    case "reopened":
      return { ...model, reopened: { ...model.reopened, [event.caseNumber]: event.seq } };
    case "open":
      return { ...model, open: event.open, fresh: event.open ? model.fresh : null };
    case "seen":
      return { ...model, seen: Math.max(model.seen, event.seq) };
    case "look":
      return look(model);
    case "look_away":
      return { ...model, looking: false };
    case "renewal_read":
      return { ...model, renewed: false };
  }
}

/** A renewed token keeps the conversation; another conversation starts from nothing and the user is told. */
function begin(model: Model, conversationId: string, state?: State): Model {
  if (conversationId === model.conversationId) return { ...model, state: state ? newerState(model.state, state) : model.state };
  return {
    ...model,
    conversationId,
    state: state ?? null,
    messages: [],
    loaded: false,
    seen: 0,
    looking: false,
    fresh: null,
    rated: {},
    renewed: model.conversationId !== null,
  };
}

/** From "sending" to "stored" in one step, so that the message never flickers away. */
function store(model: Model, pending: Pending, receipt: Receipt): Model {
  const copy = model.messages.some(({ seq }) => seq === receipt.seq) ? [] : [acknowledged(pending, receipt)];
  return { ...model, outbox: without(model.outbox, pending), messages: merge(model.messages, copy) };
}

/** Refused words go back to the composer for editing; a pressed button has none. */
function refuse(model: Model, pending: Pending, message: string): Model {
  const rest = { ...model, outbox: without(model.outbox, pending) };
  if (pending.opening) return rest;
  return giveBack(rest, pending.payload === null ? pending.text : "", message);
}

/** Before whatever is being written there. */
function giveBack(model: Model, text: string, complaint: string | null): Model {
  return { ...model, draft: [text, model.draft].filter(Boolean).join("\n"), complaint };
}

/** What came while the user was away is marked; who has seen nothing yet finds nothing old to tell it from. */
function look(model: Model): Model {
  const first = model.looking || model.seen === 0 ? undefined : unread(model.messages, model.seen)[0];
  const newest = model.messages[model.messages.length - 1]?.seq ?? 0;
  return { ...model, looking: true, fresh: first?.seq ?? model.fresh, seen: Math.max(model.seen, newest) };
}

function without(outbox: Pending[], { clientId }: Pending): Pending[] {
  return outbox.filter((pending) => pending.clientId !== clientId);
}
