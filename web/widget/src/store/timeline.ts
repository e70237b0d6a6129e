import type { Message } from "../transport/wire";
import { isNotice } from "./messages";
import type { Model } from "./model";
import { inOrder, type Pending } from "./outbox";
import { asAttachment, type Item, type Parcel, partsOf } from "./tray";

/** The rows of the message list, decided apart from how they look. */

/** waiting: something stands before it, no network or a message that failed; uploading and broken: its attachments. */
export type Delivery = "uploading" | "broken" | "sending" | "waiting" | "stored" | "failed";

export interface Bubble {
  row: "bubble";
  /** Stays the same from "sending" to "stored", so that the row is never drawn anew. */
  key: string;
  message: Message;
  /** First and last of a run by the same author. */
  first: boolean;
  last: boolean;
  delivery: Delivery | null;
  /** How far its attachments are, while they go up. */
  parts: Item[] | null;
}
export type Row =
  | Bubble
  | { row: "time"; key: string; at: string }
  | { row: "fresh"; key: string }
  | { row: "notice"; key: string; message: Message };

const PAUSE_MS = 10 * 60_000;
const RUN_MS = 3 * 60_000;

type Drawn = Pick<Model, "messages" | "outbox" | "tray" | "state" | "link" | "fresh">;

export function timeline(model: Drawn): Row[] {
  const { messages, outbox, tray, state, fresh } = model;
  const waiting = tray.parcels.map((parcel) => asMessage(asPending(parcel, partsOf(tray, parcel.clientId))));
  const drawn = [...messages, ...unsent(messages, outbox), ...waiting, ...missingCsat(messages, state)].filter(({ kind }) => kind !== "opening");
  const deliveryOf = deliveries(model);
  const rows: Row[] = [];
  drawn.forEach((message, i) => {
    const [before, after] = [drawn[i - 1], drawn[i + 1]];
    const key = message.client_id ?? message.id;
    if (message.seq === fresh) rows.push({ row: "fresh", key: "fresh" });
    if (startsTime(before, message)) rows.push({ row: "time", key: `time-${key}`, at: message.created_at });
    if (isNotice(message)) rows.push({ row: "notice", key, message });
    else
      rows.push({
        row: "bubble",
        key,
        message,
        first: message.seq === fresh || !sameRun(before, message),
        last: after?.seq === fresh || !sameRun(message, after),
        ...deliveryOf(message),
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

function asPending({ clientId, text, at }: Parcel, parts: Item[]): Pending {
  return { clientId, order: 0, at, text, payload: null, attachments: parts.map(asAttachment), opening: false, failed: false };
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
    attachments: pending.attachments,
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
      ...asMessage(asPending({ clientId: `csat-${number}`, text: "", at }, [])),
      author: "bot",
      kind: "card",
      card: { type: "csat", case_number: number },
    },
  ];
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

/** How far each message of the user's is. */
function deliveries({ outbox, tray, link }: Drawn): (message: Message) => Pick<Bubble, "delivery" | "parts"> {
  const failed = new Set(outbox.filter((pending) => pending.failed).map(({ clientId }) => clientId));
  const uploading = new Set(tray.parcels.map(({ clientId }) => clientId));
  const isHeld = failed.size > 0 || link === "offline";
  return ({ author, seq, client_id }) => {
    const id = client_id ?? "";
    if (author !== "user") return { delivery: null, parts: null };
    if (seq > 0) return { delivery: "stored", parts: null };
    if (uploading.has(id)) return delivered(partsOf(tray, id), link === "offline");
    return { delivery: failed.has(id) ? "failed" : isHeld ? "waiting" : "sending", parts: null };
  };
}

function delivered(parts: Item[], isOffline: boolean): Pick<Bubble, "delivery" | "parts"> {
  if (parts.some(({ state }) => state === "broken")) return { delivery: isOffline ? "waiting" : "broken", parts };
  return { delivery: "uploading", parts };
}
