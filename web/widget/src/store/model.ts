import type { Message, Receipt, State } from "../transport/wire";
import { acknowledged, merge, newerState } from "./messages";
import type { Pending } from "./outbox";

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
  link: Link;
  /** Until when the desk asked us to send nothing. */
  pausedUntil: number | null;
  draft: string;
  /** What the desk said against the last text. */
  complaint: string | null;
  /** An expired conversation was replaced by a new one. */
  renewed: boolean;
  rated: Record<string, number>;
  open: boolean;
  seen: number;
}

export type Event =
  | { type: "session"; conversationId: string; state?: State }
  | { type: "received"; messages: Message[]; state?: State }
  | { type: "loaded" }
  | { type: "state"; state: State }
  | { type: "outbox"; outbox: Pending[] }
  | { type: "stored"; pending: Pending; receipt: Receipt }
  | { type: "refused"; pending: Pending; message: string }
  | { type: "link"; link: Link }
  | { type: "paused"; until: number | null }
  | { type: "draft"; draft: string }
  | { type: "rated"; caseNumber: string; score: number }
  | { type: "open"; open: boolean }
  | { type: "seen"; seq: number }
  | { type: "renewal_read" };

export const emptyModel: Model = {
  conversationId: null,
  loaded: false,
  messages: [],
  state: null,
  outbox: [],
  link: "connecting",
  pausedUntil: null,
  draft: "",
  complaint: null,
  renewed: false,
  rated: {},
  open: false,
  seen: 0,
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
    case "link":
      return { ...model, link: event.link };
    case "paused":
      return { ...model, pausedUntil: event.until };
    case "draft":
      return { ...model, draft: event.draft, complaint: null };
    case "rated":
      return { ...model, rated: { ...model.rated, [event.caseNumber]: event.score } };
    case "open":
      return { ...model, open: event.open };
    case "seen":
      return { ...model, seen: Math.max(model.seen, event.seq) };
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
    rated: {},
    renewed: model.conversationId !== null,
  };
}

/** From "sending" to "stored" in one step, so that the message never flickers away. */
function store(model: Model, pending: Pending, receipt: Receipt): Model {
  const copy = model.messages.some(({ seq }) => seq === receipt.seq) ? [] : [acknowledged(pending, receipt)];
  return { ...model, outbox: without(model.outbox, pending), messages: merge(model.messages, copy) };
}

/** Refused words go back to the composer for editing, before whatever is being written there. */
function refuse(model: Model, pending: Pending, message: string): Model {
  if (pending.opening) return { ...model, outbox: without(model.outbox, pending) };
  const words = pending.payload === null ? [pending.text, model.draft] : [model.draft];
  return {
    ...model,
    outbox: without(model.outbox, pending),
    draft: words.filter(Boolean).join("\n"),
    complaint: message,
  };
}

function without(outbox: Pending[], { clientId }: Pending): Pending[] {
  return outbox.filter((pending) => pending.clientId !== clientId);
}
