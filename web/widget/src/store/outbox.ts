import type { Attachment, Outgoing } from "../transport/wire";

/** A message of the user's that the desk has not acknowledged yet. */
export interface Pending {
  /** Made once; the desk knows a resend by it. */
  clientId: string;
  /** Place in the line; grows with every message. */
  order: number;
  at: string;
  text: string;
  payload: string | null;
  /** Kept by the desk already; sending the message again sends only their ids. */
  attachments: Attachment[];
  /** Opening payloads are sent, never drawn. */
  opening: boolean;
  /** Given up for now: the user may send it again. */
  failed: boolean;
}

/** The line in sending order; the id settles ties between two tabs. */
export function inOrder(outbox: readonly Pending[]): Pending[] {
  return [...outbox].sort((a, b) => a.order - b.order || (a.clientId < b.clientId ? -1 : 1));
}

export function nextOrder(outbox: readonly Pending[]): number {
  return outbox.reduce((highest, pending) => Math.max(highest, pending.order), 0) + 1;
}

/** The one message that may be sent now. A failed one holds back those after it, so that the order stays. */
export function head(outbox: readonly Pending[]): Pending | null {
  const first = inOrder(outbox)[0];
  return first && !first.failed ? first : null;
}

/** What survives when a new conversation replaces an expired one: words do, pressed buttons mean nothing there. */
export function carriesOver(pending: Pending): boolean {
  return pending.payload === null;
}

export function toOutgoing({ clientId, text, payload, attachments }: Pending): Outgoing {
  const ids = attachments.map(({ id }) => id);
  if (ids.length) return { client_id: clientId, attachments: ids, ...(text ? { text } : {}) };
  if (payload === null) return { client_id: clientId, text };
  return text ? { client_id: clientId, payload, title: text } : { client_id: clientId, payload };
}
