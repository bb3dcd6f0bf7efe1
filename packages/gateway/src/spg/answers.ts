import type { AnsweredAmount, AnsweredMerchant, Execution, ReturnStatus } from "@caravela/sibs";
import { type Cents, eurosNumber, eurosText } from "@caravela/sibs/money";
import { type Outcome, outcomes } from "../domain/outcomes.ts";
import type { Transaction } from "../domain/transaction.ts";

/** What the gateway answers a call with: HTTP status and body, or nothing at all (the connection is cut). */
export type Answer = { readonly status: number; readonly body: object } | "cut";

/** `000`: the call was understood, never that money moved (reference 9.2). */
export const SUCCESS: ReturnStatus = { statusCode: "000", statusMsg: "Success", statusDescription: "Success" };

/** A transaction's own code and words, as the `returnStatus` of the call that has decided it. */
export function returnStatusOf(outcome: Outcome, statusMsg: string): ReturnStatus {
  const { code, description } = outcomes[outcome];
  return { statusCode: code ?? "999", statusMsg, statusDescription: description };
}

/** The merchant as answers name it: the terminal is text (seed). */
export function merchantOf(transaction: Transaction): AnsweredMerchant {
  return { terminalId: transaction.terminalId, merchantTransactionId: transaction.merchantTransactionId };
}

/** `{"value": 5.5, "currency": "EUR"}`, as checkout answers have it (seed). */
export function amountAsNumber(amount: Cents): AnsweredAmount {
  return { value: eurosNumber(amount), currency: "EUR" };
}

/** `{"currency": "EUR", "value": "5.50"}`, members and types as the status has them (seed). */
export function amountAsText(amount: Cents): AnsweredAmount {
  return { currency: "EUR", value: eurosText(amount) };
}

/** When the gateway worked on a call, by its clock. */
export function execution(startedAt: Date, endedAt: Date): Execution {
  return { startTime: startedAt.toISOString(), endTime: endedAt.toISOString() };
}
