import { cardScenarios, testCards } from "./card-scenarios.ts";
import { scenariosBy } from "./scenarios.ts";

/** One phone, amount or card with a fixed outcome, as `/sandbox/scenarios` lists it. */
export interface ListedScenario {
  readonly by: "phone" | "amount" | "card";
  readonly match: string;
  readonly outcome: string;
  readonly says: string;
}

/** Everything with a fixed outcome. */
export function listScenarios(): ListedScenario[] {
  const cards = testCards.map(({ number, code, scenario }) => ({
    by: "card" as const,
    match: number,
    outcome: scenario,
    says: code === null ? cardScenarios[scenario].says : `${cardScenarios[scenario].says} Its code is ${code}.`,
  }));
  return [
    ...scenariosBy("phone").map((one) => ({ by: "phone" as const, ...one })),
    ...scenariosBy("amount").map((one) => ({ by: "amount" as const, ...one })),
    ...cards,
  ];
}
