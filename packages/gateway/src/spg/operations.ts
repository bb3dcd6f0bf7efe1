import { lisbonText } from "@caravela/platform/lisbon";
import type { OperationRequest, OperationResponse } from "@caravela/sibs";
import { eurosText, parseEuros } from "@caravela/sibs/money";
import { cancel, capture, charge, type OperationAsked, type OperationChange, refund } from "../domain/operations.ts";
import { paymentStatusOf, type Transaction } from "../domain/transaction.ts";
import { type Answer, merchantOf, returnStatusOf, SUCCESS } from "./answers.ts";
import { type Call, executionOf, type Gateway, newRecipientId, newTransactionId } from "./call.ts";
import { entitled, terminalOf } from "./credentials.ts";
import type { Read } from "./message.ts";
import { readCapture, readCharge, readOperation } from "./messages.ts";
import { refusals } from "./refusals.ts";

/** `POST /payments/{transactionID}/capture`: takes what is held, whole or in parts (reference 8.3). */
export async function capturePayment(call: Call, gateway: Gateway): Promise<Answer> {
  return operate(call, gateway, capture, readCapture);
}

/** `POST /payments/{transactionID}/mit`: a charge by the merchant, on the payment that announced it (reference 7.3). */
export async function chargePayment(call: Call, gateway: Gateway): Promise<Answer> {
  return operate(call, gateway, charge, readCharge);
}

/** `POST /payments/{transactionID}/refund`: gives back what was paid, whole or in parts (reference 8.3). */
export async function refundPayment(call: Call, gateway: Gateway): Promise<Answer> {
  return operate(call, gateway, refund, readOperation);
}

/**
 * `POST /payments/{transactionID}/cancellation`: of an unpaid reference, or of what an authorisation still holds
 * (reference 8.3).
 */
export async function cancelPayment(call: Call, gateway: Gateway): Promise<Answer> {
  return operate(call, gateway, cancel, readOperation);
}

type Rule = (payment: Transaction, asked: OperationAsked, now: Date) => OperationChange;

async function operate(call: Call, gateway: Gateway, rule: Rule, read: Read<OperationRequest>): Promise<Answer> {
  const ids = { id: newTransactionId(gateway.chance), recipientId: newRecipientId(gateway.chance) };
  const answered = await gateway.transactions.change<Transaction | "cut">(call.transactionId, (payment) => {
    entitled(call.caller, payment);
    const asked = askedBy(call, read(call.body));
    const change = rule(payment, { ...ids, ...asked }, gateway.clock.now());
    const isCancellation = change.operation.kind === "cancellation";
    if (isCancellation && payment.scenario === "cancellation_lost") return { result: "cut", change: null };
    if (isCancellation && payment.scenario === "cancellation_answer_lost") return { result: "cut", change };
    return { result: change.operation, change };
  });
  if (answered === null) throw refusals.unknownTransaction();
  return answered === "cut" ? "cut" : answer(call, gateway, answered);
}

function askedBy(
  call: Call,
  { merchant: by, transaction }: OperationRequest,
): Omit<OperationAsked, "id" | "recipientId"> {
  terminalOf(call.caller, by.terminalId);
  return {
    merchantTransactionId: by.merchantTransactionId,
    merchantTimestamp: transaction.transactionTimestamp,
    description: transaction.description ?? "",
    amount: parseEuros(transaction.amount.value),
  };
}

/** The operation has an id of its own; a business decline is HTTP 400 with the whole body (captured, reference 8.2). */
function answer(call: Call, gateway: Gateway, operation: Transaction): Answer {
  const paymentStatus = paymentStatusOf(operation);
  const refused = paymentStatus === "Declined" || paymentStatus === "Error";
  const body: OperationResponse = {
    merchant: { ...merchantOf(operation), merchantTransactionTimestamp: operation.merchantTimestamp },
    transactionRecipientId: operation.recipientId,
    transactionTimestamp: lisbonText(operation.receivedAt, "milliseconds"),
    amount: { value: eurosText(operation.amount), currency: "EUR" },
    transactionID: operation.id,
    execution: executionOf(call, gateway),
    paymentStatus,
    returnStatus: refused ? returnStatusOf(operation.outcome, "Error") : SUCCESS,
  };
  return { status: refused ? 400 : 200, body };
}
