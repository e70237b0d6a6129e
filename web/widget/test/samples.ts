import type { Pending } from "../src/store/outbox";
import type { Attachment, Message, State } from "../src/transport/wire";

/** Messages and states with only what matters to a test spelled out. */

export function message(seq: number, over: Partial<Message> = {}): Message {
  return {
    id: `m${seq}`,
    seq,
    author: "bot",
    agent_name: null,
    kind: "text",
    text: `text ${seq}`,
    buttons: [],
    card: null,
    attachments: [],
    code: null,
    created_at: "2026-11-24T10:00:00+08:00",
    client_id: null,
    ...over,
  };
}

export function pending(order: number, over: Partial<Pending> = {}): Pending {
  return {
    clientId: `c${order}`,
    order,
    at: "2026-11-24T10:00:00+08:00",
    text: `text ${order}`,
    payload: null,
    attachments: [],
    opening: false,
    failed: false,
    ...over,
  };
}

export function state(over: Partial<State> = {}): State {
  return {
    conversation_id: "conversation-1",
    owner: "bot",
    agent_name: null,
    epoch: 1,
    last_seq: 0,
    bot_busy: false,
    queue: null,
    csat: null,
    ...over,
  };
}

export function attachment(id: string, over: Partial<Attachment> = {}): Attachment {
  return { id, kind: "image", name: `${id}.png`, content_type: "image/png", size: 1000, width: 400, height: 300, ...over };
}

export function file(name: string, type = "image/png", bytes = 100): File {
  return new File([new Uint8Array(bytes)], name, { type });
}
