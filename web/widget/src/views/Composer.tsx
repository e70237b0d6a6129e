import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import type { Model } from "../store/model";
import { sends } from "../text/keys";
import { inComposer, maySend } from "../store/tray";
import { count, LONGEST, showsCounter } from "../text/length";
import { Attach } from "./Attach";
import { useHere, useNow } from "./context";
import { focusField } from "./focus";
import { PersonIcon, SendIcon } from "./icons";
import { Tray, TrayRemarks } from "./Tray";

const TALLEST_PX = 132;

/** Where the user writes and adds pictures. Nothing typed is ever lost: refused words come back here. */
export function Composer({ model }: { model: Model }) {
  const { chat, t } = useHere();
  const field = useRef<HTMLTextAreaElement>(null);
  const { draft, complaint, tray } = model;
  const ready = maySend(draft, tray);
  const send = () => {
    if (!ready) return;
    chat.send();
    field.current?.focus();
  };

  const addFiles = (files: File[]) => {
    chat.uploads.add(files);
    focusField(field.current);
  };

  useLayoutEffect(() => grow(field.current), [draft]);
  useEffect(() => {
    if (complaint !== null) field.current?.focus();
  }, [complaint]);

  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <Remarks model={model} />
      {(model.state?.owner ?? "bot") === "bot" && (
        <button type="button" class="to-person" onClick={() => chat.say(t("to-person-words"))}>
          <PersonIcon />
          {t("to-person")}
        </button>
      )}
      <TrayRemarks model={model} />
      <Tray model={model} />
      <div class={`field ${complaint !== null ? "is-refused" : ""}`}>
        <Attach model={model} onFiles={addFiles} />
        <textarea
          ref={field}
          class="input"
          rows={1}
          value={draft}
          placeholder={t(inComposer(tray).length ? "composer-caption" : "composer-hint")}
          aria-label={t("composer")}
          aria-invalid={complaint !== null}
          aria-describedby="kefu-remarks"
          enterkeyhint="send"
          onInput={(event) => chat.write(event.currentTarget.value)}
          onPaste={(event) => {
            const files = [...(event.clipboardData?.files ?? [])];
            // A table copied from an office program comes as text and as a picture of itself: the text is meant.
            if (!files.length || event.clipboardData?.types.includes("text/plain")) return;
            event.preventDefault();
            chat.uploads.add(files);
          }}
          onKeyDown={(event) => {
            if (!sends(event)) return;
            event.preventDefault();
            send();
          }}
        />
        <button type="submit" class="send" aria-label={t("send")} title={t("send")} aria-disabled={!ready}>
          <SendIcon />
        </button>
      </div>
    </form>
  );
}

/** What stands in the way of sending, if anything. */
function Remarks({ model }: { model: Model }) {
  const { draft, complaint, pausedUntil } = model;
  const { t } = useHere();
  const seconds = Math.ceil(((pausedUntil ?? 0) - useNow(500, pausedUntil !== null)) / 1000);
  const length = count(draft);
  return (
    <div id="kefu-remarks" class="remarks" role="status">
      {complaint !== null && <p class="complaint">{complaint || t("complaint")}</p>}
      {seconds > 0 && <p>{t("paused", { seconds })}</p>}
      {length > LONGEST && <p class="complaint">{t("too-long", { over: length - LONGEST })}</p>}
      {showsCounter(length) && (
        <p class={`counter ${length > LONGEST ? "complaint" : ""}`} aria-live="off">
          {t("counter", { count: length, limit: LONGEST })}
        </p>
      )}
    </div>
  );
}

function grow(field: HTMLTextAreaElement | null): void {
  if (!field) return;
  field.style.height = "auto";
  field.style.height = `${Math.min(field.scrollHeight, TALLEST_PX)}px`;
}
