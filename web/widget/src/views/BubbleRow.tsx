import type { Model } from "../store/model";
import type { Offer } from "../store/offers";
import type { Bubble } from "../store/timeline";
import type { Message } from "../transport/wire";
import { hasWord } from "../words/words";
import { Avatar } from "./Avatar";
import { Attachments } from "./attachments/Attachments";
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
        {message.attachments.length > 0 && <Attachments attachments={message.attachments} parts={bubble.parts} />}
        {/* A card that asks for a rating says all that its text, made for plain channels, says. */}
        {message.text && message.card?.type !== "csat" && (
          <div class="bubble" dir="auto">
            <Text text={message.text} />
          </div>
        )}
        {message.card && <CardView card={message.card} model={model} />}
        {offer && <QuickReplies offer={offer} />}
        {bubble.delivery && (last || bubble.delivery !== "stored") && (
          <DeliveryMark bubble={bubble} />
        )}
      </div>
    </div>
  );
}

/** What went wrong with a message, and how to go on. */
function DeliveryFault({ word, onRetry, onDiscard }: { word: string; onRetry: () => void; onDiscard: () => void }) {
  const { t } = useHere();
  return (
    <p class="delivery is-failed">
      <AlertIcon />
      {t(word)}
      <button type="button" class="link-button" onClick={onRetry}>
        {t("retry")}
      </button>
      <button type="button" class="link-button" onClick={onDiscard}>
        {t("discard")}
      </button>
    </p>
  );
}

function DeliveryMark({ bubble: { delivery, message, parts } }: { bubble: Bubble }) {
  const { chat, t } = useHere();
  const discard = () => message.client_id && chat.discard(message.client_id);
  if (delivery === "failed") return <DeliveryFault word="failed" onRetry={() => chat.retry()} onDiscard={discard} />;
  if (delivery === "broken") {
    const keys = (parts ?? []).map(({ key }) => key);
    return <DeliveryFault word="broken" onRetry={() => chat.uploads.retry(keys)} onDiscard={discard} />;
  }
  return (
    <p class={`delivery is-${delivery}`}>
      {delivery === "stored" ? <TickIcon /> : <ClockIcon />}
      {t(delivery ?? "stored")}
      {delivery === "uploading" && (
        <button type="button" class="link-button" onClick={discard}>
          {t("cancel")}
        </button>
      )}
    </p>
  );
}

/** A line of the desk's own, in the middle: who came, who left, what became of a case and what can be done. */
export function Notice({ message, offer, model }: { message: Message; offer: Offer | null; model: Model }) {
  const { t } = useHere();
  const id = `notice-${message.code}`;
  const name = speaker("agent", message.agent_name, t);
  const text = message.text || (hasWord(t, id) ? t(id, { name }) : "");
  if (!message.card && !offer) return text ? <PlainNotice text={text} /> : null;
  return (
    <div class="notice-card">
      {text && (
        <p>
          <Text text={text} />
        </p>
      )}
      {message.card && <CardView card={message.card} model={model} />}
      {offer && <QuickReplies offer={offer} />}
    </div>
  );
}

function PlainNotice({ text }: { text: string }) {
  return (
    <p class="notice">
      <Text text={text} />
    </p>
  );
}
