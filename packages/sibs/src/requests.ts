import type {
  CaptureInput,
  CardPurchaseInput,
  CheckoutInput,
  ContinueInput,
  MandateInput,
  MitInput,
  OperationInput,
  TokenPurchaseInput,
} from "./inputs.ts";
import { type Cents, cents, eurosNumber } from "./money.ts";
import type { Phone } from "./phone.ts";
import type { CardInfo, CardPurchaseRequest } from "./protocol/card.ts";
import type { CheckoutRequest } from "./protocol/checkout.ts";
import type { Amount } from "./protocol/envelope.ts";
import type { MandateCreationRequest } from "./protocol/mandate.ts";
import type { MitRequest } from "./protocol/mit.ts";
import type { CaptureRequest, OriginalTransaction } from "./protocol/operations.ts";
import type { TokenPurchaseRequest } from "./protocol/token.ts";
import { LENGTHS, lineOf } from "./text.ts";

const NO_POSTCODE = "000000";

type Customer = NonNullable<CheckoutRequest["customer"]>;
type Address = NonNullable<NonNullable<Customer["customerInfo"]>["billingAddress"]>;

/**
 * Writes a checkout as SIBS's guide does, member by member in its order.
 * @throws RangeError when an amount is not in whole cents or a date is none.
 */
export function checkoutRequest(terminalId: number | string, now: Date, input: CheckoutInput): CheckoutRequest {
  const { merchantTransactionId, paymentReference: terms, customer, tokenisation, mandate } = input;
  const { recurringTransaction, merchantInitiatedTransaction } = input;
  return {
    merchant: { terminalId, channel: "web", merchantTransactionId },
    transaction: {
      transactionTimestamp: (input.timestamp ?? now).toISOString(),
      description: lineOf(input.description, LENGTHS.description),
      moto: input.moto ?? false,
      paymentType: input.paymentType ?? "PURS",
      amount: euros(input.amount),
      paymentMethod: [...input.methods],
      ...(terms && {
        paymentReference: {
          initialDatetime: terms.initialDatetime.toISOString(),
          finalDatetime: terms.finalDatetime.toISOString(),
          maxAmount: euros(terms.maxAmount ?? input.amount),
          minAmount: euros(terms.minAmount ?? input.amount),
          entity: terms.entity,
        },
      }),
    },
    ...(customer && { customer: customerOf(customer) }),
    ...(recurringTransaction && { recurringTransaction: described(recurringTransaction) }),
    ...(merchantInitiatedTransaction && { merchantInitiatedTransaction: described(merchantInitiatedTransaction) }),
    ...(tokenisation && { tokenisation }),
    ...(mandate && { mandate: { mandateId: mandate.mandateId } }),
  };
}

/**
 * Writes a capture, a refund or a cancellation.
 * @throws RangeError when the amount is not in whole cents or a date is none.
 */
export function operationRequest(
  terminalId: number | string,
  now: Date,
  originalId: string,
  input: CaptureInput,
): CaptureRequest {
  const { originalDatetime, splitPayment } = input;
  const { merchant, transaction } = basicRequest(terminalId, now, input);
  return {
    merchant,
    transaction: {
      ...transaction,
      ...(originalDatetime && { originalTransaction: originalOf(originalId, originalDatetime) }),
    },
    ...(splitPayment && { saleContext: { splitPayment: { split: true, ...splitPayment } } }),
  };
}

/**
 * Writes a charge by the merchant as SIBS's own tool does.
 * @throws RangeError when the amount is not in whole cents or a date is none.
 */
export function mitRequest(terminalId: number | string, now: Date, originalId: string, input: MitInput): MitRequest {
  return {
    ...basicRequest(terminalId, now, input),
    originalTransaction: originalOf(originalId, input.originalDatetime),
  };
}

/** What all of them begin with. */
function basicRequest(terminalId: number | string, now: Date, input: OperationInput) {
  const { merchantTransactionId, description } = input;
  return {
    merchant: { terminalId, channel: "web", merchantTransactionId },
    transaction: {
      transactionTimestamp: (input.timestamp ?? now).toISOString(),
      ...(description !== undefined && { description: lineOf(description, LENGTHS.description) }),
      amount: euros(input.amount),
    },
  };
}

function originalOf(id: string, datetime: Date): OriginalTransaction {
  return { id, datetime: datetime.toISOString() };
}

/** Writes the first call of a purchase by card. */
export function cardRequest(cardInfo: CardInfo, { device, createToken }: CardPurchaseInput): CardPurchaseRequest {
  return {
    cardInfo: { ...cardInfo, ...(createToken !== undefined && { createToken }) },
    ...(device && { info: { deviceInfo: device } }),
  };
}

/** Writes the first call of a purchase by a saved card. */
export function tokenRequest({ token, secureCode, device }: TokenPurchaseInput): TokenPurchaseRequest {
  return {
    tokenInfo: { value: token, ...(secureCode !== undefined && { secureCode }), tokenType: "Card" },
    ...(device && { info: { deviceInfo: device } }),
  };
}

/** Writes every call of a purchase by card or by a saved card but the first. */
export function continuationRequest({ id, type, executed }: ContinueInput): CardPurchaseRequest & TokenPurchaseRequest {
  return { actionProcessed: { id, type, executed } };
}

/** Writes the question to a phone. */
export function mandateCreationRequest(
  terminalId: number | string,
  phone: Phone,
  { merchantTransactionId, type, customerName, description }: MandateInput,
): MandateCreationRequest {
  return {
    merchant: {
      terminalId,
      channel: "web",
      merchantTransactionId,
      ...(description !== undefined && { transactionDescription: lineOf(description, LENGTHS.description) }),
    },
    mandate: { mandateType: type, aliasMBWAY: phone, customerName: lineOf(customerName, LENGTHS.customerName) },
  };
}

/** A customer whose texts SIBS takes. */
function customerOf({ customerInfo, ...rest }: Customer): Customer {
  if (customerInfo === undefined) return rest;
  const { customerName: name, shippingAddress: shipping, billingAddress: billing } = customerInfo;
  return {
    ...rest,
    customerInfo: {
      ...customerInfo,
      ...(name !== undefined && { customerName: lineOf(name, LENGTHS.customerName) }),
      ...(shipping !== undefined && { shippingAddress: addressOf(shipping) }),
      ...(billing !== undefined && { billingAddress: addressOf(billing) }),
    },
  };
}

function addressOf({ street1, street2, city, postcode, country }: Address): Address {
  return {
    street1: lineOf(street1, LENGTHS.street),
    ...(street2 !== undefined && { street2: lineOf(street2, LENGTHS.street) }),
    city: lineOf(city, LENGTHS.city),
    // which production wants where there is none
    postcode: lineOf(postcode, LENGTHS.postcode) || NO_POSTCODE,
    country,
  };
}

function described<T extends { description?: string }>(terms: T): T {
  const { description } = terms;
  return description === undefined ? terms : { ...terms, description: lineOf(description, LENGTHS.description) };
}

/** Checked here too, since whoever calls from JavaScript has no type that would. */
function euros(amount: Cents): Amount {
  return { value: eurosNumber(cents(amount)), currency: "EUR" };
}
