import { readCheckout } from "./messages.ts";
import { refusals } from "./refusals.ts";
import { momentOf } from "./timestamp.ts";

/** A checkout's request, as it was written. */
export type CheckoutRequest = ReturnType<typeof readCheckout>;

/**
 * Reads the body of a checkout: what is missing, misplaced, of the wrong type, too long or against another member is
 * refused by name.
 * @throws Refusal 400
 */
export function readCheckoutRequest(body: unknown): CheckoutRequest {
  const request = readCheckout(body);
  const { amount, paymentMethod, paymentReference: terms } = request.transaction;
  if (paymentMethod?.includes("REFERENCE") && terms === undefined) {
    throw refusals.field("transaction.paymentReference", "is missing: paymentMethod holds REFERENCE");
  }
  if (terms !== undefined && momentOf(terms.finalDatetime) < momentOf(terms.initialDatetime)) {
    throw refusals.field("transaction.paymentReference.finalDatetime", "is before initialDatetime");
  }
  if (terms !== undefined && terms.maxAmount.value < terms.minAmount.value) {
    throw refusals.field("transaction.paymentReference.maxAmount", "is less than minAmount");
  }
  checkCharges(request);
  // which SIBS's validator wants of a collection (reference 2.1)
  if (request.mandate?.mandateId !== undefined && !request.customer?.customerInfo?.customerName) {
    throw refusals.field(
      "customer.customerInfo.customerName",
      "is missing: a collection by mandate names its customer",
    );
  }
  if (amount.value === 0 && !registersCard(request)) {
    throw refusals.field("transaction.amount.value", "must be more than 0");
  }
  return request;
}

/**
 * Nothing to pay, and nothing that is charged: a card alone is registered so, for charges that follow (V2-D222) or for
 * the customer's next time (met in production). SIBS's validator has an amount for `RCRR`, and `PURS` with it
 * (reference 7.1).
 */
function registersCard(request: CheckoutRequest): boolean {
  const announces = request.merchantInitiatedTransaction ?? request.recurringTransaction;
  return request.transaction.paymentType === "AUTH" && (announces !== undefined || asksForToken(request));
}

/** Whether the card is to get a token; `tokenisation` stands at either place. */
export function asksForToken(request: CheckoutRequest): boolean {
  return tokenisationOf(request)?.tokenisationRequest?.tokeniseCard === true;
}

/** `tokenisation`, at the top or, as one program in production has it, inside `transaction`. */
export function tokenisationOf({ tokenisation, transaction }: CheckoutRequest) {
  return tokenisation ?? transaction.tokenisation;
}

/**
 * The phone that `PREFILL_MBWAY_ID` names by nine digits (GH-TG); null where it is anything else, as nobody has to say
 * it.
 */
export function prefilledPhone({ customer }: CheckoutRequest): string | null {
  const given: unknown = customer?.extendedInfo;
  const named = Array.isArray(given) ? given.find((one) => one?.key === "PREFILL_MBWAY_ID")?.value : null;
  return typeof named === "string" && /^\d{9}$/.test(named) ? `351#${named}` : null;
}

/**
 * What SIBS's validator wants of a payment that announces charges by the merchant; V2 has `AUTH` for `RCRR` too, and
 * amounts for `UCOF` (reference 7.1).
 */
function checkCharges({
  merchantInitiatedTransaction: charges,
  transaction: { paymentType, paymentMethod = [] },
}: CheckoutRequest) {
  if (charges === undefined) return;
  if (charges.type === "UCOF" && paymentType !== "AUTH") {
    throw refusals.field("transaction.paymentType", "must be AUTH: merchantInitiatedTransaction is UCOF");
  }
  if (paymentMethod.length > 0 && !paymentMethod.includes("CARD")) {
    throw refusals.field("transaction.paymentMethod", "must hold CARD beside merchantInitiatedTransaction");
  }
}
