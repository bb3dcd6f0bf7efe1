import { REMEDY } from "@caravela/platform/validation";
import { Type } from "typebox";
import { LOCALES } from "../domain/locale.ts";
import { METHODS, NAMED } from "../domain/methods/index.ts";
import {
  amount,
  failure,
  instant,
  locale,
  loose,
  looseWebAddress,
  metadata,
  nullable,
  optional,
  sum,
  terminal,
  terminalNumber,
  text,
  typed,
  VALUES,
} from "../http/schemas.ts";
import { browserBody, cardBody } from "./card-schemas.ts";
import { operationSchema, refundSchema, settlementSchema } from "./operation-schemas.ts";

const address = Type.Object(
  {
    street1: optional(loose(70, "Street and number.")),
    street2: optional(loose(70, "More of the address.")),
    city: optional(loose(35, "City.")),
    postcode: optional(loose(16, "Postcode, as 1200-999. May be left out where the country has none.")),
    country: optional(
      Type.String({
        pattern: "^\\s*([A-Za-z]{2})?\\s*$",
        [REMEDY]: "must be two letters, as PT",
        description: "Two letters, as PT.",
      }),
    ),
  },
  {
    additionalProperties: false,
    description:
      "Street, city, country and postcode, or nothing: one in which only the country is said counts as none.",
  },
);

const customer = Type.Object(
  {
    id: optional(loose(100, "Your own id of the customer.")),
    name: optional(loose(255, "SIBS is told what fits into 45 characters.")),
    email: optional(loose(254, "Told to SIBS.", "email")),
    phone: optional(loose(40, "Fills the MB WAY field of the page.")),
    billingAddress: optional(address),
    shippingAddress: optional(address),
    signedIn: optional(Type.Boolean({ description: "Whether the customer is signed in at your shop." })),
  },
  { additionalProperties: false, description: "Who pays, as far as you want to tell." },
);

/** The body of `POST /v1/payments`. */
export const createBody = Type.Object(
  {
    amount,
    currency: Type.Literal("EUR"),
    reference: text(100, "Your own reference, for instance the order's number."),
    terminal: optional(terminalNumber),
    description: optional(
      loose(255, "What it is for: shown to the customer; by SIBS, as much of it as fits into 70 characters."),
    ),
    methods: optional(
      Type.Array(Type.String({ [VALUES]: NAMED }), {
        minItems: 1,
        maxItems: 10,
        uniqueItems: true,
        description:
          "`mbway`, `multibanco`, `card`. A saved card is offered with `card`, an authorised payment with `mbway`, or alone as `mandate`.",
      }),
    ),
    capture: optional(
      Type.Enum(["automatic", "manual"], { description: "`manual`: the money is held first, and captured by you." }),
    ),
    latePayments: optional(
      Type.Enum(["refund", "accept"], { description: "What becomes of money that arrives after the end." }),
    ),
    overlap: optional(
      Type.Enum(["refuse", "allow"], {
        description:
          "`allow`: another attempt may begin while one may still be paid, if SIBS has just said that it is not. Paid twice, one of the two goes back.",
      }),
    ),
    customer: optional(customer),
    mandates: optional(
      Type.Array(text(40, "The authorised payment's id."), {
        maxItems: 20,
        uniqueItems: true,
        description:
          "Subscriptions of this customer that may pay this payment on its page. A consent to single purchases is offered without being named.",
      }),
    ),
    returnUrl: optional(looseWebAddress("Where the customer goes once paid.")),
    cancelUrl: optional(
      looseWebAddress("Where a customer goes who would rather not pay, by *back to the shop*: `returnUrl` without it."),
    ),
    locale: optional(locale),
    items: optional(
      Type.Array(
        Type.Object(
          {
            name: text(100, "What it is."),
            quantity: Type.Integer({ minimum: 1, maximum: 99_999, description: "How many." }),
            amount: Type.Integer({
              minimum: -99_999_999,
              maximum: 99_999_999,
              description: "In cents, of the line as a whole; below 0: what is taken off.",
            }),
          },
          { additionalProperties: false },
        ),
        { maxItems: 100, description: "What is bought, as the page shows it. It need not add up to the amount." },
      ),
    ),
    metadata: optional(metadata),
    expiresAt: optional(instant),
    saveCard: optional(
      Type.Boolean({ description: "Keep the customer's card for later, where they consent; needs `customer.id`." }),
    ),
    token: optional(text(40, "The saved card to charge; needs `customer.id`.")),
    initiator: optional(
      Type.Enum(["customer", "merchant"], {
        description: "`merchant`: the saved card is charged at once, without the customer.",
      }),
    ),
  },
  {
    additionalProperties: false,
    examples: [{ amount: 550, currency: "EUR", reference: "order-17", description: "Two mugs" }],
  },
);

/** The body of `POST /v1/payments/{id}/attempts/{attempt}/continue`. */
export const continueBody = Type.Object(
  {
    action: text(100, "The action's `id`."),
    executed: Type.Boolean({ description: "Whether the browser did it; false: it could not." }),
  },
  { additionalProperties: false, examples: [{ action: "act_1", executed: true }] },
);

/** The body of `POST /v1/payments/{id}/attempts`. */
export const attemptBody = Type.Object(
  {
    method: Type.String({
      [VALUES]: METHODS,
      description: "`mbway`, `multibanco`, `card`, `token` for a saved card, `mandate` for an authorised payment.",
    }),
    phone: optional(typed(40, "For `mbway`: the customer's mobile number, as people type it.")),
    card: optional(cardBody),
    browser: optional(browserBody),
    token: optional(text(40, "For `token`: the saved card; the payment's own unless given.")),
    secureCode: optional(typed(10, "For `token`: the card's security code.")),
    customer: optional(
      Type.Union(
        [
          text(100, "For `mandate`: your own id of the mandate's customer."),
          Type.Object(
            {
              id: optional(text(100, "For `mandate`: your own id of the mandate's customer.")),
              name: optional(loose(45, "The customer's name.")),
              email: optional(loose(254, "Told to SIBS.", "email")),
              billingAddress: optional(address),
            },
            { additionalProperties: false },
          ),
        ],
        {
          [REMEDY]: "must be your own id of the customer, or an object that says who it is",
          description:
            "For `card` and `token`: what the payment's own `customer` does not say. For `mandate`: whose it is, where the payment does not say; the id alone will do.",
        },
      ),
    ),
    mandate: optional(text(40, "For `mandate`: the authorised payment to charge.")),
  },
  {
    additionalProperties: false,
    examples: [{ method: "mbway", phone: "919 999 999" }, { method: "multibanco" }],
  },
);

const addressShown = Type.Object({
  street1: Type.String(),
  street2: nullable(Type.String()),
  city: Type.String(),
  postcode: nullable(Type.String()),
  country: Type.String(),
});

const customerShown = Type.Object({
  id: nullable(Type.String()),
  name: nullable(Type.String()),
  email: nullable(Type.String()),
  phone: nullable(Type.String()),
  billingAddress: nullable(addressShown),
  shippingAddress: nullable(addressShown),
  signedIn: Type.Boolean(),
});

export const attemptSchema = Type.Object(
  {
    id: Type.String(),
    payment: Type.String(),
    method: Type.String({ [VALUES]: METHODS }),
    status: Type.Enum([
      "prepared",
      "submitted",
      "action_required",
      "pending",
      "approved",
      "declined",
      "timed_out",
      "expired",
      "canceled",
      "failed",
    ]),
    inDoubt: Type.Boolean({ description: "A call was sent whose answer was lost; SIBS is being asked." }),
    amount,
    transactionId: nullable(Type.String({ description: "SIBS's." })),
    createdAt: instant,
    expiresAt: nullable(instant),
    secondsLeft: nullable(Type.Integer({ minimum: 0 })),
    failure: nullable(failure),
    settled: settlementSchema(["approved", "not_paid"]),
    action: nullable(
      Type.Object(
        {
          id: Type.String(),
          type: Type.Enum(["3ds_method", "3ds_challenge"]),
          url: Type.String(),
          fields: Type.Record(Type.String(), Type.String()),
        },
        { description: "What the customer's browser must do: post `fields` to `url`." },
      ),
    ),
    card: nullable(
      Type.Object({
        brand: Type.String(),
        firstSix: nullable(Type.String()),
        lastFour: Type.String(),
        expiry: nullable(Type.String({ description: "Of a card that is kept." })),
      }),
    ),
    authentication: nullable(
      Type.Object(
        {
          status: nullable(Type.String({ description: "`Y` authenticated, `A` attempted, `N`, `U`, `R`." })),
          eci: nullable(Type.String()),
          hasValue: Type.Boolean(),
          dsTransactionId: nullable(Type.String()),
          acsTransactionId: nullable(Type.String()),
          serverTransactionId: nullable(Type.String()),
          version: nullable(Type.String()),
        },
        { description: "What 3-D Secure proved." },
      ),
    ),
    token: nullable(Type.String({ description: "The saved card that is charged." })),
    mandate: nullable(Type.String({ description: "The authorised payment that is charged." })),
    initiator: Type.Enum(["customer", "merchant"]),
    mbway: nullable(
      Type.Object({
        phone: Type.String({ description: "Masked. By `mandate`: only when SIBS asked the phone after all." }),
      }),
    ),
    multibanco: nullable(Type.Object({ entity: Type.String(), reference: Type.String(), amount, expiresAt: instant })),
  },
  { title: "Attempt", description: "One try to pay, by one method." },
);

export const paymentStatus = Type.Enum(["open", "pending", "authorized", "paid", "canceled", "expired"]);

export const paymentSchema = Type.Object(
  {
    id: Type.String(),
    terminal,
    status: paymentStatus,
    amount,
    currency: Type.Literal("EUR"),
    amountAuthorized: sum,
    amountCaptured: sum,
    amountReleased: sum,
    amountRefunded: sum,
    reference: Type.String(),
    description: nullable(Type.String()),
    methods: Type.Array(Type.String({ [VALUES]: NAMED })),
    capture: Type.Enum(["automatic", "manual"]),
    latePayments: Type.Enum(["refund", "accept"]),
    overlap: Type.Enum(["refuse", "allow"]),
    customer: nullable(customerShown),
    mandates: Type.Array(Type.String(), { description: "Subscriptions that its page may offer, as you named them." }),
    mandate: nullable(Type.String({ description: "The authorised payment that it was charged by, the last time." })),
    plan: nullable(
      Type.Object(
        { id: Type.String(), period: Type.Integer({ minimum: 1 }), date: Type.String({ format: "date" }) },
        { description: "The plan that made it, and for which of its periods." },
      ),
    ),
    metadata: Type.Record(Type.String(), Type.String()),
    returnUrl: nullable(Type.String()),
    cancelUrl: nullable(Type.String()),
    locale: nullable(Type.Enum([...LOCALES])),
    items: Type.Array(Type.Object({ name: Type.String(), quantity: Type.Integer(), amount: Type.Integer() })),
    payUrl: Type.String({ description: "Where the customer pays." }),
    attention: nullable(
      Type.Object({
        reason: Type.Enum(["amount_differs", "taken_back", "in_doubt", "proved_after_all", "not_taken"]),
        attempt: Type.String(),
        operation: nullable(
          Type.String({ description: "The capture, cancellation or refund that it is about; null: the attempt." }),
        ),
        at: instant,
      }),
    ),
    fundedBy: nullable(
      Type.String({
        description: "The attempt whose money the sums hold, held or captured: of one that was paid twice, the first.",
      }),
    ),
    attempts: Type.Array(attemptSchema),
    refunds: Type.Array(refundSchema),
    captures: Type.Array(operationSchema),
    cancellations: Type.Array(operationSchema),
    createdAt: instant,
    expiresAt: instant,
    paidAt: nullable(instant),
  },
  { title: "Payment", description: "A payment as it stands." },
);
