import type { Mandate } from "../../packages/server/src/domain/mandate/state.ts";
import { isPlanOver } from "../../packages/server/src/domain/plan/state.ts";
import type { MoneyBooks } from "../../tests/books/books.ts";
import type { Dice } from "../dice.ts";
import { seesTo } from "./desk.ts";
import type { Town } from "./town.ts";

/** Ends the plans that would go on charging for years. */
export async function endsPlans(town: Town, dice: Dice, mandates: readonly Mandate[]): Promise<void> {
  for (const { plans } of mandates)
    for (const plan of plans) if (!isPlanOver(plan)) await town.ask(dice, `/v1/plans/${plan.id}/cancel`);
}

/** Sees to whatever asks for a person still, and gives up what is held and nobody will capture. */
export async function clearsUp(town: Town, dice: Dice, look: () => MoneyBooks): Promise<void> {
  for (const { id, attention, operations } of look().payments) {
    const asks = attention !== null || operations.some(({ status }) => status === "in_doubt");
    if (asks) await seesTo(town, dice, id, look);
  }
  for (const { id, status } of look().payments)
    if (status === "authorized") await town.ask(dice, `/v1/payments/${id}/cancel`);
}
