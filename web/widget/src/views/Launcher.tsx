import type { Ref } from "preact";
import { useHere } from "./context";
import { ChatIcon, CloseIcon } from "./icons";

interface Props {
  button: Ref<HTMLButtonElement>;
  open: boolean;
  unread: number;
  onToggle: (open: boolean) => void;
}

/** The round button in the corner of the host page, with the number of unread messages. */
export function Launcher({ button, open, unread, onToggle }: Props) {
  const { t } = useHere();
  const label = open ? t("close") : unread ? t("launcher-unread", { count: unread }) : t("launcher-open");
  return (
    <button ref={button} type="button" class={`launcher ${open ? "is-open" : ""}`} aria-label={label} aria-expanded={open} onClick={() => onToggle(!open)}>
      {open ? <CloseIcon /> : <ChatIcon />}
      {!open && unread > 0 && (
        <span class="unread" aria-hidden="true">
          {unread > 99 ? "99+" : unread}
        </span>
      )}
    </button>
  );
}
