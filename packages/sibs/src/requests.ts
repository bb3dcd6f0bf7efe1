import type { CheckoutInput, OperationInput } from "./inputs.ts";
import { type Cents, cents, eurosNumber } from "./money.ts";
import type { CheckoutRequest } from "./protocol/checkout.ts";
import type { Amount } from "./protocol/envelope.ts";
import type { OperationRequest } from "./protocol/operations.ts";

/** Writes a checkout as the seed does, member by member in its order. @throws RangeError when an amount is not in whole cents or a date is none. */
export function checkoutRequest(terminalId: number | string, now: Date, input: CheckoutInput): CheckoutRequest {
  const { merchantTransactionId, paymentReference: terms, customer, recurringTransaction, tokenisation } = input;
  return {
    merchant: { terminalId, channel: "web", merchantTransactionId },
    transaction: {
      transactionTimestamp: (input.timestamp ?? now).toISOString(),
      description: input.description,
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
    ...(customer && { customer }),
    ...(recurringTransaction && { recurringTransaction }),
    ...(tokenisation && { tokenisation }),
  };
}

/** Writes a refund or a cancellation as reference 8.1 has it. @throws RangeError when the amount is not in whole cents or a date is none. */
export function operationRequest(
  terminalId: number | string,
  now: Date,
  originalId: string,
  input: OperationInput,
): OperationRequest {
  const { merchantTransactionId, originalDatetime } = input;
  return {
    merchant: { terminalId, channel: "web", merchantTransactionId },
    transaction: {
      transactionTimestamp: (input.timestamp ?? now).toISOString(),
      description: input.description,
      amount: euros(input.amount),
      ...(originalDatetime && {
        originalTransaction: { id: originalId, datetime: originalDatetime.toISOString() },
      }),
    },
  };
}

/** Checked here too, since whoever calls from JavaScript has no type that would. */
function euros(amount: Cents): Amount {
  return { value: eurosNumber(cents(amount)), currency: "EUR" };
}
