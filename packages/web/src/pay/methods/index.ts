import type { ComponentType } from "preact";
import type { PayMethod } from "../view.ts";
import { ChooseCard } from "./card.tsx";
import { ChooseMandate } from "./mandate.tsx";
import { ChooseMbway } from "./mbway.tsx";
import { ChooseMultibanco } from "./multibanco.tsx";

/** How each method is offered. */
export const choices: Record<PayMethod, ComponentType> = {
  mbway: ChooseMbway,
  multibanco: ChooseMultibanco,
  card: ChooseCard,
  mandate: ChooseMandate,
};
