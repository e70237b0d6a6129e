import { useState } from "preact/hooks";
import { sayTerm } from "../term";
import type { CaseCard } from "../../transport/wire";
import { hasWord } from "../../words/words";
import { useHere } from "../context";
import { CaseIcon, CopyIcon, TickIcon } from "../icons";
import { Fact } from "./Card";

export function CaseView({ card }: { card: CaseCard }) {
  const { t, locale } = useHere();
  const state = `case-state-${card.state}`;
  const isDone = card.state === "resolved" || card.state === "closed";
  return (
    <section class="card" aria-label={`${t("case-title")} ${card.number}`}>
      <div class="card-head">
        <CaseIcon />
        <span>{t("case-title")}</span>
        <span class={`tag is-${card.state}`}>{hasWord(t, state) ? t(state) : card.state}</span>
      </div>
      <CaseNumber number={card.number} />
      <dl>
        <Fact label={t("case-topic")}>{card.topic_label}</Fact>
        <Fact label={t("case-due")}>{card.due_at && !isDone && sayTerm(card.due_at, locale, t)}</Fact>
      </dl>
    </section>
  );
}

function CaseNumber({ number }: { number: string }) {
  const { t } = useHere();
  const [copied, setCopied] = useState(false);
  const copy = async (button: HTMLElement) => {
    await copyText(number, button);
    setCopied(true);
    setTimeout(() => setCopied(false), 2_000);
  };
  return (
    <p class="case-number">
      <span class="case-digits">{number}</span>
      <button type="button" class="copy" aria-label={t("case-copy")} title={t("case-copy")} onClick={(event) => void copy(event.currentTarget)}>
        {copied ? <TickIcon size={16} /> : <CopyIcon />}
      </button>
      <span class="unseen" role="status">
        {copied && t("case-copied")}
      </span>
    </p>
  );
}

/** The clipboard is there only on secure pages; elsewhere the old way still works. */
async function copyText(text: string, beside: HTMLElement): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const field = document.createElement("textarea");
    field.value = text;
    field.className = "unseen";
    beside.after(field);
    field.select();
    document.execCommand("copy");
    field.remove();
    beside.focus();
  }
}
