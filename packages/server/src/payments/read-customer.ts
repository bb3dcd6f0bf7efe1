import { httpProblems } from "@caravela/platform/problems";
import { hasNoPostcode } from "@caravela/sibs/card-data";
import type { Static } from "typebox";
import type { Address, Customer } from "../domain/payment/state.ts";
import { said, wordOf } from "../http/said.ts";
import type { createBody } from "./schemas.ts";

type AskedCustomer = Static<typeof createBody>["customer"];
type AskedAddress = NonNullable<AskedCustomer>["billingAddress"];

/**
 * Reads a payment's customer: what is blank is not said, and the blanks around a text are no part of it.
 * @throws Problem 400 for half an address.
 */
export function readCustomer(customer: AskedCustomer): Customer | null {
  if (customer === null || customer === undefined) return null;
  const { id, name, email, phone, billingAddress, shippingAddress, signedIn } = customer;
  return {
    id: wordOf(id),
    name: said(name),
    email: said(email),
    phone: said(phone),
    billingAddress: readAddress(billingAddress, "/customer/billingAddress"),
    shippingAddress: readAddress(shippingAddress, "/customer/shippingAddress"),
    signedIn: signedIn ?? false,
  };
}

/**
 * Reads an address. One that says nothing but its country is none: shops send it with whatever needs no address.
 * @throws Problem 400 naming what is missing.
 */
export function readAddress(asked: AskedAddress, field: string): Address | null {
  const { street1, street2, city, postcode } = asked ?? {};
  const country = said(asked?.country)?.toUpperCase() ?? null;
  const read = { street1: said(street1), street2: said(street2), city: said(city), postcode: said(postcode), country };
  if ([read.street1, read.street2, read.city, read.postcode].every((part) => part === null)) return null;
  const needed = ["street1", "city", "country", ...(hasNoPostcode(country ?? "") ? [] : ["postcode"])] as const;
  const missing = needed.filter((name) => read[name as keyof typeof read] === null);
  if (missing.length === 0) return read as Address;
  throw httpProblems.invalidRequest(missing.map((name) => ({ field: `${field}/${name}`, message: "is missing" })));
}
