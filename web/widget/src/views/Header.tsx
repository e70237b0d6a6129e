import type { State } from "../transport/wire";
import { Avatar } from "./Avatar";
import { useHere } from "./context";
import { CloseIcon } from "./icons";
import { answering } from "./identity";

/** Says who answers now, bot or person, and lets the user put the window away. */
export function Header({ state, onClose }: { state: State | null; onClose: (() => void) | null }) {
  const { t } = useHere();
  const { name, badge, line, isPerson } = answering(state, t);
  return (
    <div class="header">
      <Avatar name={name} isPerson={isPerson} large />
      <div class="header-words">
        <h2 class="header-name" id="kefu-title">
          {name}
          <span class={`badge ${isPerson ? "is-person" : ""}`}>{badge}</span>
        </h2>
        <p class="header-line">{line}</p>
      </div>
      {onClose && (
        <button type="button" class="icon-button" aria-label={t("close")} title={t("close")} onClick={onClose}>
          <CloseIcon />
        </button>
      )}
    </div>
  );
}
