import { useState } from "preact/hooks";
import type { Item } from "../../store/tray";
import { fileSize } from "../../text/size";
import type { Attachment } from "../../transport/wire";
import { useHere } from "../context";
import { AlertIcon, PictureIcon, PlayIcon, RetryIcon } from "../icons";
import type { Box } from "./box";
import { Ring } from "./Ring";
import { useMedia, useNear } from "./useMedia";

/** A picture or video among the messages; pressed, it fills the screen. Videos are fetched only then. */
export function Tile({ attachment, part, box }: { attachment: Attachment; part: Item | null; box: Box | null }) {
  const { chat, t, look } = useHere();
  const { id, kind, name } = attachment;
  const seen = useMedia(chat.media, id);
  const [isSpoilt, setSpoilt] = useState(false);
  const ref = useNear<HTMLButtonElement>(() => kind === "image" && void chat.media.load(id), id);
  const hasFailed = seen.state === "failed" && kind === "image";
  const label = hasFailed ? t("media-retry", { name }) : t(kind === "video" ? "video-play" : "picture-open", { name });
  return (
    <button
      ref={ref}
      type="button"
      class={`tile is-${kind}`}
      style={box ? { width: `${box.width}px`, aspectRatio: `${box.width} / ${box.height}` } : undefined}
      aria-label={label}
      data-attachment={id}
      disabled={part !== null}
      onClick={() => (hasFailed ? void chat.media.load(id) : look(id))}
    >
      {hasFailed ? (
        <span class="tile-mark is-failed">
          <RetryIcon />
          <small>{t("media-failed")}</small>
        </span>
      ) : isSpoilt ? (
        <span class="tile-mark">
          <AlertIcon size={20} />
        </span>
      ) : (
        <Still kind={kind} url={seen.url} onSpoilt={() => setSpoilt(true)} />
      )}
      {kind === "video" && !part && (
        <>
          <span class="tile-play">
            <PlayIcon />
          </span>
          <span class="tile-size">{fileSize(attachment.size)}</span>
        </>
      )}
      {part && part.state !== "ready" && <Progress part={part} />}
    </button>
  );
}

function Still({ kind, url, onSpoilt }: { kind: Attachment["kind"]; url: string | null; onSpoilt: () => void }) {
  if (kind === "video") return url ? <video src={`${url}#t=0.1`} preload="metadata" muted playsInline tabIndex={-1} /> : null;
  if (!url)
    return (
      <span class="tile-mark is-waiting">
        <PictureIcon />
      </span>
    );
  return <img src={url} alt="" decoding="async" draggable={false} onError={onSpoilt} />;
}

export function Progress({ part: { state, share } }: { part: Item }) {
  return <span class="veil">{state === "broken" || state === "refused" ? <AlertIcon size={24} /> : <Ring share={state === "queued" ? 0 : share} />}</span>;
}
