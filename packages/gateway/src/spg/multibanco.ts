import type { GenerateReferenceResponse } from "@caravela/sibs";
import { type Generation, generate, hasReference, type WithReference } from "../domain/methods/multibanco.ts";
import { paymentStatusOf, type Transaction } from "../domain/transaction.ts";
import { type Answer, amountAsNumber, merchantOf, SUCCESS } from "./answers.ts";
import { type Call, executionOf, type Gateway, newReferenceNumber } from "./call.ts";
import { entitled } from "./credentials.ts";
import { type Refusal, refusals } from "./refusals.ts";

/**
 * `POST /payments/{transactionID}/service-reference/generate`: the terms were set at checkout, so that no body is
 * needed (reference §3).
 */
export async function generateReference(call: Call, gateway: Gateway): Promise<Answer> {
  const made = await gateway.transactions.change(call.transactionId, (payment) => {
    const { entity } = entitled(call.caller, payment);
    const result = generate(payment, newReferenceNumber(gateway.chance), entity, gateway.clock.now());
    return { result, change: "change" in result ? result.change : null };
  });
  if (made === null) throw refusals.unknownTransaction();
  if (!("change" in made)) throw refusalOf(made.kind);
  return { status: 200, body: answer(call, gateway, made.change.transaction) };
}

function refusalOf(kind: Exclude<Generation["kind"], "done" | "too_late">): Refusal {
  switch (kind) {
    case "already_tried":
      return refusals.alreadyTried();
    case "not_offered":
      return refusals.field("paymentMethod", "REFERENCE is not among this transaction's paymentMethodList");
    case "no_terms":
      return refusals.field("paymentReference", "is missing: the checkout had none");
    case "foreign_entity":
      return refusals.field("paymentReference.entity", "is not this terminal's", "10.107.0001");
    case "already_over":
      return refusals.field("paymentReference.finalDatetime", "is in the past");
  }
}

/** A lapsed checkout answers as the seed's MB WAY purchase did; else the shape of reference 3.1. */
function answer(call: Call, gateway: Gateway, payment: Transaction): GenerateReferenceResponse {
  const common = { transactionID: payment.id, paymentStatus: paymentStatusOf(payment) };
  const ending = { execution: executionOf(call, gateway), returnStatus: SUCCESS };
  if (!hasReference(payment)) return { ...common, ...ending };
  return {
    ...common,
    paymentMethod: "REFERENCE",
    paymentType: payment.paymentType,
    amount: amountAsNumber(payment.amount),
    merchant: merchantOf(payment),
    paymentReference: referenceOf(payment),
    ...ending,
  };
}

function referenceOf({ amount, reference, terms }: WithReference) {
  return {
    reference: reference.number,
    entity: terms.entity,
    paymentEntity: terms.entity,
    amount: amountAsNumber(amount),
    status: reference.status,
    expireDate: terms.validTo.toISOString(),
  };
}
