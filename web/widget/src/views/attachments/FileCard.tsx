import { useState } from "preact/hooks";
import type { Item } from "../../store/tray";
import { fileSize } from "../../text/size";
import type { Attachment } from "../../transport/wire";
import { useHere } from "../context";
import { AlertIcon, DownloadIcon, FileIcon, TickIcon } from "../icons";
import { save } from "./save";
import { Ring } from "./Ring";

/** A document: its name and size, and the way to have it. */
export function FileCard({ attachment, part }: { attachment: Attachment; part: Item | null }) {
  const { chat, t } = useHere();
  const { id, name, size } = attachment;
  const [state, setState] = useState<"idle" | "loading" | "failed">("idle");
  const download = async () => {
    setState("loading");
    await chat.media.load(id);
    const { url } = chat.media.see(id);
    if (url) save(url, name);
    setState(url ? "idle" : "failed");
  };
  return (
    <button type="button" class="file" disabled={part !== null || state === "loading"} aria-label={t("file-download", { name })} onClick={() => void download()}>
      <FileIcon />
      <span class="file-words">
        <FileName name={name} />
        <span class="file-size">{state === "failed" ? t("media-failed") : fileSize(size)}</span>
      </span>
      <span class="file-end">{mark()}</span>
    </button>
  );

  function mark() {
    if (part?.state === "ready") return <TickIcon size={18} />;
    if (part) return part.state === "broken" ? <AlertIcon size={20} /> : <Ring share={part.state === "queued" ? 0 : part.share} />;
    return state === "loading" ? <Ring /> : <DownloadIcon />;
  }
}

/** Where it does not fit, the middle is left out: the end says what kind of file it is. */
export function FileName({ name }: { name: string }) {
  const end = name.slice(-8);
  return (
    <span class="file-name" title={name}>
      <span>{name.slice(0, -8)}</span>
      <span>{end}</span>
    </span>
  );
}
