import type { ComponentType } from "preact";
import type { PayMethod } from "../view.ts";
import { ChooseCard } from "./card.tsx";
import { ChooseMandate } from "./mandate.tsx";
import { ChooseMbway } from "./mbway.tsx";
import { ChooseMultibanco } from "./multibanco.tsx";

/** What the page has to know of a method. */
interface OnPage {
  /** How it is offered. */
  readonly Choice: ComponentType;
  /** Whether a phone is asked: the one asked last can be asked anew in one press. */
  readonly asksPhone?: true;
  /** What is said while SIBS has not said whether it arrived. */
  readonly unconfirmed: "why" | "whyCard";
}

export const onPage: Record<PayMethod, OnPage> = {
  mbway: { Choice: ChooseMbway, asksPhone: true, unconfirmed: "why" },
  multibanco: { Choice: ChooseMultibanco, unconfirmed: "why" },
  card: { Choice: ChooseCard, unconfirmed: "whyCard" },
  mandate: { Choice: ChooseMandate, unconfirmed: "why" },
};
