import { sayTerm } from "../term";
import type { PenaltyCard } from "../../transport/wire";
import { useHere } from "../context";
import { ShieldIcon } from "../icons";
import { Fact } from "./Card";

export function PenaltyView({ card }: { card: PenaltyCard }) {
  const { t, locale } = useHere();
  const say = (iso: string) => sayTerm(iso, locale, t);
  const isOver = card.appeal_deadline !== null && Date.parse(card.appeal_deadline) < Date.now();
  const appeal = card.appealable ? (isOver ? "penalty-appeal-over" : "penalty-appealable") : "penalty-not-appealable";
  return (
    <section class="card" aria-label={card.type_label}>
      <div class="card-head">
        <ShieldIcon />
        <span>{card.type_label}</span>
        <span class={`tag ${appeal === "penalty-appealable" ? "is-open" : "is-closed"}`}>{t(appeal)}</span>
      </div>
      <dl>
        <Fact label={t("penalty-reason")}>{card.reason}</Fact>
        <Fact label={t("penalty-rule")}>{card.rule}</Fact>
        <Fact label={t("penalty-term")}>{term()}</Fact>
        <Fact label={t("penalty-deadline")}>{card.appealable && card.appeal_deadline && say(card.appeal_deadline)}</Fact>
      </dl>
    </section>
  );

  function term(): string | null {
    if (card.permanent) return t("penalty-permanent");
    if (!card.ends_at) return null;
    if (!card.started_at) return t("penalty-to", { to: say(card.ends_at) });
    return t("penalty-from-to", { from: say(card.started_at), to: say(card.ends_at) });
  }
}
