import { useEffect, useRef } from "preact/hooks";
import { Banners } from "./Banners";
import { Composer } from "./Composer";
import { type Here, HereContext, useModel } from "./context";
import { Header } from "./Header";
import { Launcher } from "./Launcher";
import { MessageList } from "./MessageList";

/** The whole widget: the launcher and the window, or in a page of its own the window alone. */
export function Window({ inline, ...here }: Here & { inline: boolean }) {
  const { chat } = here;
  const model = useModel(chat);
  const panel = useRef<HTMLElement>(null);
  const launcher = useRef<HTMLButtonElement>(null);
  // Focus follows only what the user did, never what the page opened by itself.
  const moved = useRef(false);
  const isOpen = inline || model.open;
  const toggle = (open: boolean) => {
    moved.current = true;
    chat.show(open);
  };

  useEffect(() => {
    if (!moved.current || inline) return;
    if (model.open) focusPanel(panel.current);
    else launcher.current?.focus();
  }, [model.open]);
  useReading(isOpen, () => chat.read(), model.messages);

  return (
    <HereContext.Provider value={here}>
      {isOpen && (
        <section
          ref={panel}
          class={inline ? "panel is-inline" : "panel"}
          role={inline ? "region" : "dialog"}
          aria-labelledby="kefu-title"
          tabIndex={-1}
          onKeyDown={(event) => {
            if (event.key === "Escape" && !event.isComposing && !inline) toggle(false);
          }}
        >
          <Header state={model.state} onClose={inline ? null : () => toggle(false)} />
          <Banners model={model} />
          <MessageList model={model} />
          <Composer model={model} />
        </section>
      )}
      {!inline && <Launcher button={launcher} open={model.open} unread={chat.unread} onToggle={toggle} />}
    </HereContext.Provider>
  );
}

/** With a keyboard at hand one wants to write; on a phone it would cover the messages. */
function focusPanel(panel: HTMLElement | null): void {
  const canType = matchMedia("(pointer: fine)").matches;
  const field = panel?.querySelector<HTMLElement>("textarea.input");
  (canType ? field : panel)?.focus();
}

/** Messages count as read when the window is open on a page that is looked at. */
function useReading(isOpen: boolean, read: () => void, messages: unknown): void {
  useEffect(() => {
    const look = () => {
      if (isOpen && !document.hidden) read();
    };
    look();
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, [isOpen, messages]);
}
