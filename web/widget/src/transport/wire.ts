/** The shapes that the desk and the widget exchange. */

export type Owner = "bot" | "queue" | "agent";
export type Author = "user" | "bot" | "agent" | "system";

export interface Button {
  title: string;
  payload: string;
}

export interface CaseCard {
  type: "case";
  number: string;
  topic_label?: string | null;
  state: string;
  due_at: string | null;
}

export interface PenaltyCard {
  type: "penalty";
  type_label: string;
  reason: string;
  rule: string | null;
  started_at: string | null;
  ends_at: string | null;
  permanent: boolean;
  appeal_deadline: string | null;
  appealable: boolean;
}

export interface CsatCard {
  type: "csat";
  case_number: string;
}

export type Card = CaseCard | PenaltyCard | CsatCard;

export type Kind = "image" | "video" | "file";

/** A picture, video or document that the desk keeps. */
export interface Attachment {
  id: string;
  kind: Kind;
  name: string;
  content_type: string;
  size: number;
  width: number | null;
  height: number | null;
}

export interface Message {
  id: string;
  seq: number;
  author: Author;
  agent_name: string | null;
  kind: "text" | "card" | "notice" | "opening";
  text: string;
  buttons: Button[];
  card: Card | null;
  attachments: Attachment[];
  code: string | null;
  created_at: string;
  client_id: string | null;
}

export interface QueueState {
  position: number | null;
  on_duty: boolean;
  opens_at: string | null;
}

/** What the desk says about the conversation as a whole. */
export interface State {
  conversation_id: string;
  owner: Owner;
  agent_name: string | null;
  epoch: number;
  last_seq: number;
  bot_busy: boolean;
  queue: QueueState | null;
  csat: { case_number: string } | null;
}

export interface SessionReply {
  conversation_id: string;
  token: string;
  expires_at: string;
  state: State;
}

export interface History {
  messages: Message[];
  state: State;
}

/** The desk's receipt: the message is stored under this number. */
export interface Receipt {
  id: string;
  seq: number;
  client_id: string;
  created_at: string;
}

/** What the user sends: words and attachments, or the payload of a button that the bot offered. */
export interface Outgoing {
  client_id: string;
  text?: string;
  payload?: string;
  title?: string;
  attachments?: string[];
}
