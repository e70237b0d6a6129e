import { render } from "preact";
import { Chat } from "./chat/chat";
import { browserLock } from "./chat/lock";
import { browserStorage, Keep } from "./store/keep";
import { styleSheet } from "./styles/sheet";
import type { Locale } from "./text/time";
import { Http } from "./transport/http";
import { socketTo } from "./transport/socket";
import { uploadTo } from "./transport/upload";
import { followViewport } from "./viewport";
import { Window } from "./views/Window";
import { pickLocale, wordsIn } from "./words/words";

/**
 * <kefu-widget server="" locale="zh" identity="" open inline>
 *
 * server: address of the desk, empty for the page's own; locale: zh or en, else the browser's;
 * identity: the host page's signed word on who the user is; open: the window is shown;
 * inline: the window fills the element instead of floating over the page.
 */
export class KefuWidget extends HTMLElement {
  static readonly observedAttributes = ["open", "inline", "locale"];
  private chat: Chat | null = null;
  private mount: HTMLElement | null = null;
  private undo: (() => void)[] = [];

  connectedCallback(): void {
    this.mount ??= this.prepare();
    const chat = this.makeChat();
    this.chat = chat;
    this.listen(chat);
    this.draw();
    if (this.isOpen) chat.show(true);
    else chat.start();
  }

  disconnectedCallback(): void {
    for (const undo of this.undo.splice(0)) undo();
    this.chat?.stop();
    this.chat = null;
    if (this.mount) render(null, this.mount);
  }

  attributeChangedCallback(name: string): void {
    if (!this.chat) return;
    if (name === "open" && this.isOpen !== this.chat.store.model.open) this.chat.show(this.isOpen);
    this.draw();
  }

  /** Opens the window. */
  open(): void {
    this.chat?.show(true);
  }

  /** Puts the window away; the conversation goes on. */
  close(): void {
    this.chat?.show(false);
  }

  /** Opens the window and asks something in the user's name, for a link of the host page. */
  ask(text: string): void {
    this.open();
    this.chat?.say(text);
  }

  private get isOpen(): boolean {
    return this.hasAttribute("open") || this.hasAttribute("inline");
  }

  private get language(): Locale {
    return pickLocale(this.getAttribute("locale"), navigator.languages);
  }

  private prepare(): HTMLElement {
    const root = this.attachShadow({ mode: "open" });
    styleSheet(root);
    return root.appendChild(document.createElement("div"));
  }

  private makeChat(): Chat {
    const server = (this.getAttribute("server") || location.origin).replace(/\/+$/, "");
    return new Chat({
      http: new Http(server, this.language),
      openSocket: socketTo(server),
      beginUpload: uploadTo(server, this.language),
      keep: new Keep(browserStorage(), server),
      lock: browserLock(server),
      visitor: { locale: this.language, identity: this.getAttribute("identity") || null },
    });
  }

  private listen(chat: Chat): void {
    const shared = (event: StorageEvent) => chat.sharedChange(event.key);
    const wake = () => {
      if (!document.hidden) chat.wake();
    };
    addEventListener("storage", shared);
    addEventListener("online", wake);
    document.addEventListener("visibilitychange", wake);
    this.undo = [
      () => removeEventListener("storage", shared),
      () => removeEventListener("online", wake),
      () => document.removeEventListener("visibilitychange", wake),
      chat.store.watch(() => this.toggleAttribute("open", chat.store.model.open)),
      followViewport(this, () => this.hasAttribute("open") && !this.hasAttribute("inline")),
    ];
  }

  private draw(): void {
    if (!this.chat || !this.mount) return;
    const locale = this.language;
    this.mount.lang = locale === "zh" ? "zh-CN" : "en";
    render(<Window chat={this.chat} t={wordsIn(locale)} locale={locale} inline={this.hasAttribute("inline")} />, this.mount);
  }
}

if (!customElements.get("kefu-widget")) customElements.define("kefu-widget", KefuWidget);
