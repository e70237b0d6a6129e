import { useRef } from "preact/hooks";
import { ACCEPT } from "../store/files";
import type { Model } from "../store/model";
import { room } from "../store/tray";
import { useHere } from "./context";
import { ClipIcon } from "./icons";

/** Opens the browser's dialogue of files, on phones its camera and pictures too. */
export function Attach({ model, onFiles }: { model: Model; onFiles: (files: File[]) => void }) {
  const { t } = useHere();
  const input = useRef<HTMLInputElement>(null);
  const isFull = room(model.tray) === 0;
  return (
    <>
      <button
        type="button"
        class="attach"
        aria-label={t("attach")}
        title={isFull ? t("attach-full") : t("attach")}
        aria-disabled={isFull}
        onClick={() => !isFull && input.current?.click()}
      >
        <ClipIcon />
      </button>
      <input
        ref={input}
        type="file"
        hidden
        multiple
        accept={ACCEPT}
        tabIndex={-1}
        onChange={({ currentTarget }) => {
          onFiles([...(currentTarget.files ?? [])]);
          // The same file may be chosen again.
          currentTarget.value = "";
        }}
      />
    </>
  );
}
