import { BotIcon } from "./icons";

/** A bot looks like a bot; a person is shown by the initial of the name. */
export function Avatar({ name, isPerson, large = false }: { name: string; isPerson: boolean; large?: boolean }) {
  return (
    <span class={`avatar ${isPerson ? "is-person" : ""} ${large ? "is-large" : ""}`} aria-hidden="true">
      {isPerson ? (name.match(/[A-Za-z]/) ? name.charAt(0) : name.slice(-1)) : <BotIcon size={large ? 26 : 20} />}
    </span>
  );
}
