import { expect, it } from "vitest";
import { shrunk } from "./shrink.ts";
import type { Asked, Told } from "./told.ts";
import { FAULT_KINDS } from "./weather.ts";

const ASKED: Asked = { seed: 7, payments: 100, trace: null, only: null, untilWrong: false };

/** A run in which the same is wrong as long as two kinds of faults happen, and some payments are lived. */
async function live({ seed, payments, only }: Asked): Promise<Told> {
  const kinds = only ?? FAULT_KINDS;
  const isWrong = kinds.includes("crash") && kinds.includes("answer_lost") && payments > 20;
  const violations = isWrong ? [{ property: "books", subject: "pay_1", what: "a cent is missing" } as const] : [];
  const faults = Object.fromEntries(kinds.map((kind) => [kind, 1]));
  return { seed, payments, made: payments, violations, stories: {}, faults, points: {}, trace: "" };
}

it("leaves out of a run that failed what does not matter: payments, and kinds of faults", async () => {
  const { payments, only, told } = await shrunk(ASKED, await live(ASKED), live);
  expect(payments).toBe(25);
  expect(only.toSorted()).toEqual(["answer_lost", "crash"]);
  expect(told.violations.map(({ what }) => what)).toEqual(["a cent is missing"]);
});

it("takes nothing for the same that breaks another property", async () => {
  const other = async (asked: Asked): Promise<Told> => {
    const told = await live(asked);
    if (asked.only === null || asked.only.length === FAULT_KINDS.length) return told;
    return { ...told, violations: told.violations.map((one) => ({ ...one, property: "events" }) as const) };
  };
  const { only } = await shrunk(ASKED, await other(ASKED), other);
  expect(only).toEqual(FAULT_KINDS);
});
