import { Type } from "typebox";
import { amount, instant, name, notServedYet, nullable, optional, sum, text, webAddress } from "../http/schemas.ts";

const address = Type.Object(
  {
    street1: text(70, "Street and number."),
    street2: optional(text(70, "More of the address; may be empty.", { minLength: 0 })),
    city: text(35, "City."),
    postcode: text(16, "Postcode, as 1200-999."),
    country: Type.String({ pattern: "^[A-Z]{2}$", description: "Two letters, as PT." }),
  },
  { additionalProperties: false },
);

const customer = Type.Object(
  {
    id: optional(text(100, "Your own id of the customer.")),
    name: optional(text(255, "SIBS is told the first 45 characters.")),
    email: optional(text(254, "Told to SIBS.", { format: "email" })),
    phone: optional(text(20, "Fills the MB WAY field of the page.")),
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
    description: optional(text(255, "What it is for: shown to the customer. SIBS shows the first 70 characters.")),
    methods: optional(
      Type.Array(Type.String(), {
        minItems: 1,
        maxItems: 10,
        uniqueItems: true,
        description: "`mbway`, `multibanco`.",
      }),
    ),
    capture: optional(Type.Enum(["automatic", "manual"], { description: "`automatic`; `manual` is not served." })),
    latePayments: optional(
      Type.Enum(["refund", "accept"], { description: "What becomes of money that arrives after the end." }),
    ),
    customer: optional(customer),
    returnUrl: optional(webAddress("Where the customer goes once paid.")),
    metadata: optional(
      Type.Record(name(40), text(500, "A value of yours.", { minLength: 0 }), {
        additionalProperties: false,
        maxProperties: 50,
        description: "Up to 50 texts of your own, given back as they are.",
      }),
    ),
    expiresAt: optional(instant),
    saveCard: notServedYet,
    token: notServedYet,
    initiator: notServedYet,
  },
  {
    additionalProperties: false,
    examples: [{ amount: 550, currency: "EUR", reference: "order-17", description: "Two mugs" }],
  },
);

/** The body of `POST /v1/payments/{id}/attempts`. */
export const attemptBody = Type.Object(
  {
    method: Type.String({ description: "`mbway` or `multibanco`." }),
    phone: optional(text(40, "For `mbway`: the customer's mobile number, as people type it.")),
    card: notServedYet,
    browser: notServedYet,
    token: notServedYet,
    secureCode: notServedYet,
    mandate: notServedYet,
  },
  {
    additionalProperties: false,
    examples: [{ method: "mbway", phone: "919 999 999" }, { method: "multibanco" }],
  },
);

/** The body of `POST /v1/payments/{id}/cancel`. */
export const cancelBody = nullable(
  Type.Object({ amount: optional(amount) }, { additionalProperties: false, description: "Nothing: the whole." }),
);

const addressShown = Type.Object({
  street1: Type.String(),
  street2: nullable(Type.String()),
  city: Type.String(),
  postcode: Type.String(),
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

const failure = Type.Object({
  reason: Type.String({ description: "For programs, for instance `unknown_phone`." }),
  code: nullable(Type.String({ description: "SIBS's own code." })),
  message: Type.String({ description: "For your developers; the page has words for customers." }),
  next: nullable(Type.Enum(["try_again", "other_phone", "other_method", "contact_us"])),
});

export const attemptSchema = Type.Object(
  {
    id: Type.String(),
    payment: Type.String(),
    method: Type.String(),
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
    action: Type.Null(),
    mbway: nullable(Type.Object({ phone: Type.String({ description: "Masked." }) })),
    multibanco: nullable(Type.Object({ entity: Type.String(), reference: Type.String(), amount, expiresAt: instant })),
  },
  { title: "Attempt", description: "One try to pay, by one method." },
);

export const refundSchema = Type.Object(
  {
    id: Type.String(),
    payment: Type.String(),
    amount,
    status: Type.Enum(["pending", "succeeded", "failed", "in_doubt"]),
    reason: Type.Enum(["requested", "late", "duplicate"]),
    failure: nullable(failure),
    createdAt: instant,
  },
  { title: "Refund", description: "Money given back." },
);

export const paymentStatus = Type.Enum(["open", "pending", "authorized", "paid", "canceled", "expired"]);

export const paymentSchema = Type.Object(
  {
    id: Type.String(),
    status: paymentStatus,
    amount,
    currency: Type.Literal("EUR"),
    amountAuthorized: sum,
    amountCaptured: sum,
    amountReleased: sum,
    amountRefunded: sum,
    reference: Type.String(),
    description: nullable(Type.String()),
    methods: Type.Array(Type.String()),
    capture: Type.Literal("automatic"),
    latePayments: Type.Enum(["refund", "accept"]),
    customer: nullable(customerShown),
    metadata: Type.Record(Type.String(), Type.String()),
    returnUrl: nullable(Type.String()),
    payUrl: Type.String({ description: "Where the customer pays." }),
    attention: nullable(
      Type.Object({
        reason: Type.Enum(["amount_differs", "taken_back"]),
        attempt: Type.String(),
        at: instant,
      }),
    ),
    attempts: Type.Array(attemptSchema),
    refunds: Type.Array(refundSchema),
    createdAt: instant,
    expiresAt: instant,
    paidAt: nullable(instant),
  },
  { title: "Payment", description: "A payment as it stands." },
);
