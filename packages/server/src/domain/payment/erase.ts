import { eachOf, emptied, erasing, gone, KEPT } from "../erasing.ts";
import type { Action, Attempt, ChargedMandate } from "./attempt.ts";
import type { Recorded } from "./facts.ts";
import type { Operation } from "./operation.ts";
import type { Settlement } from "./settlement.ts";
import type { Payment, SavedCardSummary, Wish } from "./state.ts";

// Of an erased customer, sums, statuses, moments, identifiers and SIBS's own words stay whole. A journal that is erased
// line by line adds up to the state that is erased: for what is erased, nobody who adds up asks.

const settlement = erasing<Settlement<string>>({ outcome: KEPT, note: gone, at: KEPT, by: KEPT });

/** What charges it, and what its owner recognises it by, is gone; that there was one is not. */
const savedCard = erasing<SavedCardSummary>({ id: KEPT, brand: gone, lastFour: gone, expiry: gone });

const chargedMandate = erasing<ChargedMandate>({ id: KEPT, phone: gone });

/** Where an issuer has the customer's browser post what. */
const action = erasing<Action>({ id: KEPT, type: KEPT, url: () => "", fields: emptied, expiresAt: KEPT });

const attempt = erasing<Attempt>({
  id: KEPT,
  method: KEPT,
  status: KEPT,
  inDoubt: KEPT,
  doubtSince: KEPT,
  notArrivedSince: KEPT,
  amount: KEPT,
  transactionId: KEPT,
  createdAt: KEPT,
  submittedAt: KEPT,
  sentAt: KEPT,
  expiresAt: KEPT,
  checkoutExpiresAt: KEPT,
  endedAt: KEPT,
  failure: KEPT,
  phone: gone,
  reference: KEPT,
  card: gone,
  authentication: KEPT,
  token: KEPT,
  madeOn: KEPT,
  mandate: chargedMandate,
  initiator: KEPT,
  action,
  leftChallenge: KEPT,
  awaitsNotice: KEPT,
  cancellation: KEPT,
  noticedAt: KEPT,
  paidNoticeAt: KEPT,
  readUnpaidAt: KEPT,
  unread: KEPT,
  taken: KEPT,
  takenBackAt: KEPT,
  settled: settlement,
  unprovedSince: KEPT,
  absence: KEPT,
  asked: KEPT,
  expiryTold: KEPT,
  wished: KEPT,
  askAt: KEPT,
});

const operation = erasing<Operation>({
  id: KEPT,
  kind: KEPT,
  attempt: KEPT,
  amount: KEPT,
  reason: KEPT,
  statedReason: KEPT,
  note: gone,
  requestedBy: KEPT,
  countsFor: KEPT,
  status: KEPT,
  failure: KEPT,
  transactionId: KEPT,
  createdAt: KEPT,
  sentAt: KEPT,
  notBefore: KEPT,
  doubtSince: KEPT,
  personAskedAt: KEPT,
  againAt: KEPT,
  settled: settlement,
  unprovedSince: KEPT,
  absence: KEPT,
  isHeardOf: KEPT,
  lookedUpAt: KEPT,
  refusal: KEPT,
  asked: KEPT,
  askAt: KEPT,
});

const wish = erasing<Wish>({ method: KEPT, phone: gone, at: KEPT, seen: KEPT, notBefore: KEPT });

const payment = erasing<Payment>({
  id: KEPT,
  payToken: KEPT,
  // the shop's own key to its books, by which it finds what was paid
  reference: KEPT,
  amount: KEPT,
  currency: KEPT,
  description: gone,
  methods: KEPT,
  capture: KEPT,
  latePayments: KEPT,
  overlap: KEPT,
  saveCard: KEPT,
  token: KEPT,
  mandates: KEPT,
  mandate: KEPT,
  plan: KEPT,
  initiator: KEPT,
  customer: gone,
  metadata: emptied,
  returnUrl: gone,
  cancelUrl: gone,
  locale: KEPT,
  items: () => [],
  expiresAt: KEPT,
  status: KEPT,
  createdAt: KEPT,
  paidAt: KEPT,
  amountAuthorized: KEPT,
  amountCaptured: KEPT,
  amountReleased: KEPT,
  amountRefunded: KEPT,
  attempts: eachOf(attempt),
  operations: eachOf(operation),
  fundedBy: KEPT,
  savedCard,
  attention: KEPT,
  attentionNext: KEPT,
  isCorrected: KEPT,
  wish,
  phoneRestsUntil: KEPT,
  charging: KEPT,
  terminal: KEPT,
  erasedAt: KEPT,
  version: KEPT,
  sequence: KEPT,
  looks: KEPT,
  looked: KEPT,
});

/** The members of a line by their names, whatever its kind; `refund`: of the first version, an operation's id. */
const line = erasing<Recorded | { readonly refund: string }>({
  kind: KEPT,
  at: KEPT,
  by: KEPT,
  looks: KEPT,
  next: KEPT,
  payment,
  attempt: KEPT,
  operation: KEPT,
  refund: KEPT,
  operationKind: KEPT,
  reason: KEPT,
  statedReason: KEPT,
  requestedBy: KEPT,
  countsFor: KEPT,
  beside: KEPT,
  note: gone,
  // a saved card has an id, one that was typed has none
  card: (card) => (isObject(card) && "id" in card ? savedCard(card) : null),
  phone: gone,
  until: KEPT,
  method: KEPT,
  token: KEPT,
  mandate: chargedMandate,
  initiator: KEPT,
  transactionId: KEPT,
  merchantTransactionId: KEPT,
  checkoutExpiresAt: KEPT,
  expiresAt: KEPT,
  madeOn: KEPT,
  authentication: KEPT,
  // what the browser is to do, or the id of what it has done
  action: (one) => (isObject(one) ? action(one) : one),
  executed: KEPT,
  control: KEPT,
  reference: KEPT,
  hold: KEPT,
  unannounced: KEPT,
  for: KEPT,
  amount: KEPT,
  saidBy: KEPT,
  absence: KEPT,
  status: KEPT,
  failure: KEPT,
  refusal: KEPT,
  outcome: KEPT,
  notification: KEPT,
  success: KEPT,
  paid: KEPT,
  said: KEPT,
  answered: KEPT,
  unpaid: KEPT,
  unreadable: KEPT,
  notBefore: KEPT,
  freesAnother: KEPT,
  again: KEPT,
  wished: KEPT,
  left: KEPT,
});

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;

/**
 * A payment without anything of its customer, their attempts' phones and cards, and whatever anybody wrote about them.
 */
export function erasePayment(state: Payment): Payment {
  return payment(state) as Payment;
}

/** A line of a payment's journal, or what stands in it beside its kind, in this version's words or an earlier one's. */
export function eraseLine<Line extends object>(of: Line): Line {
  return line(of) as Line;
}
