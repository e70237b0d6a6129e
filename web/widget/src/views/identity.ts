import type { Author, State } from "../transport/wire";
import type { Words } from "../words/words";

/** Who is speaking, said honestly. */
export interface Identity {
  name: string;
  badge: string;
  line: string;
  isPerson: boolean;
}

/** Who answers in this conversation now. */
export function answering(state: State | null, t: Words): Identity {
  if (state?.owner === "agent")
    return { name: agentName(state.agent_name, t), badge: t("agent-badge"), line: t("agent-line"), isPerson: true };
  const line = state?.owner === "queue" ? t("queue-line") : t("bot-line");
  return { name: t("bot-name"), badge: t("bot-badge"), line, isPerson: false };
}

export function speaker(author: Author, name: string | null, t: Words): string {
  return author === "agent" ? agentName(name, t) : t("bot-name");
}

function agentName(name: string | null, t: Words): string {
  return name ? t("agent-name", { name: name.replace(/^客服/, "") }) : t("agent-plain");
}
