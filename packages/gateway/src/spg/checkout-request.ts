import { amount, array, flag, object, optional, type Read, terminalId, text, timestamp, word } from "./reading.ts";
import { refusals } from "./refusals.ts";

/** Members that SIBS's validator wants at the top of the message, and nowhere else (reference 2.1). */
const TOP = "at the top of the message";
const belongsToTop = { customer: TOP, mandate: TOP, merchantInitiatedTransaction: TOP };
const belongsToTransaction = { paymentReference: "inside transaction" };

/** `merchant` of every request: terminal, channel and the merchant's own id, at most 35 characters (reference §15). */
export const merchant = object(
  {
    terminalId,
    // `mobile` is named beside `web` in a comment of V2-F21
    channel: word("web", "mobile"),
    merchantTransactionId: text({ max: 35 }),
  },
  { ...belongsToTop, ...belongsToTransaction },
);

/** The text that the customer is shown: at most 70 characters (reference 2.3). */
const shownText = text({ max: 70 });

/** An operation's text, which nobody is shown. */
export const description = text({ min: 0, max: 70 });

const paymentReference = object({
  initialDatetime: timestamp,
  finalDatetime: timestamp,
  minAmount: amount({ zero: false }),
  maxAmount: amount({ zero: false }),
  entity: text({ max: 5, pattern: /^\d{5}$/ }),
});

const tokenisation = object({
  tokenisationRequest: optional(object({ tokeniseCard: flag })),
  paymentTokens: optional(array(object({ tokenType: text({ max: 40 }), value: text({ max: 100 }) }), 20)),
});

const transaction = object(
  {
    transactionTimestamp: timestamp,
    description: shownText,
    // mandatory in the seed, omitted in V2's sample
    moto: optional(flag),
    paymentType: word("PURS", "AUTH"),
    amount: amount({ zero: true }),
    // missing in a checkout with a saved card (GH-EXP): then it is all of the terminal's (inferred)
    paymentMethod: optional(array(word("CARD", "MBWAY", "REFERENCE", "MANDATE", "TOKEN", "QRCODE", "XPAY"), 20)),
    paymentReference: optional(paymentReference),
    // where one program in production puts it (reference §18)
    tokenisation: optional(tokenisation),
  },
  belongsToTop,
);

// Which members are mandatory is in no text; an empty postcode is refused in production (reference §18), an empty street2 is the seed's.
const address = object({
  street1: optional(text({ max: 70 })),
  street2: optional(text({ min: 0, max: 70 })),
  city: optional(text({ max: 35 })),
  postcode: optional(text({ max: 16 })),
  country: optional(text({ max: 2, pattern: /^[A-Za-z]{2}$/ })),
});

/** The phone that `PREFILL_MBWAY_ID` names by nine digits (GH-TG); null where it is anything else, as nobody has to say it. */
const prefilledPhone: Read<string | null> = (value) => {
  if (!Array.isArray(value)) return null;
  const named = value.find((one) => one?.key === "PREFILL_MBWAY_ID");
  return typeof named?.value === "string" && /^\d{9}$/.test(named.value) ? `351#${named.value}` : null;
};

const customer = object({
  extendedInfo: prefilledPhone,
  customerInfo: optional(
    object({
      // more than 45 characters are refused in production (reference 2.6)
      customerName: optional(text({ min: 0, max: 45 })),
      customerEmail: optional(text({ min: 0, max: 254 })),
      customerPhone: optional(text({ min: 0, max: 30 })),
      customerLanguage: optional(text({ min: 0, max: 10 })),
      shippingAddress: optional(address),
      billingAddress: optional(address),
      billingAddressSameAsShippingAddress: optional(flag),
    }),
  ),
});

const amountQualifier = word("DEFAULT", "ESTIMATED", "ACTUAL");

const schedule = object({
  initialDate: optional(text({ max: 40 })),
  finalDate: optional(text({ max: 40 })),
  interval: optional(text({ max: 20 })),
});

const recurringTransaction = object({
  validityDate: timestamp,
  amountQualifier,
  description: text({ max: 70 }),
  schedule: optional(schedule),
});

/** What announces charges by the merchant: in a checkout (V2), or in `card/purchase` (API Market 2.0.0). */
export const merchantInitiatedTransaction = object({
  type: word("RCRR", "UCOF"),
  amountQualifier: optional(amountQualifier),
  validityDate: optional(timestamp),
  description: optional(text({ min: 0, max: 70 })),
  schedule: optional(schedule),
  active: optional(flag),
});

const message = object(
  {
    merchant,
    transaction,
    customer: optional(customer),
    recurringTransaction: optional(recurringTransaction),
    tokenisation: optional(tokenisation),
    merchantInitiatedTransaction: optional(merchantInitiatedTransaction),
    // which mandate is collected by (reference 2.8)
    mandate: optional(object({ mandateId: optional(text({ max: 40 })) })),
  },
  belongsToTransaction,
);

/** A checkout's request, read. */
export type CheckoutRequest = ReturnType<typeof message>;

/**
 * Reads the body of a checkout: what is missing, misplaced, of the wrong type, too long or against another member is refused by name.
 * @throws Refusal 400
 */
export const readCheckoutRequest: Read<CheckoutRequest> = (body, field) => {
  const request = message(body, field);
  const { amount: asked, paymentMethod, paymentReference: terms } = request.transaction;
  if (paymentMethod?.includes("REFERENCE") && terms === null) {
    throw refusals.field("transaction.paymentReference", "is missing: paymentMethod holds REFERENCE");
  }
  if (terms !== null && terms.finalDatetime.moment < terms.initialDatetime.moment) {
    throw refusals.field("transaction.paymentReference.finalDatetime", "is before initialDatetime");
  }
  if (terms !== null && terms.maxAmount < terms.minAmount) {
    throw refusals.field("transaction.paymentReference.maxAmount", "is less than minAmount");
  }
  checkCharges(request);
  // which SIBS's validator wants of a collection (reference 2.1)
  if (typeof request.mandate?.mandateId === "string" && !request.customer?.customerInfo?.customerName) {
    throw refusals.field(
      "customer.customerInfo.customerName",
      "is missing: a collection by mandate names its customer",
    );
  }
  if (asked === 0 && !registersCard(request)) throw refusals.field("transaction.amount.value", "must be more than 0");
  return request;
};

/**
 * Nothing to pay, and nothing that is charged: a card alone is registered so, for charges that follow (V2-D222) or for the customer's next
 * time (met in production). SIBS's validator has an amount for `RCRR`, and `PURS` with it (reference 7.1).
 */
function registersCard(request: CheckoutRequest): boolean {
  const announces = request.merchantInitiatedTransaction !== null || request.recurringTransaction !== null;
  return request.transaction.paymentType === "AUTH" && (announces || asksForToken(request));
}

/** Whether the card is to get a token; `tokenisation` stands at either place. */
export function asksForToken(request: CheckoutRequest): boolean {
  return tokenisationOf(request)?.tokenisationRequest?.tokeniseCard === true;
}

/** `tokenisation`, at the top or, as one program in production has it, inside `transaction`. */
export function tokenisationOf({ tokenisation, transaction }: CheckoutRequest) {
  return tokenisation ?? transaction.tokenisation;
}

/** What SIBS's validator wants of a payment that announces charges by the merchant; V2 has `AUTH` for `RCRR` too, and amounts for `UCOF` (reference 7.1). */
function checkCharges({
  merchantInitiatedTransaction: charges,
  transaction: { paymentType, paymentMethod },
}: CheckoutRequest) {
  if (charges === null) return;
  if (charges.type === "UCOF" && paymentType !== "AUTH") {
    throw refusals.field("transaction.paymentType", "must be AUTH: merchantInitiatedTransaction is UCOF");
  }
  if (paymentMethod !== null && paymentMethod.length > 0 && !paymentMethod.includes("CARD")) {
    throw refusals.field("transaction.paymentMethod", "must hold CARD beside merchantInitiatedTransaction");
  }
}
