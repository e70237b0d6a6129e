import type { Message, Receipt, State } from "../transport/wire";
import type { Pending } from "./outbox";

/** Adds what arrived: sorted by number, one message per number, the desk's newest word wins. */
export function merge(known: readonly Message[], arrived: readonly Message[]): Message[] {
  const bySeq = new Map(known.map((message) => [message.seq, message]));
  for (const message of arrived) bySeq.set(message.seq, message);
  return [...bySeq.values()].sort((a, b) => a.seq - b.seq);
}

/** The number up to which nothing is missing. */
export function cursor(messages: readonly Message[]): number {
  let last = 0;
  for (const { seq } of messages) {
    if (seq > last + 1) break;
    last = seq;
  }
  return last;
}

/** Whether the desk holds messages that we do not. */
export function hasGap(messages: readonly Message[], state: State | null): boolean {
  const newest = messages[messages.length - 1]?.seq ?? 0;
  return cursor(messages) < Math.max(newest, state?.last_seq ?? 0);
}

/** An acknowledged message as the desk will show it, until the desk's own copy comes. */
export function acknowledged(pending: Pending, receipt: Receipt): Message {
  return {
    id: receipt.id,
    seq: receipt.seq,
    author: "user",
    agent_name: null,
    kind: pending.opening ? "opening" : "text",
    text: pending.text,
    buttons: [],
    card: null,
    code: null,
    created_at: receipt.created_at,
    client_id: pending.clientId,
  };
}

/** Pushes and answers may overtake each other: an older view of the conversation never replaces a newer one. */
export function newerState(known: State | null, arrived: State): State {
  if (!known || known.conversation_id !== arrived.conversation_id) return arrived;
  const older = arrived.epoch < known.epoch || (arrived.epoch === known.epoch && arrived.last_seq < known.last_seq);
  return older ? known : arrived;
}

export function unread(messages: readonly Message[], seen: number): number {
  return messages.filter(({ seq, author, kind }) => seq > seen && author !== "user" && kind !== "opening").length;
}
