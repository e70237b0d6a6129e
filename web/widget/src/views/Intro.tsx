import { Avatar } from "./Avatar";
import { useHere } from "./context";
import { BotIcon, LockIcon } from "./icons";

/** The first thing in the window: who speaks here, and what never to send. */
export function Intro() {
  const { t } = useHere();
  return (
    <div class="intro">
      <span class="intro-mark" aria-hidden="true">
        <BotIcon size={34} />
      </span>
      <p class="intro-title">{t("intro-title")}</p>
      <p class="intro-line">{t("intro-line")}</p>
      <p class="intro-safety">
        <LockIcon />
        <span>{t("intro-safety")}</span>
      </p>
    </div>
  );
}

export function Typing() {
  const { t } = useHere();
  const name = t("bot-name");
  return (
    <div class="row is-bot is-typing">
      <Avatar name={name} isPerson={false} />
      <div class="bubble typing">
        <span class="unseen">{t("typing", { name })}</span>
        <i />
        <i />
        <i />
      </div>
    </div>
  );
}
