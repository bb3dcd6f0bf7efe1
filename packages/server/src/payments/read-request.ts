import { httpProblems } from "@caravela/platform/problems";
import { cents } from "@caravela/sibs/money";
import { type PhoneProblem, parsePhone } from "@caravela/sibs/phone";
import type { Static } from "typebox";
import type { StartAttempt } from "../domain/attempts.ts";
import { isMethod, METHODS, type Method } from "../domain/methods/index.ts";
import type { Customer, Payment } from "../domain/payment.ts";
import { DAY, type Instant } from "../domain/time.ts";
import { problem } from "../http/problems.ts";
import type { CreatePayment } from "./create-payment.ts";
import type { attemptBody, cancelBody, createBody } from "./schemas.ts";

/** SIBS's references may last two months (reference 3.2); nothing is gained by waiting much longer. */
const LONGEST_LIFE = 90 * DAY;

/** Reads the body of a new payment. @throws Problem 422 naming the field that is right in shape but not possible. */
export function readCreate(body: Static<typeof createBody>, now: Instant): CreatePayment {
  if (body.capture === "manual") notServed("capture", "Leave it out, or send `automatic`.");
  refuseNotServed(body, ["saveCard", "token", "initiator"]);
  return {
    amount: cents(body.amount),
    reference: body.reference,
    description: body.description ?? null,
    methods: body.methods?.map((word, place) => readMethod(word, `/methods/${place}`)) ?? null,
    latePayments: body.latePayments ?? "refund",
    customer: readCustomer(body.customer ?? null),
    metadata: body.metadata ?? {},
    returnUrl: body.returnUrl ?? null,
    expiresAt: readExpiry(body.expiresAt ?? null, now),
  };
}

/** What a later version will take is refused by name, so that nobody believes it was done. */
function refuseNotServed(body: object, members: readonly string[]): void {
  for (const [member, value] of Object.entries(body)) {
    if (members.includes(member) && value !== null && value !== false) notServed(member, "Leave it out.");
  }
}

function notServed(member: string, remedy: string): never {
  throw problem("not_served", `\`${member}\` is not served. ${remedy}`, { field: `/${member}` });
}

function readMethod(word: string, field: string): Method {
  if (isMethod(word)) return word;
  throw problem("method_not_served", `\`${word.slice(0, 20)}\` is not served; use ${METHODS.join(" or ")}.`, { field });
}

function readExpiry(text: string | null, now: Instant): Instant | null {
  if (text === null) return null;
  const at = Date.parse(text);
  if (at > now && at <= now + LONGEST_LIFE) return at;
  throw problem("not_possible", "`expiresAt` must lie ahead, by 90 days at most.", { field: "/expiresAt" });
}

function readCustomer(customer: Static<typeof createBody>["customer"] | null): Customer | null {
  if (customer === null || customer === undefined) return null;
  return {
    id: customer.id ?? null,
    name: customer.name ?? null,
    email: customer.email ?? null,
    phone: customer.phone ?? null,
    billingAddress: readAddress(customer.billingAddress),
    shippingAddress: readAddress(customer.shippingAddress),
    signedIn: customer.signedIn ?? false,
  };
}

function readAddress(address: NonNullable<Static<typeof createBody>["customer"]>["billingAddress"]) {
  return address === null || address === undefined ? null : { ...address, street2: address.street2 ?? null };
}

/** Reads the body of a new attempt. @throws Problem 400 where `phone` is missing, else 422 naming the field. */
export function readAttempt(body: Static<typeof attemptBody>): StartAttempt {
  const method = readMethod(body.method, "/method");
  refuseNotServed(body, ["card", "browser", "token", "secureCode", "mandate"]);
  if (method !== "mbway") return { method, phone: null };
  const phone = body.phone ?? null;
  if (phone === null) throw httpProblems.invalidRequest([{ field: "/phone", message: "is missing" }]);
  return { method, phone: readPhone(phone) };
}

/** Reads what is to be canceled. @throws Problem 422 where it is not the whole: a part can be released of a hold alone. */
export function readCancel(body: Static<typeof cancelBody>, payment: Payment): void {
  const part = body?.amount ?? null;
  if (part === null || part === payment.amount) return;
  throw problem("not_possible", "This payment can be canceled as a whole only: leave the amount out.", {
    field: "/amount",
  });
}

/** Reads a phone as people type it. @throws Problem 422 with the reason. */
export function readPhone(typed: string): string {
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
