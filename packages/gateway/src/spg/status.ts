import type { PaymentReference, ReturnStatus, StatusResponse } from "@caravela/sibs";
import { type Cents, eurosNumber } from "@caravela/sibs/money";
import { hasReference, type WithReference } from "../domain/methods/multibanco.ts";
import { paidWith, shownPaymentType } from "../domain/notice.ts";
import { outcomes } from "../domain/outcomes.ts";
import { paymentStatusOf, shownAmount, type Transaction } from "../domain/transaction.ts";
import { type Answer, amountAsText, merchantOf, SUCCESS } from "./answers.ts";
import { type Call, executionOf, type Gateway } from "./call.ts";
import { chargesStatusOf } from "./charges.ts";
import { entitled } from "./credentials.ts";
import { readStatusQuery } from "./messages.ts";
import { refusals } from "./refusals.ts";

/** `GET /payments/{transactionID}/status`: how a transaction stands, payment or operation (reference §9). */
export async function status(call: Call, gateway: Gateway): Promise<Answer> {
  const found = await gateway.transactions.find(call.transactionId);
  if (found === null) throw refusals.unknownTransaction();
  entitled(call.caller, found);
  return { status: 200, body: answer(call, gateway, found) };
}

/** `GET /payments/status?merchantTransactionId=`: the newest of that id, operations included (reference §9, §18). */
export async function statusByMerchantId(call: Call, gateway: Gateway): Promise<Answer> {
  const { merchantTransactionId } = readStatusQuery(call.query);
  const terminalIds = call.caller.terminals
    .filter((terminal) => terminal.statusByMerchantTransactionId)
    .map(({ terminalId }) => terminalId);
  const found = await gateway.transactions.findByMerchantId(terminalIds, merchantTransactionId);
  if (found === null) throw refusals.unknownTransaction();
  return { status: 200, body: answer(call, gateway, found) };
}

/** Beside a `Timeout` the seed's status says 999, though the call was answered with HTTP 200. */
const VALIDATION_FAILED: ReturnStatus = {
  statusCode: "999",
  statusMsg: "Validation Request Failed",
  statusDescription: "Please try again.",
};

function answer(call: Call, gateway: Gateway, transaction: Transaction): StatusResponse {
  const { startTime, endTime } = executionOf(call, gateway);
  const paymentStatus = paymentStatusOf(transaction);
  return {
    merchant: merchantOf(transaction),
    transactionID: transaction.id,
    amount: amountAsText(shownAmount(transaction)),
    paymentType: shownPaymentType(transaction),
    paymentStatus,
    ...(hasReference(transaction) ? { paymentReference: referenceOf(transaction) } : {}),
    ...(transaction.method === null ? {} : { paymentMethod: transaction.method }),
    ...paidWith(transaction),
    ...chargesStatusOf(transaction),
    ...(transaction.card?.proof ? { threeDSecure: transaction.card.proof } : {}),
    execution: { endTime, startTime },
    returnStatus: paymentStatus === "Timeout" ? VALIDATION_FAILED : SUCCESS,
    ...ownCode(transaction),
  };
}

/** The transaction's own code, once a method was tried; a `Timeout` has none (seed, GH-JUMP). */
function ownCode({ method, outcome }: Transaction): Partial<StatusResponse> {
  const { code, description } = outcomes[outcome];
  if (method === null || code === null) return {};
  return { transactionStatusCode: code, transactionStatusDescription: description };
}

function referenceOf(payment: WithReference): PaymentReference {
  const { reference, terms } = payment;
  return {
    entity: terms.entity,
    reference: reference.number,
    paymentEntity: terms.entity,
    amount: { value: looseText(shownAmount(payment)), currency: "EUR" },
    status: reference.status,
    expireDate: terms.validTo.toISOString(),
  };
}

/**
 * At least one decimal and none that is needless, `"5.0"`, `"5.5"`: the captured answer prints `"0.0"` here (reference
 * 3.1).
 */
function looseText(amount: Cents): string {
  const euros = eurosNumber(amount);
  return Number.isInteger(euros) ? `${euros}.0` : String(euros);
}
