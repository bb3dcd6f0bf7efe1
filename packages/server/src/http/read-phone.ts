import { type Phone, type PhoneProblem, parsePhone } from "@caravela/sibs/phone";
import { problem } from "./problems.ts";

/** Reads a phone as people type it. @throws Problem 422 with the reason. */
export function readPhone(typed: string): Phone {
  const parsed = parsePhone(typed);
  if (parsed.ok) return parsed.phone;
  throw problem("not_possible", PHONE_REMEDIES[parsed.reason], { field: "/phone" });
}

const PHONE_REMEDIES: Readonly<Record<PhoneProblem, string>> = {
  empty: "Send the customer's mobile number in `phone`.",
  not_digits: "A phone has digits only; send it as 912345678 or +351912345678.",
  foreign: "MB WAY works with Portuguese numbers; send one that begins with +351, or nine digits.",
  not_mobile: "This is no Portuguese mobile number: those begin with 91, 92, 93, 96 or 9480.",
  too_short: "The number is too short: a Portuguese mobile number has nine digits.",
  too_long: "The number is too long: a Portuguese mobile number has nine digits.",
};
