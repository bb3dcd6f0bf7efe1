import { Buffer } from "node:buffer";
import type { Chance } from "@caravela/platform/chance";
import { pause } from "@caravela/platform/timer";
import type { ActionResponse, CardPurchaseResponse } from "@caravela/sibs";
import { SLOW_MS } from "../domain/card-scenarios.ts";
import { type CardPurchase, type Drawn, proceed, purchase } from "../domain/methods/card.ts";
import { paidWith } from "../domain/notice.ts";
import { paymentStatusOf, type Transaction } from "../domain/transaction.ts";
import type { Terminal } from "../terminals/terminals.ts";
import { type Answer, amountAsText, merchantOf, returnStatusOf, SUCCESS } from "./answers.ts";
import { type Call, executionOf, type Gateway, newToken } from "./call.ts";
import { presentsCard, readActionProcessed, readCardRequest } from "./card-request.ts";
import { announcedCharges, chargesStatusOf } from "./charges.ts";
import { entitled } from "./credentials.ts";
import { type Refusal, refusals } from "./refusals.ts";

/**
 * `POST /payments/{transactionID}/card/purchase`: pays with a card, step by step where its issuer wants to see the
 * customer (reference §5).
 */
export async function cardPurchase(call: Call, gateway: Gateway): Promise<Answer> {
  const continued = await continueCard(call, gateway, "CARD");
  if (continued !== null) return continued;
  return payByCard(call, gateway, (payment, { requiresCustomer }, drawn, now) => {
    const { card, createToken, charges } = readCardRequest(call.body);
    const { cardTerms } = payment;
    const terms = {
      ...cardTerms,
      keepsCard: cardTerms.keepsCard || createToken || charges !== undefined,
      charges: cardTerms.charges ?? (charges ? announcedCharges(charges) : null),
    };
    const presented = card.present(now);
    const by = { method: "CARD", presented, token: null, requiresCustomer } as const;
    return purchase({ ...payment, cardTerms: terms }, by, drawn, now);
  });
}

/** A first call: decided and written, then answered, unless the card is one whose answer is late or lost. */
export async function payByCard(
  call: Call,
  gateway: Gateway,
  pay: (payment: Transaction, terminal: Terminal, drawn: Drawn, now: Date) => CardPurchase,
): Promise<Answer> {
  const made = await gateway.transactions.change(call.transactionId, (payment) => {
    const terminal = entitled(call.caller, payment);
    const result = pay(payment, terminal, draw(gateway.chance), gateway.clock.now());
    return { result, change: result.kind === "done" ? result.change : null };
  });
  if (made === null) throw refusals.unknownTransaction();
  if (made.kind !== "done") throw refusalOf(made.kind);
  const { change, trouble } = made;
  if (change === null || trouble === "answer_lost") return "cut";
  if (trouble === "slow") await pause(SLOW_MS);
  return answer(call, gateway, change.transaction);
}

/** A call after an action; null when it is a first one. The card is not needed again, and not read. */
export async function continueCard(call: Call, gateway: Gateway, method: "CARD" | "TOKEN"): Promise<Answer | null> {
  const processed = readActionProcessed(call.body);
  if (processed === null) return null;
  const continued = await gateway.transactions.change(call.transactionId, (payment) => {
    entitled(call.caller, payment);
    const by = { method, ...processed };
    const done = proceed(payment, by, draw(gateway.chance), gateway.clock.now());
    const change = done.kind === "done" ? done.change : null;
    return { result: { kind: done.kind, transaction: change?.transaction ?? payment }, change };
  });
  if (continued === null) throw refusals.unknownTransaction();
  if (continued.kind === "not_wanted") {
    // one program names an action of its own beside its card (GH-NJD): as long as nothing was tried, that is a first
    // call
    if (continued.transaction.method === null && presentsCard(call.body)) return null;
    throw refusals.notWanted();
  }
  return answer(call, gateway, continued.transaction);
}

function refusalOf(kind: Exclude<CardPurchase["kind"], "done">): Refusal {
  switch (kind) {
    case "already_tried":
      return refusals.alreadyTried();
    case "not_offered":
      return refusals.field("paymentMethod", "CARD is not among this transaction's paymentMethodList");
    case "no_email":
      return refusals.field("customer.customerInfo.customerEmail", "is missing: the checkout had none");
    case "no_billing_address":
      return refusals.field("customer.customerInfo.billingAddress", "is missing: the checkout had none");
  }
}

function draw(chance: Chance): Drawn {
  return {
    actionId: chance.uuid(),
    dsTransID: chance.uuid(),
    acsTransID: chance.uuid(),
    threeDSServerTransID: chance.uuid(),
    authenticationValue: Buffer.from(chance.bytes(20)).toString("base64"),
    token: newToken(chance),
  };
}

/**
 * API Market's members. A declined purchase is HTTP 200 (reference §15); a `Timeout` stands beside `000`, as the seed's
 * does.
 */
function answer(call: Call, gateway: Gateway, payment: Transaction): Answer {
  const paymentStatus = paymentStatusOf(payment);
  const refused = paymentStatus === "Declined" || paymentStatus === "Error";
  const body: CardPurchaseResponse = {
    transactionID: payment.id,
    paymentStatus,
    ...(payment.method === null ? {} : { paymentMethod: payment.method }),
    paymentType: payment.paymentType,
    execution: executionOf(call, gateway),
    merchant: merchantOf(payment),
    amount: amountAsText(payment.amount),
    ...actionOf(payment, call.origin),
    ...paidWith(payment),
    ...chargesStatusOf(payment),
    ...(payment.card?.proof ? { threeDSecure: payment.card.proof } : {}),
    returnStatus: refused ? returnStatusOf(payment.outcome, paymentStatus) : SUCCESS,
  };
  return { status: 200, body };
}

/** What the browser is to post, and where: EMV 3-D Secure's own field names (inferred). */
function actionOf({ outcome, card }: Transaction, origin: string): { actionResponse?: ActionResponse } {
  const action = card?.action ?? null;
  if (outcome !== "action_wanted" || action === null) return {};
  const { id, type } = action;
  if (type === "THREEDS_METHOD") {
    const params = [{ key: "threeDSMethodData", value: packed({ threeDSServerTransID: id }) }];
    return { actionResponse: { id, type, data: { url: `${origin}/issuer/method`, params } } };
  }
  const creq = { messageType: "CReq", messageVersion: "2.2.0", threeDSServerTransID: id, challengeWindowSize: "05" };
  const params = [
    { key: "creq", value: packed(creq) },
    { key: "threeDSSessionData", value: packed({ id }) },
  ];
  return { actionResponse: { id, type, data: { url: `${origin}/issuer/challenge`, params } } };
}

function packed(content: object): string {
  return Buffer.from(JSON.stringify(content)).toString("base64url");
}
