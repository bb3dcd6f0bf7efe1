import { type Erasing, eachOf, emptied, erasing, gone, KEPT } from "../erasing.ts";
import type { Plan } from "../plan/state.ts";
import type { RecordedOfMandate } from "./facts.ts";
import type { Mandate, MandateCustomer } from "./state.ts";

// As for payments: a journal that is erased line by line adds up to the state that is erased.

const plan: Erasing<Plan> = {
  id: KEPT,
  amount: KEPT,
  amountsBefore: KEPT,
  currency: KEPT,
  every: KEPT,
  firstDate: KEPT,
  endDate: KEPT,
  description: gone,
  reference: KEPT,
  metadata: emptied,
  retries: KEPT,
  missed: KEPT,
  status: KEPT,
  nextPeriod: KEPT,
  announcedAt: KEPT,
  chargeAt: KEPT,
  ahead: KEPT,
  lastChargedOn: KEPT,
  pausedAt: KEPT,
  begun: KEPT,
  charged: KEPT,
  createdAt: KEPT,
  endedAt: KEPT,
};

const mandate = erasing<Mandate>({
  id: KEPT,
  authorizeToken: KEPT,
  manageToken: KEPT,
  type: KEPT,
  phone: gone,
  customer: erasing<MandateCustomer>({ id: gone, name: gone }),
  description: gone,
  reference: KEPT,
  returnUrl: gone,
  cancelUrl: gone,
  locale: KEPT,
  status: KEPT,
  inDoubt: KEPT,
  doubtSince: KEPT,
  notArrivedSince: KEPT,
  transactionId: KEPT,
  mandateId: KEPT,
  limit: KEPT,
  validUntil: KEPT,
  failure: KEPT,
  createdAt: KEPT,
  submittedAt: KEPT,
  expiresAt: KEPT,
  activatedAt: KEPT,
  endedAt: KEPT,
  cancellation: KEPT,
  noticed: KEPT,
  askAt: KEPT,
  asked: KEPT,
  plans: eachOf(erasing(plan)),
  terminal: KEPT,
  erasedAt: KEPT,
  version: KEPT,
  sequence: KEPT,
  looks: KEPT,
  looked: KEPT,
});

const line = erasing<RecordedOfMandate>({
  kind: KEPT,
  at: KEPT,
  by: KEPT,
  looks: KEPT,
  next: KEPT,
  isComeTrue: KEPT,
  mandate,
  expiresAt: KEPT,
  transactionId: KEPT,
  mandateId: KEPT,
  failure: KEPT,
  status: KEPT,
  limit: KEPT,
  validUntil: KEPT,
  notification: KEPT,
  action: KEPT,
  actionStatus: KEPT,
  said: KEPT,
  answered: KEPT,
  operation: KEPT,
  plan: KEPT,
  terms: erasing(plan),
  waits: KEPT,
  nextPeriod: KEPT,
  reason: KEPT,
  amount: KEPT,
  from: KEPT,
  period: KEPT,
  date: KEPT,
  due: KEPT,
  through: KEPT,
  payment: KEPT,
  on: KEPT,
  since: KEPT,
});

/** A mandate without anything of its customer, and whatever anybody wrote about them and their plans. */
export function eraseMandate(state: Mandate): Mandate {
  return mandate(state) as Mandate;
}

/** A line of a mandate's journal, or what stands in it beside its kind, in this version's words or an earlier one's. */
export function eraseMandateLine<Line extends object>(of: Line): Line {
  return line(of) as Line;
}
