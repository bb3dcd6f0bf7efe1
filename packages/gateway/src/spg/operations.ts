import type { OperationResponse } from "@caravela/sibs";
import { eurosText } from "@caravela/sibs/money";
import { lisbonText } from "../domain/lisbon.ts";
import { cancel, capture, charge, type OperationAsked, type OperationChange, refund } from "../domain/operations.ts";
import { paymentStatusOf, type Transaction } from "../domain/transaction.ts";
import { type Answer, merchantOf, returnStatusOf, SUCCESS } from "./answers.ts";
import { type Call, executionOf, type Gateway, newRecipientId, newTransactionId } from "./call.ts";
import { description, merchant } from "./checkout-request.ts";
import { entitled, terminalOf } from "./credentials.ts";
import { amount, count, flag, object, optional, type Read, timestamp, word } from "./reading.ts";
import { refusals } from "./refusals.ts";

// `originalTransaction` may stand here or there (reference 8.1) and says nothing that the path does not. A university's program in
// production sends no description (GH-FX).
const message = object({
  merchant,
  transaction: object({
    transactionTimestamp: timestamp,
    description: optional(description),
    amount: amount({ zero: false }),
  }),
});

// Which of how many captures it is, as one program in production says (reference 8.1): the hold alone decides.
const captureMessage = object({
  saleContext: optional(
    object({ splitPayment: optional(object({ split: flag, paymentNumber: count, maxPayments: count })) }),
  ),
});

// `type` is sent by one program alone (reference 7.3) and says what the first payment has said.
const chargeMessage = object({ transaction: object({ type: optional(word("RCRR", "UCOF")) }) });

const anything: Read<unknown> = (value) => value;

/** `POST /payments/{transactionID}/capture`: takes what is held, whole or in parts (reference 8.3). */
export async function capturePayment(call: Call, gateway: Gateway): Promise<Answer> {
  return operate(call, gateway, capture, captureMessage);
}

/** `POST /payments/{transactionID}/mit`: a charge by the merchant, on the payment that announced it (reference 7.3). */
export async function chargePayment(call: Call, gateway: Gateway): Promise<Answer> {
  return operate(call, gateway, charge, chargeMessage);
}

/** `POST /payments/{transactionID}/refund`: gives back what was paid, whole or in parts (reference 8.3). */
export async function refundPayment(call: Call, gateway: Gateway): Promise<Answer> {
  return operate(call, gateway, refund);
}

/** `POST /payments/{transactionID}/cancellation`: of an unpaid reference, or of what an authorisation still holds (reference 8.3). */
export async function cancelPayment(call: Call, gateway: Gateway): Promise<Answer> {
  return operate(call, gateway, cancel);
}

type Rule = (payment: Transaction, asked: OperationAsked, now: Date) => OperationChange;

/** `more` reads what the operation's message has beside every other's. */
async function operate(call: Call, gateway: Gateway, rule: Rule, more: Read<unknown> = anything): Promise<Answer> {
  const ids = { id: newTransactionId(gateway.chance), recipientId: newRecipientId(gateway.chance) };
  const answered = await gateway.transactions.change<Transaction | "cut">(call.transactionId, (payment) => {
    entitled(call.caller, payment);
    const asked = readOperation(call);
    more(call.body, "");
    const change = rule(payment, { ...ids, ...asked }, gateway.clock.now());
    const isCancellation = change.operation.kind === "cancellation";
    if (isCancellation && payment.fate === "cancellation_lost") return { result: "cut", change: null };
    if (isCancellation && payment.fate === "cancellation_answer_lost") return { result: "cut", change };
    return { result: change.operation, change };
  });
  if (answered === null) throw refusals.unknownTransaction();
  return answered === "cut" ? "cut" : answer(call, gateway, answered);
}

function readOperation(call: Call): Omit<OperationAsked, "id" | "recipientId"> {
  const { merchant: by, transaction } = message(call.body, "");
  terminalOf(call.caller, by.terminalId);
  return {
    merchantTransactionId: by.merchantTransactionId,
    merchantTimestamp: transaction.transactionTimestamp.written,
    description: transaction.description ?? "",
    amount: transaction.amount,
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
