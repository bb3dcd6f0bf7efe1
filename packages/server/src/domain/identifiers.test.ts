import { systemChance } from "@caravela/platform/chance";
import { cents } from "@caravela/sibs/money";
import type { Phone } from "@caravela/sibs/phone";
import { describe, expect, expectTypeOf, it } from "vitest";
import type { SibsPort } from "../sibs/port.ts";
import type { MandateStore } from "../storage/mandates.ts";
import type { PaymentStore } from "../storage/payments.ts";
import {
  type AttemptId,
  asApiKeyId,
  asApprovalId,
  asEndpointId,
  asEventId,
  asMandateId,
  asOperationId,
  asOperatorId,
  asPasskeyId,
  asPaymentId,
  asPlanId,
  asSavedCardId,
  asSessionId,
  asViewId,
  type MandateId,
  type OperationId,
  ownId,
  type PaymentId,
  type RefundId,
} from "./identifiers.ts";
import type { Fact } from "./payment/facts.ts";
import { askedOfAttempt } from "./payment/hear.ts";
import { sendOperation } from "./payment/operate.ts";
import type { Payment } from "./payment/state.ts";
import { at, PHONE, paymentAfter, TEN } from "./payment/testing/builders.ts";
import { pausePlan } from "./plan/begin.ts";
import type { PlannedMandate } from "./plan/state.ts";

/** What begins so is of this kind alone. */
const READERS = {
  pay: asPaymentId,
  cap: asOperationId,
  can: asOperationId,
  rfd: asOperationId,
  tok: asSavedCardId,
  man: asMandateId,
  plan: asPlanId,
  evt: asEventId,
  ep: asEndpointId,
  key: asApiKeyId,
  apr: asApprovalId,
  op: asOperatorId,
  pky: asPasskeyId,
  ses: asSessionId,
  view: asViewId,
};

describe("an identifier that comes from outside", () => {
  it.each(Object.entries(READERS))("beginning with %s is read by the one of its kind", (prefix, read) => {
    const made = systemChance.id(prefix);
    expect(read(made)).toBe(made);
    expect(ownId(made)).toBe(made);
    const others = Object.values(READERS).filter((other) => other !== read);
    expect(others.map((other) => other(made))).toEqual(others.map(() => null));
  });

  it.each([
    "",
    "pay_",
    "pay_1",
    "PAY_12345678901234567890",
    "pay_1234567890123456789\u0000",
    "pay_12345678901234567890.2",
    "att_12345678901234567890",
  ])("is none of ours: %j", (text) => expect(asPaymentId(text)).toBeNull());
});

it("is new of the kind that was asked for", () => {
  const { id } = at(TEN);
  expectTypeOf(id("pay")).toEqualTypeOf<PaymentId>();
  expectTypeOf(id("rfd")).toEqualTypeOf<RefundId>();
  expectTypeOf(systemChance.id("att")).toEqualTypeOf<AttemptId>();
});

describe("of another kind than is wanted", () => {
  it("does not compile", () => {
    const wrong = (ids: { payment: PaymentId; attempt: AttemptId; refund: OperationId; mandate: MandateId }) => {
      const [payment, given] = [paymentAfter([]), at(TEN)] as const;
      const mandate = {} as PlannedMandate;
      const fellBack = { kind: "attempt_fell_back", at: TEN, expiresAt: TEN } as const;
      return [
        // @ts-expect-error an attempt's where a payment's is wanted
        { ...payment, id: ids.attempt } satisfies Payment,
        // @ts-expect-error a payment's where an attempt's is wanted
        askedOfAttempt(payment, ids.payment, "Pending", given),
        // @ts-expect-error an attempt's where an operation's is wanted
        sendOperation(payment, ids.attempt, given),
        // @ts-expect-error a mandate's where a plan's is wanted
        pausePlan(mandate, ids.mandate, given),
        // @ts-expect-error any text
        askedOfAttempt(payment, String(payment.reference), "Pending", given),
        // @ts-expect-error a phone
        askedOfAttempt(payment, PHONE, "Pending", given),
        // @ts-expect-error a phone that nobody has read
        { ...fellBack, attempt: ids.attempt, phone: "919 999 999" } satisfies Fact,
        // @ts-expect-error an identifier for a phone
        { ...fellBack, attempt: ids.attempt, phone: ids.attempt } satisfies Fact,
        // @ts-expect-error the other way round
        { kind: "operation_requested", at: TEN, operation: ids.attempt, attempt: ids.refund } satisfies Partial<Fact>,
        // @ts-expect-error a fact of an operation under the id of the payment
        { kind: "operation_sent", at: TEN, operation: ids.payment } satisfies Fact,
      ];
    };
    expectTypeOf(wrong).toBeFunction();
  });

  it("does not compile where it is looked for, nor where SIBS is asked", () => {
    const wrong = (
      ids: { payment: PaymentId; attempt: AttemptId; refund: RefundId },
      { payments, mandates }: { payments: PaymentStore; mandates: MandateStore },
      sibs: SibsPort,
    ) => [
      // @ts-expect-error an attempt's where a payment is looked for
      payments.load(ids.attempt),
      // @ts-expect-error a payment's where a mandate is looked for
      mandates.load(ids.payment),
      // @ts-expect-error text that nobody has read
      payments.load("1234"),
      // @ts-expect-error SIBS is never sent a payment's
      sibs.statusByOwnId(ids.payment),
      // @ts-expect-error a refund under its attempt's
      sibs.operate("refund", "s2", { merchantTransactionId: ids.attempt, amount: cents(1), description: "" }),
      // @ts-expect-error a phone that nobody has read
      sibs.chargePhone({ transactionId: "s2", signature: "s" }, "919999999"),
    ];
    expectTypeOf(wrong).toBeFunction();
    expectTypeOf<PaymentStore["load"]>().toBeCallableWith("pay_1");
    expectTypeOf<SibsPort["statusByOwnId"]>().toBeCallableWith("att_1.2");
  });

  it("is no part of another", () => {
    expectTypeOf<PaymentId>().not.toExtend<AttemptId>();
    expectTypeOf<Phone>().not.toExtend<PaymentId>();
  });
});
