import { cardFates, testCards } from "./card-fates.ts";
import { fatesBy } from "./fates.ts";

/** One phone, amount or card with a fixed outcome, as `/sandbox/scenarios` lists it. */
export interface Scenario {
  readonly by: "phone" | "amount" | "card";
  readonly match: string;
  readonly outcome: string;
  readonly says: string;
}

/** Everything with a fixed outcome. */
export function scenarios(): Scenario[] {
  const cards = testCards.map(({ number, code, fate }) => ({
    by: "card" as const,
    match: number,
    outcome: fate,
    says: code === null ? cardFates[fate].says : `${cardFates[fate].says} Its code is ${code}.`,
  }));
  return [
    ...fatesBy("phone").map((one) => ({ by: "phone" as const, ...one })),
    ...fatesBy("amount").map((one) => ({ by: "amount" as const, ...one })),
    ...cards,
  ];
}
