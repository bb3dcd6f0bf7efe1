import type {
  AnsweredMandate,
  MandateCancellationResponse,
  MandateCreationResponse,
  MandateInquiryResponse,
  MandateListResponse,
} from "@caravela/sibs";
import { CHECKOUT_LIFE_MS, PHONE_ANSWER_MS } from "@caravela/sibs/limits";
import { type Cents, cents, eurosText } from "@caravela/sibs/money";
import { NO_CARD_TERMS } from "../domain/card.ts";
import {
  askForMandate,
  cancelMandateForMerchant,
  type Mandate,
  type MandateCreation,
  wasGiven,
} from "../domain/mandate.ts";
import { type Outcome, outcomes } from "../domain/outcomes.ts";
import { paymentStatusOf, type Transaction } from "../domain/transaction.ts";
import { type Answer, returnStatusOf, SUCCESS } from "./answers.ts";
import { type Call, executionOf, type Gateway, newMandateId, newRecipientId, newTransactionId } from "./call.ts";
import { entitled, terminalOf } from "./credentials.ts";
import { readMandateCancellation, readMandateCreation, readMbwayId } from "./messages.ts";
import { refusals } from "./refusals.ts";

/** So many mandates are in one answer of the list; how the others are asked for, no text says. */
const MOST_LISTED = 1_000;

/** `POST /mbway-mandates/creation`: asks the phone's owner for consent. No money moves (reference 6.1). */
export async function createMandate(call: Call, gateway: Gateway): Promise<Answer> {
  return create(call, gateway, null);
}

/** `POST /mbway-mandates/{transactionID}/creation`: the same, attached to a checkout made before (API Market). */
export async function createMandateOnCheckout(call: Call, gateway: Gateway): Promise<Answer> {
  const checkout = await gateway.transactions.find(call.transactionId);
  if (checkout?.kind !== "payment") throw refusals.unknownTransaction();
  entitled(call.caller, checkout);
  return create(call, gateway, checkout);
}

/**
 * `POST /mbway-mandates/{transactionID}/inquiry`: how the mandate of that creation stands, once the customer has
 * consented (reference 6.2).
 */
export async function inquireMandate(call: Call, gateway: Gateway): Promise<Answer> {
  return inquiry(call, gateway, mandateBlock);
}

/** `POST /mbway-mandates/{transactionID}/inquiry-detail`: the same, with what may still be collected. */
export async function inquireMandateDetail(call: Call, gateway: Gateway): Promise<Answer> {
  return inquiry(call, gateway, detailedBlock);
}

/** `POST /mbway-mandates/list`: every mandate of the terminal that a customer has consented to, newest first. */
export async function listMandates(call: Call, gateway: Gateway): Promise<Answer> {
  const terminalIds = call.caller.terminals.map(({ terminalId }) => terminalId);
  const found = await gateway.mandates.list(terminalIds, MOST_LISTED + 1);
  const body: MandateListResponse = {
    returnStatus: SUCCESS,
    mandates: found.slice(0, MOST_LISTED).map(detailedBlock),
    moreElementsIndicator: found.length > MOST_LISTED,
    execution: executionOf(call, gateway),
  };
  return { status: 200, body };
}

/**
 * `POST /mbway-mandates/{transactionID}/cancel`: the merchant ends it. A decline is HTTP 400 with the whole body, as of
 * operations (inferred).
 */
export async function cancelMandate(call: Call, gateway: Gateway): Promise<Answer> {
  const ids = { id: newTransactionId(gateway.chance), recipientId: newRecipientId(gateway.chance) };
  const canceled = await gateway.mandates.change(call.transactionId, (mandate) => {
    expectKnown(mandate, call);
    const { merchant } = readMandateCancellation(call.body);
    terminalOf(call.caller, merchant.terminalId);
    const { merchantTransactionId } = merchant;
    const { description, merchantTimestamp } = mandate.creation;
    const asked = { ...ids, merchantTransactionId, merchantTimestamp, description, amount: cents(0) };
    const change = cancelMandateForMerchant(mandate, asked, gateway.clock.now());
    return { result: change.operation, change };
  });
  if (canceled === null) throw refusals.unknownMandate();
  return cancellationAnswer(call, gateway, canceled);
}

function cancellationAnswer(call: Call, gateway: Gateway, operation: Transaction): Answer {
  const refused = paymentStatusOf(operation) === "Declined";
  const body: MandateCancellationResponse = {
    returnStatus: refused ? returnStatusOf(operation.outcome, "Error") : SUCCESS,
    transactionID: operation.id,
    transactionSignature: signatureOf(call, gateway, operation),
    execution: executionOf(call, gateway),
  };
  return { status: refused ? 400 : 200, body };
}

async function create(call: Call, gateway: Gateway, checkout: Transaction | null): Promise<Answer> {
  const creation = creationOf(call, gateway, checkout);
  const { merchantTransactionId, mandateId, asked, consent } = creation;
  const data = { merchantTransactionId, mandateId, type: consent.type, phone: asked.phone };
  await gateway.transactions.add(creation, { at: call.startedAt, what: "mandate_creation", data });
  const answered = await gateway.mandates.change(creation.id, (mandate) => {
    const { change, answered: result } = askForMandate(mandate.creation, gateway.clock.now());
    return { result, change };
  });
  return { status: 200, body: creationAnswer(call, gateway, creation, answered ?? "waiting") };
}

/** The mandate's id is there before the customer's consent, limit and end are not (reference 6.1). */
function creationAnswer(
  call: Call,
  gateway: Gateway,
  creation: MandateCreation,
  answered: Outcome,
): MandateCreationResponse {
  const refused = outcomes[answered].paymentStatus === "Declined";
  const { id, mandateId, consent, asked } = creation;
  const mandate: AnsweredMandate = {
    mandateId,
    mandateType: consent.type,
    aliasMBWAY: asked.phone,
    customerName: consent.customerName,
    mandateStatus: "PEND",
  };
  return {
    returnStatus: refused ? returnStatusOf(answered, "Declined") : SUCCESS,
    // spelt with a small d by programs in production, with a capital one in the other calls (reference §18)
    transactionId: id,
    transactionID: id,
    transactionSignature: signatureOf(call, gateway, creation),
    execution: executionOf(call, gateway),
    ...(refused ? {} : { mandate }),
  };
}

function creationOf(call: Call, { chance, clock }: Gateway, checkout: Transaction | null): MandateCreation {
  const { merchant, mandate } = readMandateCreation(call.body);
  const { terminalId } = terminalOf(call.caller, merchant.terminalId);
  const none = cents(0);
  const now = clock.now();
  return {
    id: newTransactionId(chance),
    kind: "mandate",
    originalId: checkout?.id ?? null,
    terminalId,
    merchantTransactionId: merchant.merchantTransactionId,
    merchantTimestamp: now.toISOString(),
    description: merchant.transactionDescription ?? checkout?.description ?? "",
    recipientId: newRecipientId(chance),
    amount: none,
    paymentType: "AUTH",
    methods: ["MBWAY"],
    method: "MBWAY",
    outcome: "waiting",
    receivedAt: now,
    deadline: new Date(now.getTime() + CHECKOUT_LIFE_MS),
    scenario: null,
    asked: { phone: mandate.aliasMBWAY, at: now, answerableUntil: null },
    terms: null,
    reference: null,
    cardTerms: NO_CARD_TERMS,
    card: null,
    mandateId: newMandateId(chance),
    consent: {
      type: mandate.mandateType,
      customerName: mandate.customerName,
      status: "PEND",
      limit: null,
      validUntil: null,
      collected: null,
    },
    sums: { authorized: none, captured: none, released: none, refunded: none },
    // until the phone is asked, which decides anew: a gateway that dies before leaves nothing that is Pending for ever
    due: { at: new Date(now.getTime() + PHONE_ANSWER_MS), outcome: "not_answered" },
    version: 0,
  };
}

async function inquiry(call: Call, gateway: Gateway, block: (mandate: Mandate) => AnsweredMandate): Promise<Answer> {
  const mandate = await gateway.mandates.find(call.transactionId);
  if (mandate === null) throw refusals.unknownMandate();
  expectKnown(mandate, call);
  const body: MandateInquiryResponse = {
    returnStatus: SUCCESS,
    mandate: block(mandate),
    moreElementsIndicator: false,
    execution: executionOf(call, gateway),
  };
  return { status: 200, body };
}

/**
 * SIBS knows a mandate only once its customer has consented (met in production, reference §18), for its own merchant
 * and under its own phone.
 * @throws Refusal 400 with `E0507`
 */
function expectKnown(mandate: Mandate, { caller, headers }: Call): void {
  const { "Mbway-ID": phone } = readMbwayId({ "Mbway-ID": headers["mbway-id"] });
  const isOwn = caller.terminals.some(({ terminalId }) => terminalId === mandate.terminalId);
  if (!isOwn || mandate.phone !== phone || !wasGiven(mandate)) throw refusals.unknownMandate();
}

function mandateBlock(mandate: Mandate): AnsweredMandate {
  const { mandateId, type, status, validUntil, limit, phone, customerName, transactionId } = mandate;
  return {
    mandateId,
    mandateType: type,
    mandateStatus: status,
    ...(validUntil === null ? {} : { mandateExpirationDate: validUntil }),
    ...(limit === null ? {} : { amountLimit: asText(limit) }),
    aliasMBWAY: phone,
    customerName,
    transactionId,
  };
}

function detailedBlock(mandate: Mandate): AnsweredMandate {
  const { available } = mandate;
  return { ...mandateBlock(mandate), ...(available === null ? {} : { amountAvailable: asText(available) }) };
}

function asText(amount: Cents) {
  return { value: eurosText(amount), currency: "EUR" };
}

function signatureOf({ caller }: Call, { signatures }: Gateway, { id, terminalId }: Transaction): string {
  const { merchantCode } = terminalOf(caller, terminalId);
  return signatures.make({ transactionId: id, merchantCode, terminalId });
}
