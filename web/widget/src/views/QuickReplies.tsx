import type { Offer } from "../store/offers";
import { useHere } from "./context";
import { TickIcon } from "./icons";

/** The answers that the bot proposes; pressed once, they stay as a trace of what was chosen. */
export function QuickReplies({ offer }: { offer: Offer }) {
  const { chat } = useHere();
  return (
    <div class="replies">
      {offer.buttons.map((button) => (
        <button
          type="button"
          class={`reply ${offer.chosen === button.title ? "is-chosen" : ""}`}
          disabled={!offer.enabled}
          onClick={() => chat.press(button)}
        >
          {offer.chosen === button.title && <TickIcon />}
          {button.title}
        </button>
      ))}
    </div>
  );
}
