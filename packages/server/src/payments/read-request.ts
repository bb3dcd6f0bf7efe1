import { httpProblems, Problem } from "@caravela/platform/problems";
import { cents } from "@caravela/sibs/money";
import type { Static } from "typebox";
import type { AskedAttempt } from "../attempts/begin.ts";
import type { Payer } from "../attempts/methods/types.ts";
import { payerOf } from "../attempts/terms.ts";
import { isMethod, METHODS, type Method, NAMED } from "../domain/methods/index.ts";
import { BY_CUSTOMER } from "../domain/payment/begin.ts";
import type { Payment } from "../domain/payment/state.ts";
import { DAY, type Instant } from "../domain/time.ts";
import { PROBLEMS } from "../http/problem-kinds.ts";
import { problem } from "../http/problems.ts";
import { readParts } from "../http/read-parts.ts";
import { readPhone } from "../http/read-phone.ts";
import { said, wordOf } from "../http/said.ts";
import type { CreatePayment } from "./create-payment.ts";
import { readBrowser, readCard, readSecureCode, summaryOf } from "./read-card.ts";
import { readAddress, readCustomer } from "./read-customer.ts";
import type { attemptBody, createBody } from "./schemas.ts";

/** SIBS's references may last two months (reference 3.2); nothing is gained by waiting much longer. */
const LONGEST_LIFE = 90 * DAY;

/** Reads the body of a new payment. @throws Problem 422 naming each field that is right in shape but not possible. */
export function readCreate(body: Static<typeof createBody>, now: Instant): CreatePayment {
  const isCustomerNamed = said(body.customer?.id) !== null;
  const { charge, ...read } = readParts({
    methods: () => readMethods(body.methods ?? null),
    expiresAt: () => readExpiry(body.expiresAt ?? null, now),
    customer: () => readCustomer(body.customer),
    saveCard: () => readSaveCard(body.saveCard ?? false, isCustomerNamed),
    mandates: () => readMandates(body.mandates ?? [], isCustomerNamed),
    charge: () => readCharge(body, isCustomerNamed),
  });
  return {
    ...read,
    ...charge,
    amount: cents(body.amount),
    reference: body.reference,
    description: wordOf(body.description),
    capture: body.capture ?? "automatic",
    latePayments: body.latePayments ?? "refund",
    metadata: body.metadata ?? {},
    returnUrl: said(body.returnUrl),
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
): Pick<CreatePayment, "token" | "initiator"> {
  const token = body.token ?? null;
  const initiator = body.initiator ?? "customer";
  if (initiator === "merchant" && token === null) {
    throw problem("not_possible", "Say in `token` which saved card is charged.", { field: "/token" });
  }
  if (token !== null && !isCustomerNamed) needsCustomer("/token");
  return { token, initiator };
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

function readMethod(word: string, field: string): Method {
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
export function readAttempt(body: Static<typeof attemptBody>, payment: Payment, now: Date): AskedAttempt {
  const method = readMethod(body.method, "/method");
  const { asked } = readParts({
    nothingElse: () => refuseStray(body, method),
    asked: () => READERS[method].read(body, payment, now),
  });
  return asked;
}

/** How an attempt by one method is asked for. */
interface AttemptReader {
  /** The members that it takes beside `method`. */
  readonly takes: readonly string[];
  /** @throws Problem naming each field at fault. */
  read(body: Static<typeof attemptBody>, payment: Payment, now: Date): AskedAttempt;
}

const READERS: Readonly<Record<Method, AttemptReader>> = {
  mbway: {
    takes: ["phone"],
    read: ({ phone }) => ({
      command: { ...BY_CUSTOMER, method: "mbway", phone: readPhone(phone ?? missing("/phone")) },
      inHand: {},
    }),
  },
  multibanco: {
    takes: [],
    read: () => ({ command: { ...BY_CUSTOMER, method: "multibanco" }, inHand: {} }),
  },
  card: {
    takes: ["card", "browser", "customer"],
    read: (body, payment, now) => {
      const { card, customer } = readParts({
        card: () => readCard(body.card ?? missing("/card"), now),
        customer: () => readPayer(body.customer, payment),
      });
      return {
        command: { ...BY_CUSTOMER, method: "card", card: summaryOf(card, payment.saveCard) },
        // The shop asked its own customer.
        inHand: { card, device: readBrowser(body.browser ?? {}), customer, consent: payment.saveCard },
      };
    },
  },
  token: {
    takes: ["token", "secureCode", "browser", "customer"],
    read: (body, payment) => {
      const { token, ...inHand } = readParts({
        token: () => body.token ?? payment.token ?? missing("/token"),
        secureCode: () => readSecureCode(body.secureCode ?? null),
        customer: () => readPayer(body.customer, payment),
      });
      const command = { ...BY_CUSTOMER, method: "token", token } as const;
      return { command, inHand: { ...inHand, device: readBrowser(body.browser ?? {}) } };
    },
  },
  mandate: {
    takes: ["mandate", "customer"],
    read: (body, payment) => {
      const mandate = readParts({
        id: () => body.mandate ?? payment.mandate ?? missing("/mandate"),
        customer: () => readOwner(body.customer ?? null),
      });
      return { command: { ...BY_CUSTOMER, method: "mandate" }, inHand: {}, mandate };
    },
  },
};

/** A member of another method would be overlooked: whoever sent it meant something by it. @throws Problem 422 naming each. */
function refuseStray(body: Static<typeof attemptBody>, method: Method): void {
  const given = Object.entries(body).filter(([, value]) => value !== null && value !== undefined);
  const stray = given
    .map(([name]) => name)
    .filter((name) => name !== "method" && !READERS[method].takes.includes(name));
  const refuse = (name: string) => (): never => {
    throw problem("not_possible", `It has no place in an attempt by ${method}: leave it out.`, { field: `/${name}` });
  };
  readParts(Object.fromEntries(stray.map((name) => [name, refuse(name)])));
}

/** @throws Problem 400 naming the field that this method needs. */
function missing(field: string): never {
  throw httpProblems.invalidRequest([{ field, message: "is missing" }]);
}

/** Reads whose mandate the request says it is. @throws Problem 422 naming what is of cards alone. */
function readOwner(customer: NonNullable<Static<typeof attemptBody>["customer"]> | null): string | null {
  if (customer === null || typeof customer === "string") return customer;
  const { id = null, ...ofCards } = customer;
  const stray = Object.entries(ofCards).find(([, value]) => value !== null && value !== undefined);
  if (stray === undefined) return id;
  throw problem("not_possible", "For a mandate, `customer` is your id of its customer alone: leave this out.", {
    field: `/customer/${stray[0]}`,
  });
}

/** Reads whose card it is, and sees that SIBS will be told enough. @throws Problem 422 naming each field that is missing. */
function readPayer(body: Static<typeof attemptBody>["customer"], payment: Payment): Payer {
  if (typeof body === "string" || body?.id != null) {
    throw problem("not_possible", "For a card, say `name`, `email` and `billingAddress`; `id` has no place here.", {
      field: typeof body === "string" ? "/customer" : "/customer/id",
    });
  }
  const { name, email, billingAddress } = body ?? {};
  const payer = {
    name: said(name),
    email: said(email),
    billingAddress: readAddress(billingAddress, "/customer/billingAddress"),
  };
  const missing = Object.entries(payerOf(payment, payer)).filter(([, value]) => value === null);
  if (missing.length === 0) return payer;
  const errors = missing.map(([field]) => ({ field: `/customer/${field}`, message: "is needed for a card" }));
  const detail = "Say whose card it is, in the payment's `customer` or in the attempt's.";
  throw new Problem({ code: "customer_missing", ...PROBLEMS.customer_missing, detail, errors });
}
