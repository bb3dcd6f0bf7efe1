import type { MbwayPurchaseResponse } from "@caravela/sibs";
import { purchase } from "../domain/methods/mbway.ts";
import { type Outcome, outcomes } from "../domain/outcomes.ts";
import { type Answer, returnStatusOf, SUCCESS } from "./answers.ts";
import { type Call, executionOf, type Gateway } from "./call.ts";
import { entitled } from "./credentials.ts";
import { object, type Read } from "./reading.ts";
import { refusals } from "./refusals.ts";

/** `351#` and nine digits: malformed is `E0504`, missing `E0501` (reference 4.4). */
const customerPhone: Read<string> = (value, field) => {
  if (typeof value !== "string") throw refusals.field(field, "is missing, or is not text", "E0501");
  if (!/^351#[0-9]{9}$/.test(value)) throw refusals.field(field, "has an invalid format: 351#9XXXXXXXX", "E0504");
  return value;
};

const message = object({ customerPhone });

/** `POST /payments/{transactionID}/mbway-id/purchase`: asks the phone's owner, who has four minutes (reference §4). */
export async function mbwayPurchase(call: Call, gateway: Gateway): Promise<Answer> {
  const made = await gateway.transactions.change(call.transactionId, (payment) => {
    entitled(call.caller, payment);
    const { customerPhone: phone } = message(call.body ?? {}, "");
    const result = purchase(payment, phone, gateway.clock.now());
    return { result, change: result.kind === "done" ? result.change : null };
  });
  switch (made?.kind) {
    case undefined:
      throw refusals.unknownTransaction();
    case "already_tried":
      throw refusals.alreadyTried();
    case "not_offered":
      throw refusals.field("paymentMethod", "MBWAY is not among this transaction's paymentMethodList");
    case "done":
      return { status: 200, body: answer(call, gateway, made.answered) };
  }
}

/** The seed's four members in its order: a lapsed checkout is `Timeout` beside `000`; an unknown number says so at once. */
function answer(call: Call, gateway: Gateway, answered: Outcome): MbwayPurchaseResponse {
  const { paymentStatus } = outcomes[answered];
  return {
    transactionID: call.transactionId,
    execution: executionOf(call, gateway),
    paymentStatus,
    returnStatus: paymentStatus === "Declined" ? returnStatusOf(answered, "Declined") : SUCCESS,
  };
}
