import { expect, it } from "vitest";
import { MINUTE, paymentAfter, TEN } from "../../domain/payment/testing/builders.ts";
import { signedInCustomer } from "./signed-in.ts";

const ANA = { id: "c-ana", name: null, email: null, phone: null, billingAddress: null, shippingAddress: null };

it("is whom the shop called signed in, for half an hour and no longer", () => {
  const signedIn = paymentAfter([], { customer: { ...ANA, signedIn: true } });
  expect(signedInCustomer(signedIn, TEN)).toBe("c-ana");
  expect(signedInCustomer(signedIn, TEN + 30 * MINUTE - 1)).toBe("c-ana");
  expect(signedInCustomer(signedIn, TEN + 30 * MINUTE)).toBeNull();
  expect(signedInCustomer(paymentAfter([], { customer: { ...ANA, signedIn: false } }), TEN)).toBeNull();
  expect(signedInCustomer(paymentAfter([]), TEN)).toBeNull();
});
