import type { TargetedMouseEvent } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import type { Attachment } from "../../transport/wire";
import { useHere } from "../context";
import { CrossIcon, DownloadIcon, LeftIcon, RetryIcon, RightIcon } from "../icons";
import { onBack } from "./back";
import { Ring } from "./Ring";
import { swiping } from "./swipe";
import { useMedia } from "./useMedia";

interface Props {
  /** All pictures and videos of the conversation, in its order. */
  visuals: Attachment[];
  id: string;
  onLook: (id: string | null) => void;
}

/** One picture or video over the whole page, with the way to those beside it. */
export function Lightbox({ visuals, id, onLook }: Props) {
  const { t } = useHere();
  const dialog = useRef<HTMLDialogElement>(null);
  const at = visuals.findIndex((visual) => visual.id === id);
  const shown = visuals[at];
  const step = (by: number) => {
    const next = visuals[at + by];
    if (next) onLook(next.id);
  };

  useLayoutEffect(() => showOver(dialog.current), []);
  useEffect(() => onBack(() => onLook(null)), []);
  if (!shown) return null;
  return (
    <dialog
      ref={dialog}
      class="lightbox"
      aria-label={shown.name}
      onClose={() => onLook(null)}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === "ArrowLeft") step(-1);
        if (event.key === "ArrowRight") step(1);
        if (event.key === "Escape" && !event.isComposing) onLook(null);
      }}
    >
      <Stage key={shown.id} visual={shown} onAside={() => onLook(null)} onSwipe={step} />
      <div class="lightbox-bar">
        <span class="lightbox-name" dir="auto">
          {shown.name}
        </span>
        {visuals.length > 1 && <span class="lightbox-count">{t("counter", { count: at + 1, limit: visuals.length })}</span>}
        <Save visual={shown} />
        <button type="button" autoFocus class="lightbox-button" aria-label={t("lightbox-close")} title={t("lightbox-close")} onClick={() => onLook(null)}>
          <CrossIcon size={22} />
        </button>
      </div>
      {visuals[at - 1] && (
        <button type="button" class="lightbox-button is-side is-before" aria-label={t("lightbox-before")} onClick={() => step(-1)}>
          <LeftIcon />
        </button>
      )}
      {visuals[at + 1] && (
        <button type="button" class="lightbox-button is-side is-after" aria-label={t("lightbox-after")} onClick={() => step(1)}>
          <RightIcon />
        </button>
      )}
    </dialog>
  );
}

interface StageProps {
  visual: Attachment;
  onAside: () => void;
  onSwipe: (by: number) => void;
}

/** The picture itself; a press beside it closes, a press on it shows it in full size. */
function Stage({ visual: { id, kind, name }, onAside, onSwipe }: StageProps) {
  const { chat, t } = useHere();
  const { url, state } = useMedia(chat.media, id);
  useEffect(() => void chat.media.load(id), [id]);
  return (
    <div
      class="stage"
      {...swiping(onSwipe)}
      onClick={(event) => {
        if (event.target === event.currentTarget) onAside();
      }}
    >
      {url && kind === "image" && <img src={url} alt={t("picture", { name })} onClick={zoom} />}
      {url && kind === "video" && <video src={url} controls autoPlay playsInline aria-label={name} />}
      {state === "loading" && <Ring />}
      {state === "failed" && (
        <button type="button" class="stage-retry" onClick={() => void chat.media.load(id)}>
          <RetryIcon />
          {t("media-retry", { name })}
        </button>
      )}
    </div>
  );
}

/** To full size and back; what was pressed stays in the middle. */
function zoom({ currentTarget: image, clientX, clientY }: TargetedMouseEvent<HTMLImageElement>): void {
  const stage = image.parentElement as HTMLElement;
  const { left, top, width, height } = image.getBoundingClientRect();
  stage.classList.toggle("is-full");
  stage.scrollLeft = ((clientX - left) / width) * image.width - stage.clientWidth / 2;
  stage.scrollTop = ((clientY - top) / height) * image.height - stage.clientHeight / 2;
}

function Save({ visual: { id, name } }: { visual: Attachment }) {
  const { chat, t } = useHere();
  const { url } = useMedia(chat.media, id);
  const label = t("file-download", { name });
  return url ? (
    <a class="lightbox-button" href={url} download={name} aria-label={label} title={label}>
      <DownloadIcon />
    </a>
  ) : null;
}

/** In the browser's top layer nothing of the host page can lie over it, and the focus stays in it. */
function showOver(dialog: HTMLDialogElement | null): () => void {
  if (!dialog?.showModal) dialog?.setAttribute("open", "");
  else dialog.showModal();
  return () => dialog?.close?.();
}
