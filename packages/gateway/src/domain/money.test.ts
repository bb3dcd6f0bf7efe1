import { CHECKOUT_LIFE_MS } from "@caravela/sibs/limits";
import { type Cents, cents } from "@caravela/sibs/money";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { NO_CARD_TERMS, present } from "./card.ts";
import { endAction, isWanted } from "./issuer.ts";
import { purchase as payByCard, proceed } from "./methods/card.ts";
import { answerOnPhone, purchase } from "./methods/mbway.ts";
import { generate, hasReference, pay } from "./methods/multibanco.ts";
import { cancel, capture, charge, type OperationAsked, refund } from "./operations.ts";
import { type Transaction, timePassed } from "./transaction.ts";

const START = new Date("2026-11-22T10:00:00.000Z");
const DAY_MS = 86_400_000;

function checkout(amount: Cents, paymentType: "PURS" | "AUTH"): Transaction {
  const none = cents(0);
  return {
    id: "s2AAAAAAAAAAAAAAAAAA",
    kind: "payment",
    originalId: null,
    terminalId: "52221",
    merchantTransactionId: "order-17",
    merchantTimestamp: START.toISOString(),
    description: "Two mugs",
    recipientId: "S00000000000000S",
    amount,
    paymentType,
    methods: ["CARD", "MBWAY", "REFERENCE"],
    method: null,
    outcome: "waiting",
    receivedAt: START,
    deadline: new Date(START.getTime() + CHECKOUT_LIFE_MS),
    scenario: null,
    asked: null,
    terms: {
      entity: "24000",
      validFrom: START,
      validTo: new Date(START.getTime() + 2 * DAY_MS),
      minAmount: cents(Math.ceil(amount / 2)),
      maxAmount: cents(amount * 2),
    },
    reference: null,
    cardTerms: { ...NO_CARD_TERMS, hasEmail: true, hasBillingAddress: true },
    card: null,
    mandateId: null,
    consent: null,
    sums: { authorized: none, captured: none, released: none, refunded: none },
    due: null,
    version: 0,
  };
}

const asked = (amount: Cents): OperationAsked => ({
  id: "s2BBBBBBBBBBBBBBBBBB",
  recipientId: "S00000000000001S",
  merchantTransactionId: "operation-1",
  merchantTimestamp: START.toISOString(),
  description: "Back",
  amount,
});

/** A card with a challenge, and what chance gives. */
const CARD = {
  brand: "visa",
  firstSix: "400000",
  lastFour: "0028",
  expiry: "2030-12",
  scenario: "challenge_at_once",
} as const;
const DRAWN = {
  actionId: "b81e04aa",
  dsTransID: "1",
  acsTransID: "2",
  threeDSServerTransID: "3",
  authenticationValue: "AAAB",
  token: "f".repeat(40),
};
const ACTION = { id: DRAWN.actionId, type: "THREEDS_CHALLENGE", executed: true };

type Step = { readonly do: string; readonly amount: Cents; readonly seconds: number };

/** What anybody does next, as it changes the payment; a refused step leaves it as it is. */
function after(payment: Transaction, step: Step, now: Date): Transaction {
  switch (step.do) {
    case "purchase": {
      const made = purchase(payment, "351#919999999", now);
      return made.kind === "done" ? made.change.transaction : payment;
    }
    case "generate": {
      const made = generate(payment, "123456789", "24000", now);
      return "change" in made ? made.change.transaction : payment;
    }
    case "approve":
      return answerOnPhone(payment, "approved", now)?.transaction ?? payment;
    case "decline":
      return answerOnPhone(payment, "declined", now)?.transaction ?? payment;
    case "pay": {
      const made = hasReference(payment) ? pay(payment, step.amount, now) : { kind: "unknown" as const };
      return made.kind === "paid" ? made.change.transaction : payment;
    }
    case "capture":
      return capture(payment, asked(step.amount), now).transaction;
    case "charge":
      return charge(payment, asked(step.amount), now).transaction;
    case "card": {
      const presented = present(CARD, null, now);
      const made = payByCard(payment, { method: "CARD", presented, token: null, requiresCustomer: true }, DRAWN, now);
      return made.kind === "done" ? (made.change?.transaction ?? payment) : payment;
    }
    case "pass": {
      const wanted = isWanted(payment, "THREEDS_CHALLENGE", now);
      return wanted ? endAction(payment, "passed", now).transaction : payment;
    }
    case "continue": {
      const made = proceed(payment, { method: "CARD", ...ACTION }, DRAWN, now);
      return made.kind === "done" ? (made.change?.transaction ?? payment) : payment;
    }
    case "refund":
      return refund(payment, asked(step.amount), now).transaction;
    case "cancel":
      return cancel(payment, asked(step.amount), now).transaction;
    default:
      return timePassed(payment, now)?.transaction ?? payment;
  }
}

const step = fc.record({
  do: fc.constantFrom(
    "purchase",
    "generate",
    "approve",
    "decline",
    "pay",
    "card",
    "card",
    "pass",
    "continue",
    "continue",
    "capture",
    "capture",
    "refund",
    "refund",
    "cancel",
    "charge",
    "time",
  ),
  amount: fc.integer({ min: 1, max: 1_200 }).map(cents),
  seconds: fc.integer({ min: 0, max: 400 }),
});

describe("money", () => {
  it("is never given back beyond what was paid, whatever anybody does in whatever order", () => {
    const run = fc.tuple(
      fc.integer({ min: 1, max: 600 }).map(cents),
      fc.constantFrom("PURS" as const, "AUTH" as const),
      fc.array(step, { maxLength: 30 }),
    );
    fc.assert(
      fc.property(run, ([amount, paymentType, steps]) => {
        let payment = checkout(amount, paymentType);
        let now = START;
        let seenCaptured = 0;
        for (const next of steps) {
          now = new Date(now.getTime() + next.seconds * 1_000);
          payment = after(payment, next, now);
          const { authorized, captured, released, refunded } = payment.sums;
          expect(captured + released).toBeLessThanOrEqual(authorized);
          expect(refunded).toBeLessThanOrEqual(captured);
          expect(authorized).toBeLessThanOrEqual(payment.reference === null ? amount : amount * 2);
          // captured for good, and more only of what was held
          expect(captured).toBeGreaterThanOrEqual(seenCaptured);
          if (seenCaptured > 0 && paymentType === "PURS") expect(captured).toBe(seenCaptured);
          seenCaptured = captured;
          if (captured > 0) expect(payment.outcome).toBe("approved");
        }
      }),
      { numRuns: 3_000 },
    );
  });
});
