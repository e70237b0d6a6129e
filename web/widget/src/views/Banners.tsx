import type { Model } from "../store/model";
import { sayTerm } from "./term";
import type { QueueState } from "../transport/wire";
import { useHere } from "./context";
import { AlertIcon } from "./icons";

/** What the user has to know about the conversation as a whole, above the messages. */
export function Banners({ model }: { model: Model }) {
  const { chat, t } = useHere();
  const { link, renewed, state } = model;
  return (
    <div class="banners" role="status">
      {link === "offline" && (
        <p class="banner is-warning">
          <AlertIcon />
          {t("offline")}
        </p>
      )}
      {link === "connecting" && <p class="banner">{t("connecting")}</p>}
      {renewed && (
        <p class="banner">
          <span>{t("renewed")}</span>
          <button type="button" class="link-button" onClick={() => chat.store.tell({ type: "renewal_read" })}>
            {t("understood")}
          </button>
        </p>
      )}
      {state?.owner === "queue" && <Queue queue={state.queue} />}
    </div>
  );
}

function Queue({ queue }: { queue: QueueState | null }) {
  const { t, locale } = useHere();
  const place = queue?.position ? t("queue-position", { position: queue.position }) : t("queue-waiting");
  return (
    <div class="banner is-queue">
      <span class="pulse" aria-hidden="true" />
      <div>
        <strong>{place}</strong>
        {queue && <p>{dutyLine()}</p>}
        <p>{t("queue-leave")}</p>
      </div>
    </div>
  );

  function dutyLine(): string {
    if (queue?.on_duty) return t("queue-on-duty");
    return queue?.opens_at ? t("queue-opens", { time: sayTerm(queue.opens_at, locale, t) }) : t("queue-off-duty");
  }
}
