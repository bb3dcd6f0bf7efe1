import { MISSED_WITHOUT_CHOICE, type Plan } from "../plan/state.ts";
import { looksOn, membersOf, type Since, type StoredRow } from "../stored.ts";
import type { Mandate, MandateLook } from "./state.ts";

// As for payments: what a mandate or a plan of an earlier version lacks is said here, once.

const FIRST_MANDATE = [
  "id",
  "authorizeToken",
  "manageToken",
  "type",
  "phone",
  "customer",
  "description",
  "reference",
  "returnUrl",
  "status",
  "inDoubt",
  "doubtSince",
  "notArrivedSince",
  "transactionId",
  "mandateId",
  "limit",
  "validUntil",
  "failure",
  "createdAt",
  "submittedAt",
  "expiresAt",
  "activatedAt",
  "endedAt",
  "cancellation",
  "noticed",
  "askAt",
  "plans",
  "version",
  "sequence",
] as const satisfies readonly (keyof Mandate)[];

const FIRST_PLAN = [
  "id",
  "amount",
  "currency",
  "every",
  "firstDate",
  "endDate",
  "description",
  "reference",
  "metadata",
  "retries",
  "status",
  "nextPeriod",
  "announcedAt",
  "begun",
  "charged",
  "createdAt",
  "endedAt",
] as const satisfies readonly (keyof Plan)[];

/** What the shop may say since of a new mandate, of which facts of the same version were written without. */
export const ASKED_SINCE: Pick<Mandate, "terminal" | "cancelUrl" | "locale"> = {
  terminal: null,
  cancelUrl: null,
  locale: null,
};

/** What mandates have gained since the first version that had them. */
const MANDATE_SINCE: Since<Mandate, typeof FIRST_MANDATE> = {
  ...ASKED_SINCE,
  erasedAt: null,
  asked: null,
  looks: null,
  looked: 0,
};

/** What plans have gained. */
const PLAN_SINCE: Since<Plan, typeof FIRST_PLAN> = {
  amountsBefore: [],
  missed: MISSED_WITHOUT_CHOICE,
  chargeAt: null,
  ahead: null,
  lastChargedOn: null,
  pausedAt: null,
};

/**
 * A mandate as it was stored, by this version or an earlier one, in today's shape.
 * @throws NotOfThisShape naming the mandate and what it lacks, when it is of no shape that this version knows.
 */
export function bringUpMandate(stored: unknown): Mandate {
  const mandate = membersOf<Mandate, typeof FIRST_MANDATE>("mandate", stored, FIRST_MANDATE);
  return { ...MANDATE_SINCE, ...mandate, plans: mandate.plans.map((plan) => bringUpPlan(plan)) };
}

/** A mandate as its row holds it, with what inquiries have come to since its last fact. */
export function bringUpMandateRow(row: StoredRow<MandateLook>): Mandate {
  const mandate = bringUpMandate(row.state);
  const looks = looksOn(row, mandate.version);
  return { ...mandate, ...looks, looks, looked: row.looked };
}

function bringUpPlan(stored: unknown): Plan {
  return { ...PLAN_SINCE, ...membersOf<Plan, typeof FIRST_PLAN>("plan", stored, FIRST_PLAN) };
}
