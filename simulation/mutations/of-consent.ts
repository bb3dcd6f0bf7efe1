import type { Mutation } from "./mutated.ts";

const SERVER = "packages/server/src";

/** Authorised payments, plans and saved cards. */
export const OF_CONSENT: readonly Mutation[] = [
  {
    name: "an authorised payment that ends while it is charged is charged",
    file: `${SERVER}/attempts/submit.ts`,
    before: 'if (status !== "active") return { refused: "mandate_not_active", mandate: id, status };',
    after: "",
  },
  {
    name: "a saved card that is forgotten while it is charged is charged",
    file: `${SERVER}/attempts/submit.ts`,
    before: 'card === null ? { refused: "card_forgotten" } : submitAttempt(state, command, given)',
    after: "card === null ? submitAttempt(state, command, given) : submitAttempt(state, command, given)",
  },
  {
    name: "a saved card that was forgotten is kept again by the next inquiry",
    file: `${SERVER}/inquiries/keep-card.ts`,
    before: "payment.saveCard && payment.savedCard === null",
    after: "payment.saveCard",
  },
  {
    name: "a plan that was canceled charges on what was refused before",
    file: `${SERVER}/domain/payment/plan-charges.ts`,
    before: 'if (isMandateOver(mandate) || plan?.status === "canceled") return "never";',
    after: 'if (isMandateOver(mandate)) return "never";',
  },
  {
    name: "a plan that is paused charges on what was refused before",
    file: `${SERVER}/domain/payment/plan-charges.ts`,
    before: 'mandate.status === "active" && plan?.status !== "paused"',
    after: 'mandate.status === "active"',
  },
  {
    name: "a plan that is taken up again charges what passed meanwhile",
    file: `${SERVER}/domain/plan/begin.ts`,
    before: "while (timeOf(plan, nextPeriod) <= at) nextPeriod += 1;",
    after: "while (timeOf(plan, nextPeriod) <= 0) nextPeriod += 1;",
  },
  {
    name: "another amount is charged than was announced",
    file: `${SERVER}/domain/plan/state.ts`,
    before: "return amountsBefore.find(({ through }) => period <= through)?.amount ?? amount;",
    after: "return amountsBefore.find(({ through }) => period < 0 && through > 0)?.amount ?? amount;",
  },
  {
    name: "a charge is decided, and forgotten by whoever comes after a crash",
    file: `${SERVER}/domain/plan/due.ts`,
    before: 'if (plan.begun !== null) return [step("make_charge", plan.begun.at)];',
    after: "",
  },
  {
    name: "a charge that is announced late is made on its day",
    file: `${SERVER}/domain/plan/notice.ts`,
    before: "now + NOTICE <= at + NOTICE_LESS ? at : now + NOTICE",
    after: "now <= at ? at : now + NOTICE",
  },
  {
    name: "a plan charges twice on a day",
    file: `${SERVER}/domain/plan/state.ts`,
    before: "at: plan.lastChargedOn === null ? at : Math.max(at, dayAfter(plan.lastChargedOn))",
    after: "at",
  },
  {
    name: "a plan's charge is tried again before SIBS has said how the last one ended",
    file: `${SERVER}/domain/payment/plan-charges.ts`,
    before: "charging.putOffUntil ?? byPolicy, ...askedAbout(tries));",
    after: "charging.putOffUntil ?? byPolicy, ...askedAbout([]));",
  },
  {
    name: "the end of an authorised payment is sent to SIBS once, whatever came of it",
    file: `${SERVER}/domain/mandate/hear.ts`,
    before: "return isCharged ? sendCancellation(mandate, given) : finishCancellation(mandate, given);",
    after: "return finishCancellation(mandate, given);",
  },
  {
    name: "an authorised payment that is approved late is not heard",
    file: `${SERVER}/domain/mandate/schedule.ts`,
    before: "return mayStillBeApproved(mandate) ? nextAskForLateMoney(mandate.submittedAt, after) : null;",
    after: "return mayStillBeApproved(mandate) ? null : null;",
  },
  {
    name: "a request that is looked up counts as asked about",
    file: `${SERVER}/domain/mandate/begin.ts`,
    before: "return unasked([named]);",
    after: "return [named];",
  },
];
