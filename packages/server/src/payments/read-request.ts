import { cents } from "@caravela/sibs/money";
import type { Static } from "typebox";
import type { AskedAttempt } from "../attempts/begin.ts";
import type { TerminalId } from "../domain/identifiers.ts";
import { isMethod, METHODS, type Method, NAMED } from "../domain/methods/index.ts";
import type { Payment } from "../domain/payment/state.ts";
import { DAY, type Instant } from "../domain/time.ts";
import { problem } from "../http/problems.ts";
import { readParts } from "../http/read-parts.ts";
import { localeSaid, said, wordOf } from "../http/said.ts";
import { readSavedCardId } from "./charge-saved-card.ts";
import type { AskedPayment } from "./create-payment.ts";
import { readerOf } from "./methods/index.ts";
import type { ReadsAttempts } from "./methods/types.ts";
import { readCustomer } from "./read-customer.ts";
import type { attemptBody, createBody } from "./schemas.ts";

/** SIBS's references may last two months (reference 3.2); nothing is gained by waiting much longer. */
const LONGEST_LIFE = 90 * DAY;

/** Reads the body of a new payment. @throws Problem 422 naming each field that is right in shape but not possible. */
export function readCreate(
  body: Static<typeof createBody>,
  now: Instant,
  choose: (named: string | null) => TerminalId,
): AskedPayment {
  const isCustomerNamed = said(body.customer?.id) !== null;
  const { charge, ...read } = readParts({
    terminal: () => choose(said(body.terminal)),
    methods: () => readMethods(body.methods ?? null),
    expiresAt: () => readExpiry(body.expiresAt ?? null, now),
    customer: () => readCustomer(body.customer),
    saveCard: () => readSaveCard(body.saveCard ?? false, isCustomerNamed),
    mandates: () => readMandates(body.mandates ?? [], isCustomerNamed),
    charge: () => readCharge(body, isCustomerNamed),
    locale: () => localeSaid(body.locale),
  });
  return {
    ...read,
    ...charge,
    amount: cents(body.amount),
    reference: body.reference,
    description: wordOf(body.description),
    capture: body.capture ?? "automatic",
    latePayments: body.latePayments ?? "refund",
    overlap: body.overlap ?? "refuse",
    metadata: body.metadata ?? {},
    returnUrl: said(body.returnUrl),
    cancelUrl: said(body.cancelUrl),
    items: body.items ?? [],
  };
}

function readMethods(words: readonly string[] | null): readonly Method[] | null {
  if (words === null) return null;
  const readers = words.map((word, place) => [`${place}`, () => readOffered(word, `/methods/${place}`)] as const);
  return Object.values(readParts(Object.fromEntries(readers)));
}

function readSaveCard(saveCard: boolean, isCustomerNamed: boolean): boolean {
  if (saveCard && !isCustomerNamed) needsCustomer("/saveCard");
  return saveCard;
}

/** A charge of a saved card by the merchant: it needs to say whose card. */
function readCharge(
  body: Static<typeof createBody>,
  isCustomerNamed: boolean,
): Pick<AskedPayment, "token" | "initiator"> {
  const token = body.token ?? null;
  const initiator = body.initiator ?? "customer";
  if (initiator === "merchant" && token === null) {
    throw problem("not_possible", "Say in `token` which saved card is charged.", { field: "/token" });
  }
  if (token !== null && !isCustomerNamed) needsCustomer("/token");
  return { token: token === null ? null : readSavedCardId(token), initiator };
}

function readMandates(mandates: readonly string[], isCustomerNamed: boolean): readonly string[] {
  if (mandates.length === 0 || isCustomerNamed) return mandates;
  throw problem("not_possible", "Say in `customer.id` whose they are.", { field: "/mandates" });
}

function needsCustomer(field: string): never {
  throw problem("not_possible", "Say in `customer.id` whose card it is.", { field });
}

function readOffered(word: string, field: string): Method {
  const method = NAMED.find((one) => one === word);
  if (method !== undefined) return method;
  throw problem("method_not_served", `This is not served; use ${NAMED.join(", ")}.`, { field });
}

export function readMethod(word: string, field: string): Method {
  if (isMethod(word)) return word;
  throw problem("method_not_served", `This is not served; use ${METHODS.join(" or ")}.`, { field });
}

function readExpiry(text: string | null, now: Instant): Instant | null {
  if (text === null) return null;
  const at = Date.parse(text);
  if (at > now && at <= now + LONGEST_LIFE) return at;
  throw problem("not_possible", "`expiresAt` must lie ahead, by 90 days at most.", { field: "/expiresAt" });
}

/** Reads the body of a new attempt. @throws Problem 422 naming each field at fault. */
export function readAttempt(body: Static<typeof attemptBody>, payment: Payment, ports: ReadsAttempts): AskedAttempt {
  const method = readMethod(body.method, "/method");
  const { asked } = readParts({
    nothingElse: () => refuseStray(body, method),
    asked: () => readerOf(method).read(body, payment, ports),
  });
  return asked;
}

/**
 * A member of another method would be overlooked: whoever sent it meant something by it.
 * @throws Problem 422 naming each.
 */
function refuseStray(body: Static<typeof attemptBody>, method: Method): void {
  const given = Object.entries(body).filter(([, value]) => value !== null && value !== undefined);
  const stray = given
    .map(([name]) => name)
    .filter((name) => name !== "method" && !readerOf(method).takes.includes(name));
  const refuse = (name: string) => (): never => {
    throw problem("not_possible", `It has no place in an attempt by ${method}: leave it out.`, { field: `/${name}` });
  };
  readParts(Object.fromEntries(stray.map((name) => [name, refuse(name)])));
}
