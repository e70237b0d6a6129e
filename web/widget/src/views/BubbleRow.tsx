import type { Model } from "../store/model";
import type { Bubble, Delivery, Offer } from "../store/timeline";
import type { Message } from "../transport/wire";
import { hasWord } from "../words/words";
import { Avatar } from "./Avatar";
import { CardView } from "./cards/Card";
import { useHere } from "./context";
import { AlertIcon, ClockIcon, TickIcon } from "./icons";
import { speaker } from "./identity";
import { QuickReplies } from "./QuickReplies";
import { Text } from "./Text";

/** One message with its author, its delivery mark and what it offers. */
export function BubbleRow({ bubble, offer, model }: { bubble: Bubble; offer: Offer | null; model: Model }) {
  const { t } = useHere();
  const { message, first, last } = bubble;
  const isUser = message.author === "user";
  const isPerson = message.author === "agent";
  const name = speaker(message.author, message.agent_name, t);
  return (
    <div class={`row is-${isUser ? "user" : isPerson ? "agent" : "bot"} ${first ? "is-first" : ""} ${last ? "is-last" : ""}`}>
      {!isUser && (first ? <Avatar name={name} isPerson={isPerson} /> : <span class="avatar-space" />)}
      <div class="row-body">
        {first && isPerson && (
          <p class="author" aria-hidden="true">
            {name}
            <span class="badge is-person">{t("agent-badge")}</span>
          </p>
        )}
        <span class="unseen">{isUser ? t("said-by-user") : t("said-by", { name })}</span>
        {/* A card that asks for a rating says all that its text, made for plain channels, says. */}
        {message.text && message.card?.type !== "csat" && (
          <div class="bubble" dir="auto">
            <Text text={message.text} />
          </div>
        )}
        {message.card && <CardView card={message.card} model={model} />}
        {offer && <QuickReplies offer={offer} />}
        {bubble.delivery && (last || bubble.delivery !== "stored") && (
          <DeliveryMark delivery={bubble.delivery} clientId={message.client_id} />
        )}
      </div>
    </div>
  );
}

function DeliveryMark({ delivery, clientId }: { delivery: Delivery; clientId: string | null }) {
  const { chat, t } = useHere();
  if (delivery === "failed")
    return (
      <p class="delivery is-failed">
        <AlertIcon />
        {t("failed")}
        <button type="button" class="link-button" onClick={() => chat.retry()}>
          {t("retry")}
        </button>
        <button type="button" class="link-button" onClick={() => clientId && chat.discard(clientId)}>
          {t("discard")}
        </button>
      </p>
    );
  return (
    <p class={`delivery is-${delivery}`}>
      {delivery === "stored" ? <TickIcon /> : <ClockIcon />}
      {t(delivery)}
    </p>
  );
}

/** A line of the desk's own, in the middle: who came, who left, what is being waited for. */
export function Notice({ message }: { message: Message }) {
  const { t } = useHere();
  const id = `notice-${message.code}`;
  const name = speaker("agent", message.agent_name, t);
  const text = message.text || (hasWord(t, id) ? t(id, { name }) : "");
  return text ? (
    <p class="notice">
      <Text text={text} />
    </p>
  ) : null;
}
