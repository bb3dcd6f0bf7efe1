import { Buffer } from "node:buffer";
import type { CheckoutResponse, FormContext } from "@caravela/sibs";
import { CHECKOUT_LIFE_MS } from "@caravela/sibs/limits";
import { cents, eurosNumber, parseEuros } from "@caravela/sibs/money";
import { type CardTerms, type Charges, type Token, tokenBlock } from "../domain/card.ts";
import { scenarioOfAmount } from "../domain/scenarios.ts";
import type { Method, ReferenceTerms, Transaction } from "../domain/transaction.ts";
import type { Terminal } from "../terminals/terminals.ts";
import { type Answer, amountAsNumber, merchantOf, SUCCESS } from "./answers.ts";
import { type Call, executionOf, type Gateway, newRecipientId, newTransactionId } from "./call.ts";
import { announcedCharges } from "./charges.ts";
import { asksForToken, type CheckoutRequest, readCheckoutRequest, tokenisationOf } from "./checkout-request.ts";
import { terminalOf } from "./credentials.ts";
import { type MandateForCheckout, mandateForCheckout } from "./mandate-of-checkout.ts";
import { refusals } from "./refusals.ts";
import { momentOf } from "./timestamp.ts";

/** `POST /payments`: makes a transaction and fixes type, amount and methods. Nothing is charged (reference §2). */
export async function checkout(call: Call, gateway: Gateway): Promise<Answer> {
  const request = readCheckoutRequest(call.body);
  const terminal = terminalOf(call.caller, request.merchant.terminalId);
  const mandate = await mandateForCheckout(request, terminal, gateway);
  const payment = paymentOf(request, terminal, mandate, call.startedAt, gateway);
  const { merchantTransactionId, amount, methods, paymentType, deadline } = payment;
  const data = { merchantTransactionId, amount, methods, paymentType, deadline };
  await gateway.transactions.add(payment, { at: call.startedAt, what: "checkout", data });
  const tokens = await gateway.tokens.findAll(announcedTokens(request), terminal.merchantCode);
  return { status: 200, body: answer(call, gateway, { request, payment, terminal, tokens, mandate }) };
}

/** Members in the seed's order, amount as a number, `expiry` from the request's own timestamp (reference 2.11). */
function answer(
  call: Call,
  gateway: Gateway,
  made: {
    readonly request: CheckoutRequest;
    readonly payment: Transaction;
    readonly terminal: Terminal;
    readonly tokens: readonly Token[];
    readonly mandate: MandateForCheckout;
  },
): CheckoutResponse {
  const { payment, tokens } = made;
  const { transaction } = made.request;
  const { merchantCode, terminalId } = made.terminal;
  const isCollectable = payment.mandateId === null || payment.methods.includes("MANDATE");
  const mandateAvailable = made.mandate.available && isCollectable;
  const signature = gateway.signatures.make({ transactionId: payment.id, merchantCode, terminalId });
  const expiry = new Date(momentOf(transaction.transactionTimestamp).getTime() + CHECKOUT_LIFE_MS);
  return {
    amount: amountAsNumber(payment.amount),
    merchant: merchantOf(payment),
    transactionID: payment.id,
    transactionSignature: signature,
    formContext: formContext(payment, signature, transaction.moto ?? false, mandateAvailable),
    expiry: expiry.toISOString(),
    tokenList: tokens.map(tokenBlock),
    paymentMethodList: [...payment.methods],
    execution: executionOf(call, gateway),
    returnStatus: SUCCESS,
    // where a mandate is spoken of alone: the seed's answer has no such member
    ...(mandateAvailable || payment.methods.includes("MANDATE") ? { mandate: { mandateAvailable } } : {}),
  };
}

function paymentOf(
  request: CheckoutRequest,
  terminal: Terminal,
  mandate: MandateForCheckout,
  now: Date,
  { chance }: Gateway,
): Transaction {
  const { merchant, transaction } = request;
  const { paymentType, description, transactionTimestamp } = transaction;
  const amount = parseEuros(transaction.amount.value);
  const none = cents(0);
  return {
    id: newTransactionId(chance),
    kind: "payment",
    originalId: null,
    terminalId: terminal.terminalId,
    merchantTransactionId: merchant.merchantTransactionId,
    merchantTimestamp: transactionTimestamp,
    description,
    recipientId: newRecipientId(chance),
    amount,
    paymentType,
    methods: usableMethods(transaction, terminal.methods),
    method: null,
    outcome: "waiting",
    receivedAt: now,
    // from the moment the gateway received it, by its own clock (reference 2.11)
    deadline: new Date(now.getTime() + CHECKOUT_LIFE_MS),
    scenario: scenarioOfAmount(amount),
    asked: null,
    terms: termsOf(transaction.paymentReference),
    reference: null,
    cardTerms: cardTermsOf(request),
    card: null,
    mandateId: mandate.mandateId,
    consent: null,
    sums: { authorized: none, captured: none, released: none, refunded: none },
    due: null,
    version: 0,
  };
}

/**
 * What was asked for and is agreed for the terminal. An empty list means all of it (reference 2.3), and so does none,
 * but for a reference without its terms (inferred). Without an amount, a card alone.
 */
function usableMethods(
  { paymentMethod: asked, paymentReference, amount }: CheckoutRequest["transaction"],
  agreed: readonly Method[],
): Method[] {
  const payable = agreed.filter((method) => method !== "REFERENCE" || paymentReference !== undefined);
  const wanted = asked === undefined ? payable : asked.length === 0 ? agreed : [...new Set(asked)];
  const taken = agreed.flatMap((method) => [method, ...(comesWith[method] ?? [])]);
  const usable = wanted.filter((one): one is Method => taken.some((method) => method === one));
  const fitting = amount.value === 0 ? usable.filter((method) => method === "CARD") : usable;
  if (fitting.length === 0) throw refusals.field("transaction.paymentMethod", "holds no method of this terminal");
  return fitting;
}

/** Whoever takes cards takes saved ones, and whoever takes MB WAY collects by mandates. */
const comesWith: Partial<Record<Method, Method[]>> = { CARD: ["TOKEN"], MBWAY: ["MANDATE"] };

function cardTermsOf(request: CheckoutRequest): CardTerms {
  const info = request.customer?.customerInfo;
  const shipsToBilling = info?.billingAddressSameAsShippingAddress === true ? info.shippingAddress : undefined;
  const charges = chargesOf(request);
  return {
    moto: request.transaction.moto ?? false,
    hasEmail: (info?.customerEmail ?? "") !== "",
    hasBillingAddress: (info?.billingAddress ?? shipsToBilling) !== undefined,
    // charges that follow need the card
    keepsCard: asksForToken(request) || charges !== null,
    charges,
  };
}

function announcedTokens(request: CheckoutRequest): string[] {
  return (tokenisationOf(request)?.paymentTokens ?? []).map(({ value }) => value);
}

/** Under either of its names; the seed's `recurringTransaction` is a recurring one (inferred). */
function chargesOf({ merchantInitiatedTransaction: charges, recurringTransaction }: CheckoutRequest): Charges | null {
  if (charges !== undefined) return announcedCharges(charges);
  if (recurringTransaction === undefined) return null;
  const { amountQualifier, schedule } = recurringTransaction;
  return { announcedAs: "recurringTransaction", type: "RCRR", amountQualifier, schedule: schedule ?? null };
}

function termsOf(asked: CheckoutRequest["transaction"]["paymentReference"]): ReferenceTerms | null {
  if (asked === undefined) return null;
  const { entity, initialDatetime, finalDatetime, minAmount, maxAmount } = asked;
  return {
    entity,
    validFrom: momentOf(initialDatetime),
    validTo: momentOf(finalDatetime),
    minAmount: parseEuros(minAmount.value),
    maxAmount: parseEuros(maxAmount.value),
  };
}

/** What SIBS's own form is opened with; members, order and `"v1"` as decoded from the seed. */
function formContext(payment: Transaction, transactionSignature: string, moto: boolean, mandate: boolean): string {
  const context: FormContext = {
    PaymentMethod: [...payment.methods],
    TransactionSignature: transactionSignature,
    Amount: { Amount: eurosNumber(payment.amount), Currency: "EUR" },
    Mandate: { MandateAvailable: mandate },
    ApiVersion: "v1",
    MOTO: moto,
  };
  return Buffer.from(JSON.stringify(context)).toString("base64");
}
