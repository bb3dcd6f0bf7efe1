import type { Dice } from "../dice.ts";
import type { Town } from "./town.ts";

/** What is asked of it can still be approved for a minute after SIBS has called it timed out. */
export const SLOW_PHONE = "960000008";

/** Those that answer what they are asked to pay by themselves, each in its own way. */
export const BY_THEMSELVES = Array.from({ length: 11 }, (_, place) => `9600000${String(place + 1).padStart(2, "0")}`);

/** Whose phone is asked: mostly their own; now and then the slow one, or one that answers by itself. */
export function phoneOf({ stage }: Town, dice: Dice, own: string, byThemselves: readonly string[]): string {
  if (stage.weather.is("slow_phone", own)) return SLOW_PHONE;
  return dice.happens(0.1) ? dice.pick(byThemselves) : own;
}

/** Until somebody looks at their phone: soon, about when the time for it is over, or just after that. */
export async function looksAtPhone(town: Town, dice: Dice, phone: string, askedOf: string): Promise<void> {
  if (phone === SLOW_PHONE && dice.happens(0.7)) return town.pass(dice, 241, 298);
  const late = town.stage.weather.is("answered_late", askedOf);
  return town.pass(dice, late ? 200 : 2, late ? 400 : 120);
}
