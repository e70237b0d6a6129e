import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Chat } from "../chat/chat";
import { visuals } from "../store/messages";
import type { Model } from "../store/model";
import { Lightbox } from "./attachments/Lightbox";
import { Banners } from "./Banners";
import { Composer } from "./Composer";
import { type Here, HereContext, useHere, useModel } from "./context";
import { canType } from "./focus";
import { Header } from "./Header";
import { Launcher } from "./Launcher";
import { UploadIcon } from "./icons";
import { MessageList } from "./MessageList";
import { useDrop } from "./useDrop";

/** The whole widget: the launcher and the window, or in a page of its own the window alone. */
export function Window({ inline, chat, t, locale }: Omit<Here, "look"> & { inline: boolean }) {
  const model = useModel(chat);
  const panel = useRef<HTMLElement>(null);
  const launcher = useRef<HTMLButtonElement>(null);
  // Focus follows only what the user did, never what the page opened by itself.
  const moved = useRef(false);
  const isOpen = inline || model.open;
  const [looked, look] = useState<string | null>(null);
  const here = useMemo(() => ({ chat, t, locale, look }), [chat, t, locale]);
  const { hovers, listeners } = useDrop((files) => chat.uploads.add(files));
  const toggle = (open: boolean) => {
    moved.current = true;
    chat.show(open);
  };

  useEffect(() => {
    if (!moved.current || inline) return;
    if (model.open) focusPanel(panel.current);
    else launcher.current?.focus();
  }, [model.open]);
  useReading(isOpen, chat, model);

  return (
    <HereContext.Provider value={here}>
      {isOpen && (
        <section
          ref={panel}
          class={inline ? "panel is-inline" : "panel"}
          role={inline ? "region" : "dialog"}
          aria-labelledby="kefu-title"
          tabIndex={-1}
          {...listeners}
          onKeyDown={(event) => {
            if (event.key === "Escape" && !event.isComposing && !inline) toggle(false);
          }}
        >
          <Header state={model.state} onClose={inline ? null : () => toggle(false)} />
          <Banners model={model} />
          <MessageList model={model} />
          <Composer model={model} />
          {hovers && <DropZone />}
        </section>
      )}
      {isOpen && looked !== null && <Lightbox visuals={visuals(model.messages)} id={looked} onLook={look} />}
      {!inline && <Launcher button={launcher} open={model.open} unread={chat.unread} onToggle={toggle} />}
    </HereContext.Provider>
  );
}

function focusPanel(panel: HTMLElement | null): void {
  const field = panel?.querySelector<HTMLElement>("textarea.input");
  (canType() ? field : panel)?.focus();
}

/** Says where files may be let go. */
function DropZone() {
  const { t } = useHere();
  return (
    <div class="drop-zone">
      <UploadIcon />
      <strong>{t("drop-title")}</strong>
      <span>{t("drop-line")}</span>
    </div>
  );
}

/** Messages count as read when the window is open on a page that is looked at. */
function useReading(isOpen: boolean, chat: Chat, { messages, loaded }: Model): void {
  useEffect(() => {
    const look = () => (isOpen && !document.hidden ? chat.read() : chat.lookAway());
    look();
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, [isOpen, messages, loaded]);
}
