import type { Button, Message } from "../transport/wire";
import { isNotice } from "./messages";
import type { Model } from "./model";

/** Which buttons may be pressed. */

type Said = Pick<Model, "messages" | "outbox" | "state">;

export interface Offer {
  messageId: string;
  buttons: Button[];
  /** Title of the button that was pressed. */
  chosen: string | null;
  enabled: boolean;
}

/** The newest bot message offers its buttons until the user has said something; a notice about a case until there is a newer one. */
export function offers(model: Said): Offer[] {
  const { messages } = model;
  const newest = [...messages].reverse().find((message) => message.author === "bot" && !isNotice(message));
  const notices = messages.filter((message) => isNotice(message) && message.buttons.length && !isSuperseded(message, messages));
  return [...(newest?.buttons.length ? [offerOf(newest, model, true)] : []), ...notices.map((notice) => offerOf(notice, model, false))];
}

function offerOf({ id, seq, buttons }: Message, { messages, outbox, state }: Said, once: boolean): Offer {
  const answers = [
    ...messages.filter((message) => message.author === "user" && message.seq > seq),
    ...outbox.filter(({ opening }) => !opening),
  ];
  const chosen = buttons.find(({ title }) => answers.some(({ text }) => text === title));
  const isOver = once ? answers.length > 0 : chosen !== undefined;
  return { messageId: id, buttons, chosen: chosen?.title ?? null, enabled: !isOver && (state?.owner ?? "bot") === "bot" };
}

function isSuperseded({ seq, card }: Message, messages: readonly Message[]): boolean {
  return card?.type === "case" && messages.some((later) => later.seq > seq && later.card?.type === "case" && later.card.number === card.number);
}
