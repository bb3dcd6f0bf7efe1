import type { MbwayPurchaseResponse } from "@caravela/sibs";
import { collect } from "../domain/methods/mandate.ts";
import { purchase } from "../domain/methods/mbway.ts";
import { type Outcome, outcomes } from "../domain/outcomes.ts";
import type { Transaction } from "../domain/transaction.ts";
import { type Answer, returnStatusOf, SUCCESS } from "./answers.ts";
import { type Call, executionOf, type Gateway } from "./call.ts";
import { entitled } from "./credentials.ts";
import { readMandateUse, readPhone } from "./messages.ts";
import { refusals } from "./refusals.ts";

/**
 * `POST /payments/{transactionID}/mbway-id/purchase`: asks the phone's owner, who has four minutes (reference §4); or
 * collects by the mandate that the checkout named, without asking (reference 6.4).
 */
export async function mbwayPurchase(call: Call, gateway: Gateway): Promise<Answer> {
  const made = await gateway.mandates.changePayment(call.transactionId, (payment, mandate) => {
    const terminal = entitled(call.caller, payment);
    const now = gateway.clock.now();
    const result = usesMandate(call.body)
      ? collect(payment, mandate, !terminal.disableMandateMBWAYFallback, now)
      : purchase(payment, readPhone(call.body ?? {}).customerPhone, now);
    return { result, change: result.kind === "done" ? result.change : null };
  });
  switch (made?.kind) {
    case undefined:
      throw refusals.unknownTransaction();
    case "already_tried":
      throw refusals.alreadyTried();
    case "not_offered": {
      const method = usesMandate(call.body) ? "MANDATE" : "MBWAY";
      throw refusals.field("paymentMethod", `${method} is not among this transaction's paymentMethodList`);
    }
    case "no_mandate":
      throw refusals.field("mandate.mandateId", "is missing: the checkout named none", "E0507");
    case "done":
      return { status: 200, body: answer(call, gateway, made.answered, made.change.transaction) };
  }
}

/** A mandate is made by `mbway-mandates/creation` alone (inferred): a purchase makes none. */
function usesMandate(body: unknown): boolean {
  const { mandate } = readMandateUse(body ?? {});
  if (mandate?.mandateCreation === true) {
    throw refusals.field("mandate.mandateCreation", "must be false: a mandate is made by mbway-mandates/creation");
  }
  return mandate?.useMBWAYMandate === true;
}

/**
 * The seed's four members in its order: a lapsed checkout is `Timeout` beside `000`; an unknown number says so at once.
 * Where the checkout named a mandate, the method tells what became of it.
 */
function answer(call: Call, gateway: Gateway, answered: Outcome, payment: Transaction): MbwayPurchaseResponse {
  const { paymentStatus } = outcomes[answered];
  return {
    transactionID: call.transactionId,
    execution: executionOf(call, gateway),
    paymentStatus,
    returnStatus: paymentStatus === "Declined" ? returnStatusOf(answered, "Declined") : SUCCESS,
    ...(payment.mandateId === null || payment.method === null
      ? {}
      : { paymentMethod: payment.method, paymentType: payment.paymentType }),
  };
}
