import { cents } from "@caravela/sibs/money";
import { expect, it } from "vitest";
import { apply, begin } from "../domain/apply.ts";
import type { Fact } from "../domain/facts.ts";
import type { NewPayment, Payment } from "../domain/payment.ts";
import { failure } from "../domain/report.ts";
import { HOUR, SECOND } from "../domain/time.ts";
import { viewOf } from "./view-of.ts";

const START = Date.parse("2026-11-22T10:00:00Z");

/** A payment of 5.50 € after what happened to it. */
function payment(facts: readonly Fact[] = [], changes: Partial<NewPayment> = {}): Payment {
  const wanted: NewPayment = {
    id: "pay_1",
    payToken: "token",
    reference: "order-17",
    amount: cents(550),
    currency: "EUR",
    description: null,
    methods: ["mbway", "multibanco"],
    capture: "automatic",
    latePayments: "refund",
    customer: null,
    metadata: {},
    returnUrl: null,
    expiresAt: START + HOUR,
    ...changes,
  };
  return facts.reduce(apply, begin(wanted, START));
}

const show = (state: Payment, now: number) => viewOf(state, { now, lang: "en", merchantName: "Loja do Cais" });
const screen = (state: Payment, now = START) => show(state, now).screen;

const prepared: Fact = {
  kind: "attempt_prepared",
  at: START,
  attempt: "att_1",
  method: "mbway",
  phone: "351#919999999",
};

it("is expired for the customer from the very moment, also while the row still says open", () => {
  expect(screen(payment(), START + HOUR - 1).kind).toBe("choose");
  expect(screen(payment(), START + HOUR).kind).toBe("expired");
});

it("does not offer to choose while an attempt is being prepared, and does again when it got stuck", () => {
  const state = payment([prepared]);
  expect(screen(state, START + 1)).toEqual({ kind: "unconfirmed", method: "mbway" });
  expect(screen(state, START + 10 * SECOND).kind).toBe("choose");
});

it("shows how the attempt that ended last has ended, whichever began last", () => {
  const second: Fact = { ...prepared, attempt: "att_2", at: START + 1 };
  const ended = (attempt: string, at: number, reason: "not_sent" | "declined_by_customer"): Fact => ({
    ...{ kind: "attempt_ended", at, attempt, status: "declined", failure: failure(reason) },
  });
  const state = payment([
    prepared,
    second,
    ended("att_2", START + 2, "not_sent"),
    ended("att_1", START + 3, "declined_by_customer"),
  ]);
  expect(screen(state, START + 20 * SECOND)).toEqual({ kind: "declined", reason: "refused", phone: "351#*****9999" });
});

it("begins with the phone that the shop told, where it is one that MB WAY takes", () => {
  const told = (phone: string | null) => {
    const customer = {
      id: null,
      name: null,
      email: null,
      billingAddress: null,
      shippingAddress: null,
      signedIn: false,
    };
    return show(payment([], { customer: { ...customer, phone } }), START).phone;
  };
  expect(told("+351 919999999")).toBe("919 999 999");
  expect(told("212345678")).toBeNull();
  expect(told(null)).toBeNull();
  expect(show(payment(), START).phone).toBeNull();
});

it("counts the attempts that a press must have seen, and keeps the shop's own query on the way back", () => {
  const state = payment([prepared], { returnUrl: "https://shop.example/back?order=17&status=?" });
  const { request, returnUrl } = show(state, START);
  expect(request).toBe("1");
  expect(returnUrl).toBe("https://shop.example/back?order=17&status=open&payment=pay_1");
});
