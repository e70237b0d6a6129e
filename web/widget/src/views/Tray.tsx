import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { Model } from "../store/model";
import { inComposer, type Item, standing } from "../store/tray";
import { fileSize } from "../text/size";
import { hasWord } from "../words/words";
import { FileName } from "./attachments/FileCard";
import { Progress } from "./attachments/Tile";
import { useMedia } from "./attachments/useMedia";
import { useHere } from "./context";
import { focusField } from "./focus";
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
  const { key, kind, name, state } = item;
  return (
    <li class={`tray-item is-${state}`} title={name}>
      {kind === "file" ? <FileLine item={item} /> : <Preview item={item} />}
      <span class="unseen">{t(`tray-${state}`, { name })}</span>
      <button
        type="button"
        class="tray-remove"
        aria-label={t("tray-remove", { name })}
        title={t("discard")}
        onClick={(event) => {
          // The button goes with its item: without this the focus would be nowhere.
          focusField(event.currentTarget.closest("form")?.querySelector("textarea"));
          chat.uploads.remove(key);
        }}
      >
        <CrossIcon size={12} />
      </button>
    </li>
  );
}

function FileLine({ item }: { item: Item }) {
  const { name, size } = item;
  return (
    <span class="tray-file">
      <Standing item={item} done={<FileIcon />} />
      <span class="file-words">
        <FileName name={name} />
        <span class="file-size">{fileSize(size)}</span>
      </span>
    </span>
  );
}

/** How far it is, and the way to try it again. */
function Standing({ item, done }: { item: Item; done: ComponentChildren }) {
  const { chat, t } = useHere();
  const { key, name, state } = item;
  if (state === "ready") return <>{done}</>;
  if (state !== "broken") return <Progress part={item} />;
  return (
    <button type="button" class="veil" aria-label={t("tray-retry", { name })} title={t("retry")} onClick={() => chat.uploads.retry([key])}>
      <RetryIcon />
    </button>
  );
}

function Preview({ item }: { item: Item }) {
  const { chat } = useHere();
  const { key, kind, attachment } = item;
  const id = attachment?.id ?? key;
  const { url } = useMedia(chat.media, id);
  useEffect(() => {
    if (attachment && kind === "image") void chat.media.load(id);
  }, [id]);
  return (
    <>
      {/* Seen where the browser cannot draw the picture. */}
      <PictureIcon />
      {url && kind === "image" && (
        <img
          src={url}
          alt=""
          onLoad={({ currentTarget: { naturalWidth, naturalHeight } }) => chat.uploads.measured(key, naturalWidth, naturalHeight)}
          onError={({ currentTarget }) => (currentTarget.hidden = true)}
        />
      )}
      {url && kind === "video" && (
        <video src={`${url}#t=0.1`} preload="metadata" muted playsInline tabIndex={-1} />
      )}
      <Standing item={item} done={kind === "video" && <VideoMark />} />
    </>
  );
}

const VideoMark = () => (
  <span class="tile-play is-small">
    <PlayIcon size={14} />
  </span>
);

/** What the user has to know about the tray, in one line, and why the desk does not take something. */
export function TrayRemarks({ model: { tray } }: { model: Model }) {
  const { t } = useHere();
  const items = inComposer(tray);
  if (!items.length) return null;
  const isBroken = items.some(({ state }) => state === "broken");
  const underWay = items.filter(({ state }) => state === "queued" || state === "uploading").length;
  return (
    <div class="remarks tray-remarks" role="status">
      {items.map((item) => item.state === "refused" && <Refusal key={item.key} item={item} />)}
      {tray.surplus > 0 && <p class="complaint">{t("tray-surplus", { count: tray.surplus })}</p>}
      {isBroken && <p class="complaint">{t("tray-blocked")}</p>}
      {underWay > 0 && standing(tray) === "open" && <p>{t("tray-under-way", { count: underWay })}</p>}
      {standing(tray) === "open" && !underWay && <p>{t("tray-all-ready", { count: items.length })}</p>}
    </div>
  );
}

/** The desk's own sentence; where we knew before it could say one, ours. */
function Refusal({ item: { name, fault } }: { item: Item }) {
  const { t } = useHere();
  const id = `refused-${fault?.code}`;
  const ours = hasWord(t, id) ? t(id, { limit: fileSize(fault?.limit ?? 0) }) : t("refused");
  return <p class="complaint">{t("tray-refusal", { name, reason: fault?.message || ours })}</p>;
}
