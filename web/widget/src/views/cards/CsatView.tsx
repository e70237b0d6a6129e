import { useState } from "preact/hooks";
import { isBeingWorkedOn } from "../../store/messages";
import type { Model } from "../../store/model";
import { useHere } from "../context";
import { StarIcon, TickIcon } from "../icons";

const SCORES = [1, 2, 3, 4, 5];
/** Up to here a rating says that something is still wrong. */
const DISSATISFIED = 2;

/** Asks once how the service was; afterwards only says what was given. */
export function CsatView({ number, model }: { number: string; model: Model }) {
  const { t } = useHere();
  const given = model.rated[number];
  if (given !== undefined) return <Given number={number} score={given} model={model} />;
  if (model.state?.csat?.case_number !== number) return <p class="card csat-over">{t("csat-over")}</p>;
  return <Form number={number} />;
}

function Given({ number, score, model }: { number: string; score: number; model: Model }) {
  const { t } = useHere();
  return (
    <div class="card">
      <p class="csat-done" role="status">
        <TickIcon size={18} />
        <span>
          <strong>{t("csat-thanks")}</strong>
          <br />
          {t("csat-given", { score, label: t(`csat-${score}`) })}
        </span>
      </p>
      {score <= DISSATISFIED && <Reopen number={number} isOpen={isBeingWorkedOn(model.messages, number, model.reopened[number])} />}
    </div>
  );
}

/** Whoever is not satisfied may have the case looked into again. */
function Reopen({ number, isOpen }: { number: string; isOpen: boolean }) {
  const { chat, t } = useHere();
  const [busy, setBusy] = useState(false);
  const [complaint, setComplaint] = useState<string | null>(null);
  const reopen = async () => {
    setBusy(true);
    const refusal = await chat.reopen(number);
    setBusy(false);
    setComplaint(refusal === "" ? t("csat-failed") : refusal);
  };
  if (isOpen)
    return (
      <p class="csat-reopened" role="status">
        {t("case-reopened", { number })}
      </p>
    );
  return (
    <>
      {complaint !== null && (
        <p class="complaint" role="alert">
          {complaint}
        </p>
      )}
      <button type="button" class="secondary" disabled={busy} onClick={() => void reopen()}>
        {t("case-reopen")}
      </button>
    </>
  );
}

function Form({ number }: { number: string }) {
  const { chat, t } = useHere();
  const [score, setScore] = useState(0);
  const [hovered, setHovered] = useState(0);
  const [comment, setComment] = useState("");
  const [busy, setBusy] = useState(false);
  const [complaint, setComplaint] = useState<string | null>(null);
  const lit = hovered || score;
  const submit = async (event: Event) => {
    event.preventDefault();
    if (!score || busy) return;
    setBusy(true);
    const refusal = await chat.rate(number, score, comment.trim());
    setBusy(false);
    if (refusal !== null) setComplaint(refusal || t("csat-failed"));
  };
  return (
    <form class="card csat" onSubmit={(event) => void submit(event)}>
      <fieldset>
        <legend>{t("csat-title")}</legend>
        <p class="csat-case">{t("csat-case", { number })}</p>
        <div class="stars" onMouseLeave={() => setHovered(0)}>
          {SCORES.map((value) => (
            <label class={value <= lit ? "star is-lit" : "star"} onMouseEnter={() => setHovered(value)}>
              <input
                type="radio"
                class="unseen"
                name={`csat-${number}`}
                checked={score === value}
                onChange={() => setScore(value)}
                aria-label={t("csat-star", { score: value, label: t(`csat-${value}`) })}
              />
              <StarIcon />
            </label>
          ))}
        </div>
        <p class="csat-label" aria-hidden="true">
          {t(lit ? `csat-${lit}` : "csat-hint")}
        </p>
      </fieldset>
      {score > 0 && (
        <>
          <textarea
            class="csat-comment"
            rows={2}
            maxLength={500}
            aria-label={t("csat-comment")}
            placeholder={t("csat-comment")}
            value={comment}
            onInput={(event) => setComment(event.currentTarget.value)}
          />
          {complaint !== null && (
            <p class="complaint" role="alert">
              {complaint}
            </p>
          )}
          <button type="submit" class="primary" disabled={busy}>
            {t("csat-submit")}
          </button>
        </>
      )}
    </form>
  );
}
