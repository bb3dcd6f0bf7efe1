import { type Action, type CardUse, type KeptCard, type PresentedCard, type Proof, present } from "../card.ts";
import { type ChallengeEnding, cardScenarioOf, type TransStatus } from "../card-scenarios.ts";
import type { Outcome } from "../outcomes.ts";
import { type IssuerCourse, issuerCourseOf, issuerSays } from "../scenarios.ts";
import { type Change, hasLapsed, type JournalEntry, type Transaction, turning } from "../transaction.ts";

/** What chance gives to one call: the next action's id, what 3-D Secure proves with, and a token should one be made. */
export interface Drawn {
  readonly actionId: string;
  readonly dsTransID: string;
  readonly acsTransID: string;
  readonly threeDSServerTransID: string;
  readonly authenticationValue: string;
  readonly token: string;
}

/** What comes of paying with a card, or why it is not tried. */
export type CardPurchase =
  | { readonly kind: "already_tried" | "not_offered" | "no_email" | "no_billing_address" }
  /** `change` null: the request was lost on its way. */
  | { readonly kind: "done"; readonly change: Change | null; readonly trouble: Trouble };

/** What goes wrong with the call itself. */
export type Trouble = "slow" | "answer_lost" | "request_lost" | null;

/**
 * Pays with a card: `CARD` with the card itself, `TOKEN` with one that was kept. The issuer may first want to see the
 * customer.
 */
export function purchase(
  payment: Transaction,
  by: {
    readonly method: "CARD" | "TOKEN";
    readonly presented: PresentedCard;
    readonly token: string | null;
    /** Whether the terminal wants to be told whose card it is. */
    readonly requiresCustomer: boolean;
  },
  drawn: Drawn,
  now: Date,
): CardPurchase {
  const { method, presented } = by;
  const refused = whyNot(payment, method, by.requiresCustomer);
  if (refused !== null) return { kind: refused };
  const { kept, objection } = presented;
  const { trouble = null } = cardScenarioOf(kept.scenario);
  if (trouble === "request_lost") return { kind: "done", change: null, trouble };
  const token = by.token ?? (payment.cardTerms.keepsCard ? drawn.token : null);
  const tried: Transaction = { ...payment, method, card: { kept, token, action: null, proof: null } };
  if (hasLapsed(payment, now)) {
    return { kind: "done", change: turning(tried, "timed_out", now, "tried_too_late"), trouble: null };
  }
  const data = { card: kept, byToken: method === "TOKEN" };
  const entry = { at: now, what: "card_presented", data };
  return { kind: "done", change: after(entry, begin(tried, objection, drawn, now)), trouble };
}

function whyNot(
  { method, methods, cardTerms }: Transaction,
  by: "CARD" | "TOKEN",
  requiresCustomer: boolean,
): Exclude<CardPurchase["kind"], "done"> | null {
  if (method !== null) return "already_tried";
  if (!methods.includes("CARD") && !methods.includes(by)) return "not_offered";
  if (!requiresCustomer) return null;
  if (!cardTerms.hasEmail) return "no_email";
  // with a saved card a client in production sends no address (GH-EXP)
  return by === "CARD" && !cardTerms.hasBillingAddress ? "no_billing_address" : null;
}

function begin(payment: Transaction, objection: Outcome | null, drawn: Drawn, now: Date): Change {
  const card = cardOf(payment);
  if (objection !== null) return turning(payment, objection, now, "refused_by_issuer");
  const { secure } = cardScenarioOf(card.kept.scenario);
  if (secure === null || payment.cardTerms.moto) return authorise(payment, now);
  if (secure.method) return want(payment, "THREEDS_METHOD", drawn, now);
  return authenticate(payment, drawn, now);
}

/** Says what comes of an action, or that it is not the one that is wanted. */
export type Continuation =
  | { readonly kind: "not_wanted" }
  /** `change` null: it is not finished yet, and stays wanted. */
  | { readonly kind: "done"; readonly change: Change | null };

/** Goes on after an action: of the same method, with the id and the type that were asked for, and only once. */
export function proceed(
  payment: Transaction,
  by: {
    readonly method: "CARD" | "TOKEN";
    readonly id: string;
    readonly type: string;
    readonly executed: boolean;
  },
  drawn: Drawn,
  now: Date,
): Continuation {
  const action = payment.card?.action ?? null;
  const wanted = payment.outcome === "action_wanted" && payment.method === by.method;
  if (!wanted || action === null || action.id !== by.id || action.type !== by.type) return { kind: "not_wanted" };
  if (hasLapsed(payment, now))
    return { kind: "done", change: turning(payment, "timed_out", now, "continued_too_late") };
  const entry = { at: now, what: "action_processed", data: { id: by.id, type: by.type, executed: by.executed } };
  if (action.type === "THREEDS_METHOD")
    return { kind: "done", change: after(entry, authenticate(payment, drawn, now)) };
  const ending = action.ending ?? (by.executed ? null : "canceled");
  if (ending === null || ending === "done") return { kind: "done", change: null };
  return { kind: "done", change: after(entry, endChallenge(payment, ending, drawn, now)) };
}

/** The issuer says whether it knows the customer, or wants to ask. */
function authenticate(payment: Transaction, drawn: Drawn, now: Date): Change {
  const says = cardScenarioOf(cardOf(payment).kept.scenario).secure?.says ?? "Y";
  if (says === "C") return want(payment, "THREEDS_CHALLENGE", drawn, now);
  return settle(payment, says, drawn, now);
}

function endChallenge(payment: Transaction, ending: ChallengeEnding, drawn: Drawn, now: Date): Change {
  if (ending === "timed_out") return turning(payment, "timed_out", now, "challenge_timed_out");
  return settle(payment, ending === "passed" ? "Y" : "N", drawn, now);
}

/** Money is asked for only where the customer is authenticated, or that was at least attempted. */
function settle(payment: Transaction, said: Exclude<TransStatus, "C">, drawn: Drawn, now: Date): Change {
  const card = cardOf(payment);
  // 3-D Secure's own number of it is what the browser carried, where it carried anything
  const threeDSServerTransID = card.action?.id ?? drawn.threeDSServerTransID;
  const proof = proofOf(card.kept, said, { ...drawn, threeDSServerTransID });
  const proved: Transaction = { ...payment, card: { ...card, proof } };
  if (said === "Y" || said === "A") return authorise(proved, now);
  return turning(proved, said === "U" ? "issuer_unavailable" : "not_authenticated", now, "authentication");
}

/** Asks the issuer for the money. */
function authorise(payment: Transaction, now: Date): Change {
  const { issuer } = cardScenarioOf(cardOf(payment).kept.scenario);
  return turnByCourse(payment, issuer ?? issuerCourseOf(payment.scenario), now);
}

/** Asks the issuer for a charge by the merchant, whose customer is not there. */
export function authoriseCharge(charge: Transaction, now: Date): Change {
  const { charges } = cardScenarioOf(cardOf(charge).kept.scenario);
  const { objection } = present(cardOf(charge).kept, null, now);
  const refused = objection ?? charges;
  return turnByCourse(charge, refused === undefined ? issuerCourseOf(charge.scenario) : issuerSays(refused), now);
}

function turnByCourse(payment: Transaction, { first, later }: IssuerCourse, now: Date): Change {
  const change = turning(payment, first, now, "answered_by_issuer");
  const due = later && { at: new Date(now.getTime() + later.afterMs), outcome: later.outcome };
  return { ...change, transaction: { ...change.transaction, due } };
}

/**
 * The payment waits for the browser, until its checkout lapses. Nobody is told: the merchant has just been answered.
 */
function want(payment: Transaction, type: Action["type"], drawn: Drawn, now: Date): Change {
  const card = cardOf(payment);
  const challengeEnds = cardScenarioOf(card.kept.scenario).secure?.challengeEnds ?? null;
  const ending = type === "THREEDS_CHALLENGE" ? challengeEnds : null;
  const action: Action = { id: drawn.actionId, type, askedAt: now, ending, tries: 0 };
  const transaction: Transaction = {
    ...payment,
    outcome: "action_wanted",
    card: { ...card, action },
    due: { at: payment.deadline, outcome: "timed_out" },
  };
  const entry = { at: now, what: "action_wanted", data: { id: action.id, type } };
  return { transaction, operation: null, journal: [entry], notices: [] };
}

/** EMV's electronic commerce indicators, authenticated and attempted: Mastercard counts otherwise than the others. */
function proofOf({ brand }: KeptCard, said: Proof["transStatus"], drawn: Drawn): Proof {
  const { dsTransID, acsTransID, threeDSServerTransID, authenticationValue } = drawn;
  const indicators = brand === "mastercard" ? { Y: "02", A: "01", not: "00" } : { Y: "05", A: "06", not: "07" };
  const proves = said === "Y" || said === "A";
  return {
    transStatus: said,
    eci: proves ? indicators[said] : indicators.not,
    ...(proves ? { authenticationValue } : {}),
    dsTransID,
    acsTransID,
    threeDSServerTransID,
    messageVersion: "2.2.0",
  };
}

function cardOf({ card }: Transaction): CardUse {
  if (card === null) throw new Error("a payment by card has no card");
  return card;
}

function after(entry: JournalEntry, change: Change): Change {
  return { ...change, journal: [entry, ...change.journal] };
}
