import type { Attachment, Message, Receipt, State } from "../transport/wire";
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
    attachments: pending.attachments,
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

export function unread(messages: readonly Message[], seen: number): Message[] {
  return messages.filter(({ seq, author, kind }) => seq > seen && author !== "user" && kind !== "opening");
}

/** A line of the desk's own, that nobody says. */
export function isNotice({ kind, author }: Message): boolean {
  return kind === "notice" || (author === "system" && kind === "text");
}

/** All pictures and videos of the conversation, in its order. */
export function visuals(messages: readonly Message[]): Attachment[] {
  return messages.flatMap(({ attachments }) => attachments.filter(({ kind }) => kind !== "file"));
}

const SETTLED = ["resolved", "closed"];

/** Whether a case is being worked on, as far as the conversation tells; `reopened` is the number of its newest line when the user opened it again. */
export function isBeingWorkedOn(messages: readonly Message[], number: string, reopened: number | undefined): boolean {
  const told = [...messages].reverse().find(({ card }) => card?.type === "case" && card.number === number);
  if (reopened !== undefined && (told?.seq ?? 0) <= reopened) return true;
  return told?.card?.type === "case" && !SETTLED.includes(told.card.state);
}
