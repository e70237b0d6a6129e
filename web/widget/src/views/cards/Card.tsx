import type { ComponentChildren } from "preact";
import type { Model } from "../../store/model";
import type { Card } from "../../transport/wire";
import { CaseView } from "./CaseView";
import { CsatView } from "./CsatView";
import { PenaltyView } from "./PenaltyView";

/** A card of a kind we know; one of a kind still to come is passed over, its text stays. */
export function CardView({ card, model }: { card: Card; model: Model }) {
  switch (card.type) {
    case "case":
      return <CaseView card={card} />;
    case "penalty":
      return <PenaltyView card={card} />;
    case "csat":
      return <CsatView number={card.case_number} model={model} />;
    default:
      return null;
  }
}

/** One labelled line; nothing when there is nothing to say. */
export function Fact({ label, children }: { label: string; children: ComponentChildren }) {
  if (!children) return null;
  return (
    <div class="fact">
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
