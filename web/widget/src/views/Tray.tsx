import { useEffect, useRef } from "preact/hooks";
import type { Model } from "../store/model";
import { inComposer, type Item } from "../store/tray";
import { fileSize } from "../text/size";
import { hasWord, type Words } from "../words/words";
import { FileName } from "./attachments/FileCard";
import { Progress } from "./attachments/Tile";
import { useMedia } from "./attachments/useMedia";
import { useHere } from "./context";
import { CrossIcon, FileIcon, PictureIcon, PlayIcon, RetryIcon } from "./icons";

/** What is to be sent along, each with its picture, how far it is, and how to take it back. */
export function Tray({ model }: { model: Model }) {
  const { t } = useHere();
  const list = useRef<HTMLUListElement>(null);
  const items = inComposer(model.tray);
  useEffect(() => {
    list.current?.lastElementChild?.scrollIntoView({ block: "nearest", inline: "end" });
  }, [items.length]);
  if (!items.length) return null;
  return (
    <ul ref={list} class="tray" aria-label={t("tray")}>
      {items.map((item) => (
        <TrayItem key={item.key} item={item} />
      ))}
    </ul>
  );
}

function TrayItem({ item }: { item: Item }) {
  const { chat, t } = useHere();
  const { key, kind, name, size, state } = item;
  return (
    <li class={`tray-item is-${kind} is-${state}`} title={name}>
      {kind === "file" ? (
        <span class="tray-file">
          <FileIcon />
          <span class="file-words">
            <FileName name={name} />
            <span class="file-size">{fileSize(size)}</span>
          </span>
        </span>
      ) : (
        <Preview item={item} />
      )}
      <span class="unseen">{t(`tray-${state}`, { name })}</span>
      {state === "broken" ? (
        <button type="button" class="veil" aria-label={t("tray-retry", { name })} title={t("retry")} onClick={() => chat.uploads.retry([key])}>
          <RetryIcon />
        </button>
      ) : (
        state !== "ready" && <Progress part={item} />
      )}
      <button
        type="button"
        class="tray-remove"
        aria-label={t("tray-remove", { name })}
        title={t("discard")}
        onClick={(event) => {
          // The button goes with its item: without this the focus would be nowhere.
          event.currentTarget.closest("form")?.querySelector<HTMLElement>("textarea")?.focus({ preventScroll: true });
          chat.uploads.remove(key);
        }}
      >
        <CrossIcon size={12} />
      </button>
    </li>
  );
}

function Preview({ item: { key, kind, attachment } }: { item: Item }) {
  const { chat } = useHere();
  const id = attachment?.id ?? key;
  const { url } = useMedia(chat.media, id);
  const measured = (width: number, height: number) => chat.uploads.measured(key, width, height);
  useEffect(() => {
    if (attachment && kind === "image") void chat.media.load(id);
  }, [id]);
  if (!url) return <PictureIcon />;
  if (kind === "image")
    return (
      <>
        {/* Seen where the browser cannot draw the picture. */}
        <PictureIcon />
        <img
          src={url}
          alt=""
          onLoad={({ currentTarget: { naturalWidth, naturalHeight } }) => measured(naturalWidth, naturalHeight)}
          onError={({ currentTarget }) => (currentTarget.hidden = true)}
        />
      </>
    );
  return (
    <>
      <video
        src={`${url}#t=0.1`}
        preload="metadata"
        muted
        playsInline
        tabIndex={-1}
        onLoadedMetadata={({ currentTarget: { videoWidth, videoHeight } }) => measured(videoWidth, videoHeight)}
      />
      <span class="tile-play is-small">
        <PlayIcon size={14} />
      </span>
    </>
  );
}

/** What the user has to know about the tray, in one line, and why the desk does not take something. */
export function TrayRemarks({ model }: { model: Model }) {
  const { t } = useHere();
  const items = inComposer(model.tray);
  if (!items.length) return null;
  const refused = items.filter(({ state }) => state === "refused");
  const isBroken = items.some(({ state }) => state === "broken");
  const under = items.filter(({ state }) => state === "queued" || state === "uploading").length;
  return (
    <>
      {refused.map((item) => (
        <p key={item.key} class="complaint">
          {t("tray-refusal", { name: item.name, reason: reasonOf(item, t) })}
        </p>
      ))}
      {model.tray.surplus > 0 && <p class="complaint">{t("tray-surplus", { count: model.tray.surplus })}</p>}
      {isBroken && <p class="complaint">{t("tray-blocked")}</p>}
      {under > 0 ? <p>{t("tray-under-way", { count: under })}</p> : !refused.length && !isBroken && <p class="unseen">{t("tray-all-ready", { count: items.length })}</p>}
    </>
  );
}

/** The desk's own sentence; where we knew before it could say one, ours. */
function reasonOf({ fault }: Item, t: Words): string {
  if (fault?.message) return fault.message;
  const id = `refused-${fault?.code}`;
  return hasWord(t, id) ? t(id, { limit: fileSize(fault?.limit ?? 0) }) : t("refused");
}
