import { Problem } from "@caravela/platform/problems";
import { PAGE_LANGS } from "@caravela/web/lang";
import { expect, it } from "vitest";
import { LOCALES } from "../domain/locale.ts";
import { newPayment, paymentAfter } from "../domain/payment/testing/builders.ts";
import { readAttempt, readCreate } from "./read-request.ts";

const NOW = Date.parse("2026-11-28T10:00:00Z");
const ORDER = { amount: 550, currency: "EUR", reference: "order-17" } as const;

const NO_TERMINALS = { of: () => null, idOf: () => "52221" as const };
const FIRST = () => "52221" as const;

/** Status and the fields at fault. */
function refusal(read: () => unknown): [number, string[]] {
  try {
    read();
  } catch (error) {
    if (error instanceof Problem) return [error.status, error.errors.map(({ field }) => field)];
    throw error;
  }
  throw new Error("nothing was wrong with it");
}

it("tells all that is not possible in a payment at once", () => {
  const body = { ...ORDER, methods: ["cash", "mbway", "gold"], expiresAt: "2020-01-01T00:00:00Z", saveCard: true };
  const wrong = { ...body, initiator: "merchant" as const, mandates: ["man_1"] };
  const fields = ["/methods/0", "/methods/2", "/expiresAt", "/saveCard", "/mandates", "/token"];
  expect(refusal(() => readCreate(wrong, NOW, FIRST))).toEqual([422, fields]);
  const halfAddress = { billingAddress: { city: "Lisboa" } };
  expect(refusal(() => readCreate({ ...body, customer: halfAddress }, NOW, FIRST))).toEqual([
    400,
    [
      "/methods/0",
      "/methods/2",
      "/expiresAt",
      "/customer/billingAddress/street1",
      "/customer/billingAddress/country",
      "/customer/billingAddress/postcode",
      "/saveCard",
    ],
  ]);
});

it("tells all that is not possible in an attempt at once", () => {
  const payment = paymentAfter([], newPayment({ methods: ["mbway", "card"] }));
  const attempt = (body: Parameters<typeof readAttempt>[0]) =>
    refusal(() => readAttempt(body, payment, { clock: { now: () => new Date(NOW) }, terminals: NO_TERMINALS }));
  expect(attempt({ method: "mbway", phone: "12", token: "tok_1", secureCode: "123" })).toEqual([
    422,
    ["/token", "/secureCode", "/phone"],
  ]);
  expect(attempt({ method: "card", phone: "919999999", customer: { name: "Ana" } })).toEqual([
    400,
    ["/phone", "/card", "/customer/email", "/customer/billingAddress"],
  ]);
});

it("takes an address of nothing as none, whatever says nothing in it", () => {
  expect(readCreate({ ...ORDER, customer: { billingAddress: {} } }, NOW, FIRST).customer?.billingAddress).toBeNull();
  for (const nothing of ["", " ", null]) {
    const billingAddress = { street1: nothing, street2: nothing, city: nothing, postcode: nothing, country: nothing };
    expect(readCreate({ ...ORDER, customer: { billingAddress } }, NOW, FIRST).customer?.billingAddress).toBeNull();
  }
  expect(readCreate({ ...ORDER, returnUrl: " " }, NOW, FIRST).returnUrl).toBeNull();
  expect(readCreate({ ...ORDER, returnUrl: " https://shop.pt/?a=%zz " }, NOW, FIRST).returnUrl).toBe(
    "https://shop.pt/?a=%zz",
  );
});

it("takes each language that the pages are written in, however it is written, and no other", () => {
  const localeOf = (locale: string) => readCreate({ ...ORDER, locale }, NOW, FIRST).locale;
  for (const written of PAGE_LANGS.flatMap((lang) => [lang, `${lang}-XX`, `${lang.toUpperCase()}_xx `]))
    expect(localeOf(written)).toBe(written.slice(0, 2).toLowerCase());
  expect(LOCALES).toEqual(PAGE_LANGS);
  expect(refusal(() => localeOf("de"))).toEqual([422, ["/locale"]]);
});
