import { cents } from "@caravela/sibs/money";
import { describe, expect, it } from "vitest";
import { CUSTOMER } from "../../domain/by.ts";
import { failure } from "../../domain/failure.ts";
import type { AttemptId } from "../../domain/identifiers.ts";
import { apply } from "../../domain/payment/apply.ts";
import { BY_CUSTOMER } from "../../domain/payment/begin.ts";
import { after } from "../../domain/payment/decision.ts";
import type { Fact } from "../../domain/payment/facts.ts";
import { recorded } from "../../domain/payment/record.ts";
import type { NewPayment, Payment } from "../../domain/payment/state.ts";
import { newPayment, PHONE } from "../../domain/payment/testing/builders.ts";
import { HOUR, MINUTE, SECOND } from "../../domain/time.ts";
import { shopCalled } from "../../shop/shop.ts";
import { viewOf } from "./view-of.ts";

const START = Date.parse("2026-11-22T10:00:00Z");

/** A payment of 5.50 € after what happened to it. */
function payment(facts: readonly Fact[] = [], changes: Partial<NewPayment> = {}): Payment {
  const created: Fact = {
    kind: "payment_created",
    at: START,
    payment: newPayment({ expiresAt: START + HOUR, ...changes }),
  };
  return after(apply(null, recorded(null, created, CUSTOMER)), facts);
}

const show = (state: Payment, now: number, more: Partial<Parameters<typeof viewOf>[1]> = {}) =>
  viewOf(state, { now, lang: "en", shop: shopCalled("Loja do Cais"), publicUrl: "https://pay.example", ...more });
const screen = (state: Payment, now = START) => show(state, now).screen;

const prepared = {
  kind: "attempt_prepared",
  at: START,
  attempt: "att_1",
  ...BY_CUSTOMER,
  method: "mbway",
  phone: PHONE,
} satisfies Fact;

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
  const ended = (attempt: AttemptId, at: number, reason: "not_sent" | "declined_by_customer"): Fact => ({
    kind: "attempt_ended",
    at,
    attempt,
    status: "declined",
    failure: failure(reason),
  });
  const state = payment([
    prepared,
    second,
    ended("att_2", START + 2, "not_sent"),
    ended("att_1", START + 3, "declined_by_customer"),
  ]);
  expect(screen(state, START + 20 * SECOND)).toEqual({ kind: "declined", reason: "refused", phone: "351#*****9999" });
  expect([show(payment(), START).tried, show(state, START + 20 * SECOND).tried]).toEqual([null, "mbway"]);
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

const byCard = (id: AttemptId = "att_1"): Fact => ({
  kind: "attempt_prepared",
  at: START,
  attempt: id,
  ...BY_CUSTOMER,
  method: "card",
  card: { brand: "visa", firstSix: "411111", lastFour: "1111", expiry: null },
});
const submitted: Fact = {
  kind: "attempt_submitted",
  at: START,
  attempt: "att_1",
  transactionId: "s2",
  merchantTransactionId: "att_1",
  checkoutExpiresAt: START + HOUR,
  expiresAt: null,
};
const asks = (type: "3ds_method" | "3ds_challenge"): Fact => ({
  kind: "attempt_action_required",
  at: START,
  attempt: "att_1",
  action: { id: "a&1", type, url: "https://acs.example/x", fields: { creq: "e30" }, expiresAt: START + 5 * MINUTE },
});
const cards = { methods: ["card", "mbway"] } as const;

it("says one moment while a card is on its way, and what the issuer wants of the browser with our way back in it", () => {
  expect(screen(payment([byCard()], cards))).toEqual({ kind: "card_moment", action: null });
  expect(screen(payment([byCard(), submitted], cards))).toEqual({ kind: "card_moment", action: null });
  const action = {
    id: "a&1",
    url: "https://acs.example/x",
    fields: { creq: "e30", returnUrl: "https://pay.example/pay/token/return?action=a%261" },
  };
  expect(screen(payment([byCard(), submitted, asks("3ds_method")], cards))).toEqual({ kind: "card_moment", action });
  const challenged = payment([byCard(), submitted, asks("3ds_challenge")], cards);
  expect(screen(challenged, START + MINUTE)).toEqual({ kind: "card_challenge", action, secondsLeft: 240 });
});

it.each([
  ["insufficient_funds", "card_no_funds"],
  ["card_refused", "card_refused"],
  ["card_expired", "card_expired"],
  ["wrong_code", "card_wrong_code"],
  ["issuer_unavailable", "card_issuer_unavailable"],
  ["authentication_failed", "card_not_authenticated"],
  ["not_answered", "card_not_answered"],
] as const)("says of a card that ended by %s: %s", (reason, shown) => {
  const ended: Fact = {
    kind: "attempt_ended",
    at: START,
    attempt: "att_1",
    status: "declined",
    failure: failure(reason),
  };
  const state = payment([byCard(), submitted, ended], cards);
  expect(screen(state)).toEqual({ kind: "declined", reason: shown, phone: null });
});

it("reproaches nobody who turned away from the bank, and says so of whoever could not be confirmed", () => {
  const done = (executed: boolean): Fact => ({
    kind: "attempt_action_done",
    at: START,
    attempt: "att_1",
    action: "a&1",
    executed,
  });
  const ended: Fact = {
    kind: "attempt_ended",
    at: START,
    attempt: "att_1",
    status: "declined",
    failure: failure("authentication_failed"),
  };
  const challenge = [byCard(), submitted, asks("3ds_challenge")];
  expect(screen(payment([...challenge, done(false), ended], cards))).toEqual({ kind: "choose" });
  const failed = { kind: "declined", reason: "card_not_authenticated", phone: null };
  expect(screen(payment([...challenge, done(true), ended], cards))).toEqual(failed);
  const unseen = [byCard(), submitted, asks("3ds_method"), done(false), asks("3ds_challenge"), done(true), ended];
  expect(screen(payment(unseen, cards))).toEqual(failed);
});

it("shows a reference until its last second, and from then on that its time has ended, without a figure of it", () => {
  const endsAt = START + HOUR;
  const reference = { entity: "24000", reference: "123456789", amount: cents(550), expiresAt: endsAt };
  const state = payment([
    { kind: "attempt_prepared", at: START, attempt: "att_1", ...BY_CUSTOMER, method: "multibanco" },
    submitted,
    { kind: "attempt_pending", at: START, attempt: "att_1", reference },
  ]);
  const last = screen(state, endsAt - 1);
  expect(last).toMatchObject({ kind: "reference", reference: "123456789", secondsLeft: 1 });
  for (const now of [endsAt, endsAt + 5 * MINUTE, endsAt + HOUR - 1]) {
    expect(screen(state, now)).toEqual({ kind: "reference_over", endsAt: new Date(endsAt).toISOString() });
  }
  expect(JSON.stringify(show(state, endsAt))).not.toMatch(/123456789|24000/);
});

it("asks of a card's owner only what the shop did not say, and names countries only where it asks an address", () => {
  const customer = { id: null, email: null, phone: null, shippingAddress: null, signedIn: false };
  const billingAddress = { street1: "Rua 1", street2: null, city: "Lisboa", postcode: "1200-999", country: "PT" };
  const known = payment([], { ...cards, customer: { ...customer, name: "Ana", billingAddress } });
  expect(show(known, START).card).toEqual({ asks: ["email"], countries: [], canBeKept: false, saved: [] });
  const unknown = show(payment([], cards), START).card;
  expect(unknown?.asks).toEqual(["name", "email", "billingAddress"]);
  expect(unknown?.countries).toContainEqual({ code: "PT", name: "Portugal" });
  expect(show(payment(), START).card).toBeNull();
});

it("asks nothing of a card's owner where the terminal needs nobody named", () => {
  const terminal = { limits: {}, requiresCustomer: false };
  expect(show(payment([], cards), START, { terminal }).card).toMatchObject({ asks: [], countries: [] });
});

it("offers what pays the amount, to the cent, and says what the others pay", () => {
  const limits = { mbway: { least: null, most: cents(550) }, multibanco: { least: cents(551), most: null } };
  const at = (amount: number) =>
    show(payment([], { amount: cents(amount) }), START, { terminal: { limits, requiresCustomer: true } });
  expect(at(550)).toMatchObject({ methods: ["mbway"], outOfReach: [{ method: "multibanco", least: 551, most: null }] });
  expect(at(551)).toMatchObject({ methods: ["multibanco"], outOfReach: [{ method: "mbway", least: null, most: 550 }] });
});

it("leads back to where the shop wants those who do not pay, and once it is paid to where those who do", () => {
  const addresses = { returnUrl: "https://shop.example/thanks", cancelUrl: "https://shop.example/basket" };
  const open = show(payment([], addresses), START);
  expect(open.back).toBe("https://shop.example/basket?payment=pay_1&status=open");
  expect(open.returnUrl).toBe("https://shop.example/thanks?payment=pay_1&status=open");
  // what was begun may be paid yet: nobody is sent to where one begins anew
  const asked = payment([prepared, submitted], addresses);
  for (const begun of [
    payment([prepared], addresses),
    asked,
    after(asked, [{ kind: "attempt_in_doubt", at: START, attempt: "att_1" }]),
  ])
    expect(show(begun, START + 1).back).toMatch(/thanks/);
  const paid: Fact = {
    kind: "attempt_approved",
    at: START,
    attempt: "att_1",
    for: "payment",
    amount: cents(550),
    hold: false,
    reference: null,
  };
  expect(show(payment([byCard(), submitted, paid], { ...cards, ...addresses }), START).back).toMatch(/thanks/);
  expect(show(payment([], { cancelUrl: addresses.cancelUrl }), START).returnUrl).toBeNull();
});

it("has whatever a page reads that was opened before the server was replaced", () => {
  const ofTheVersionBefore = {
    lang: "en",
    path: expect.stringMatching(/^\/pay\//),
    version: expect.any(Number),
    request: "0",
    merchant: "Loja do Cais",
    amount: 550,
    methods: ["mbway", "multibanco"],
    mandates: [],
    mandateGone: false,
  };
  const view = show(payment(), START);
  expect(view).toMatchObject(ofTheVersionBefore);
  const others = [
    "description",
    "reference",
    "phone",
    "typed",
    "card",
    "cardTyped",
    "phoneRests",
    "returnUrl",
    "askShop",
  ];
  expect(Object.keys(view)).toEqual(expect.arrayContaining([...others, "screen"]));
});

it("counts the attempts that a press must have seen, and keeps the shop's own query on the way back", () => {
  const state = payment([prepared], { returnUrl: "https://shop.example/back?order=17&status=?" });
  const { request, returnUrl, back } = show(state, START);
  expect(request).toBe("1");
  expect(returnUrl).toBe("https://shop.example/back?order=17&status=?&payment=pay_1&status=open");
  expect(back).toBe(returnUrl);
});

it("begins an address in the country of the customer's browser, and shows what is bought", () => {
  const items = [{ name: "Mug", quantity: 2, amount: cents(550) }];
  const state = payment([], { items });
  expect(show(state, START)).toMatchObject({ items, country: "PT" });
  const at = { now: START, lang: "en", shop: shopCalled("Loja do Cais"), publicUrl: "https://pay.example" } as const;
  expect(viewOf(state, { ...at, languages: ["fr-CH", "fr"] }).country).toBe("CH");
});

describe("once SIBS has notified that money moved, however long it takes to confirm it,", () => {
  const notified: Fact = {
    kind: "attempt_notified",
    at: START + MINUTE,
    attempt: "att_1",
    notification: "n1",
    success: true,
    paid: true,
  };

  it.each([
    ["mbway", PHONE, null, "mbway_waiting"],
    [
      "multibanco",
      null,
      { entity: "12345", reference: "999999990", amount: cents(550), expiresAt: START + HOUR },
      "reference",
    ],
  ] as const)("a customer is not told any more how to pay by %s", (method, phone, reference, before) => {
    const facts: readonly Fact[] = [
      { ...prepared, method, phone },
      { ...submitted, expiresAt: START + HOUR },
      { kind: "attempt_pending", at: START, attempt: "att_1", reference },
    ];
    expect(screen(payment(facts), START + MINUTE).kind).toBe(before);
    const state = payment([...facts, notified]);
    for (const at of [START + MINUTE, START + 2 * HOUR])
      expect(screen(state, at)).toEqual({ kind: "unconfirmed", method });
  });

  it("a card's one moment lasts until SIBS has answered too, or is late beyond reason", () => {
    const facts: readonly Fact[] = [
      { ...prepared, method: "card", phone: null },
      { ...submitted, expiresAt: null },
    ];
    const moment = { kind: "card_moment", action: null };
    expect(screen(payment(facts), START + 1)).toEqual(moment);
    const soon = { ...notified, at: START + SECOND };
    expect(screen(payment([...facts, soon]), START + 2 * SECOND)).toEqual(moment);
    const late: Fact = { kind: "attempt_in_doubt", at: START + MINUTE, attempt: "att_1" };
    const unconfirmed = { kind: "unconfirmed", method: "card" };
    expect(screen(payment([...facts, soon]), START + MINUTE)).toEqual(unconfirmed);
    expect(screen(payment([...facts, notified, late]), START + MINUTE)).toEqual(unconfirmed);
    expect(screen(payment([...facts, late, notified]), START + MINUTE)).toEqual(unconfirmed);
  });
});
