import attachments from "./attachments.css?inline";
import cards from "./cards.css?inline";
import composer from "./composer.css?inline";
import frame from "./frame.css?inline";
import lightbox from "./lightbox.css?inline";
import list from "./list.css?inline";
import replies from "./replies.css?inline";
import tokens from "./tokens.css?inline";
import tray from "./tray.css?inline";

const CSS = [tokens, frame, list, replies, cards, attachments, composer, tray, lightbox].join("\n");

/** Styles the shadow root; as a sheet where browsers can, since strict host pages forbid style elements. */
export function styleSheet(root: ShadowRoot): void {
  if ("adoptedStyleSheets" in root && "replaceSync" in CSSStyleSheet.prototype) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(CSS);
    root.adoptedStyleSheets = [sheet];
    return;
  }
  const style = document.createElement("style");
  style.textContent = CSS;
  root.append(style);
}
