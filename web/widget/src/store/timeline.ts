import type { Button, Message } from "../transport/wire";
import type { Model } from "./model";
import { inOrder, type Pending } from "./outbox";

/** The rows of the message list, decided apart from how they look. */

/** waiting: something stands before it, no network or a message that failed. */
export type Delivery = "sending" | "waiting" | "stored" | "failed";

export interface Bubble {
  row: "bubble";
  /** Stays the same from "sending" to "stored", so that the row is never drawn anew. */
  key: string;
  message: Message;
  /** First and last of a run by the same author. */
  first: boolean;
  last: boolean;
  delivery: Delivery | null;
}
export type Row =
  | Bubble
  | { row: "time"; key: string; at: string }
  | { row: "notice"; key: string; message: Message };

const PAUSE_MS = 10 * 60_000;
const RUN_MS = 3 * 60_000;

export function timeline(model: Pick<Model, "messages" | "outbox" | "state" | "link">): Row[] {
  const { messages, outbox, state } = model;
  const drawn = [...messages, ...unsent(messages, outbox), ...missingCsat(messages, state)].filter(({ kind }) => kind !== "opening");
  const failed = new Set(outbox.filter((pending) => pending.failed).map(({ clientId }) => clientId));
  const isHeld = failed.size > 0 || model.link === "offline";
  const rows: Row[] = [];
  drawn.forEach((message, i) => {
    const before = drawn[i - 1];
    const key = message.client_id ?? message.id;
    if (startsTime(before, message)) rows.push({ row: "time", key: `time-${key}`, at: message.created_at });
    if (isNotice(message)) rows.push({ row: "notice", key, message });
    else
      rows.push({
        row: "bubble",
        key,
        message,
        first: !sameRun(before, message),
        last: !sameRun(message, drawn[i + 1]),
        delivery: delivery(message, failed, isHeld),
      });
  });
  return rows;
}

/** Acknowledged by push before the receipt came: the desk's copy is drawn, not ours. */
function unsent(messages: readonly Message[], outbox: readonly Pending[]): Message[] {
  const stored = new Set(messages.map(({ client_id }) => client_id));
  return inOrder(outbox)
    .filter(({ clientId }) => !stored.has(clientId))
    .map(asMessage);
}

function asMessage(pending: Pending): Message {
  return {
    id: "",
    seq: 0,
    author: "user",
    agent_name: null,
    kind: pending.opening ? "opening" : "text",
    text: pending.text,
    buttons: [],
    card: null,
    code: null,
    created_at: pending.at,
    client_id: pending.clientId,
  };
}

/** The desk asks for a rating in its state; when no card of it is in the transcript, one is drawn at the end. */
function missingCsat(messages: readonly Message[], state: Model["state"]): Message[] {
  const number = state?.csat?.case_number;
  if (!number || messages.some(({ card }) => card?.type === "csat" && card.case_number === number)) return [];
  const at = messages[messages.length - 1]?.created_at ?? new Date(0).toISOString();
  return [
    {
      ...asMessage({ clientId: `csat-${number}`, order: 0, at, text: "", payload: null, opening: false, failed: false }),
      author: "bot",
      kind: "card",
      card: { type: "csat", case_number: number },
    },
  ];
}

function isNotice({ kind, author }: Message): boolean {
  return kind === "notice" || (author === "system" && kind === "text");
}

function startsTime(before: Message | undefined, message: Message): boolean {
  if (!before) return true;
  const [earlier, later] = [new Date(before.created_at), new Date(message.created_at)];
  return later.getTime() - earlier.getTime() >= PAUSE_MS || earlier.toDateString() !== later.toDateString();
}

function sameRun(a: Message | undefined, b: Message | undefined): boolean {
  if (!a || !b || isNotice(a) || isNotice(b)) return false;
  if (a.author !== b.author || a.agent_name !== b.agent_name || startsTime(a, b)) return false;
  return Date.parse(b.created_at) - Date.parse(a.created_at) < RUN_MS;
}

function delivery({ author, seq, client_id }: Message, failed: ReadonlySet<string>, isHeld: boolean): Delivery | null {
  if (author !== "user") return null;
  if (seq > 0) return "stored";
  if (client_id && failed.has(client_id)) return "failed";
  return isHeld ? "waiting" : "sending";
}

export interface Offer {
  messageId: string;
  buttons: Button[];
  /** Title of the button that was pressed. */
  chosen: string | null;
  enabled: boolean;
}

/** Only the newest bot message offers buttons, and only until the user has said something. */
export function offer({ messages, outbox, state }: Pick<Model, "messages" | "outbox" | "state">): Offer | null {
  const newest = [...messages].reverse().find(({ author, kind }) => author === "bot" && kind !== "notice");
  if (!newest?.buttons.length) return null;
  const answers = [
    ...messages.filter(({ author, seq }) => author === "user" && seq > newest.seq),
    ...outbox.filter(({ opening }) => !opening),
  ];
  const chosen = newest.buttons.find(({ title }) => answers.some(({ text }) => text === title));
  return {
    messageId: newest.id,
    buttons: newest.buttons,
    chosen: chosen?.title ?? null,
    enabled: answers.length === 0 && (state?.owner ?? "bot") === "bot",
  };
}
