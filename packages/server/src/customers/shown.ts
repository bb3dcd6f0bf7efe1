import { type Erasing, eachOf, emptied, erasing, gone, KEPT } from "../domain/erasing.ts";
import type { SavedCardSummary } from "../domain/payment/state.ts";
import type { presentMandate, presentPlan } from "../mandates/present.ts";
import type { presentApproval } from "../operations/approval-schemas.ts";
import type { presentNote } from "../payments/note-routes.ts";
import type { presentAttempt, presentOperation, presentPayment } from "../payments/present.ts";

// Events and kept answers hold payments and mandates as the API showed them then. They are erased as the states are.

type Shown<Presents extends (...of: never[]) => unknown> = ReturnType<Presents>;

const settled = erasing<NonNullable<Shown<typeof presentAttempt>["settled"]>>({
  outcome: KEPT,
  note: gone,
  at: KEPT,
  by: KEPT,
});
const settledOrNone = (value: unknown) => (value === null ? null : settled(value));

const attempt = erasing<Shown<typeof presentAttempt>>({
  id: KEPT,
  payment: KEPT,
  method: KEPT,
  status: KEPT,
  inDoubt: KEPT,
  amount: KEPT,
  transactionId: KEPT,
  createdAt: KEPT,
  expiresAt: KEPT,
  secondsLeft: KEPT,
  failure: KEPT,
  settled: settledOrNone,
  action: gone,
  mbway: gone,
  multibanco: KEPT,
  card: gone,
  authentication: KEPT,
  token: KEPT,
  mandate: KEPT,
  initiator: KEPT,
});

const operation = erasing<Shown<typeof presentOperation>>({
  id: KEPT,
  payment: KEPT,
  reference: KEPT,
  amount: KEPT,
  status: KEPT,
  reason: KEPT,
  failure: KEPT,
  statedReason: KEPT,
  note: gone,
  requestedBy: KEPT,
  settled: settledOrNone,
  createdAt: KEPT,
});

const approval = erasing<Shown<typeof presentApproval>>({
  id: KEPT,
  status: KEPT,
  payment: KEPT,
  reference: KEPT,
  attempt: KEPT,
  amount: KEPT,
  statedReason: KEPT,
  note: gone,
  requestedBy: KEPT,
  decidedBy: KEPT,
  decidedAt: KEPT,
  decisionNote: gone,
  refund: KEPT,
  createdAt: KEPT,
  expiresAt: KEPT,
});
const note = erasing<Shown<typeof presentNote>>({ id: KEPT, text: gone, by: KEPT, at: KEPT });

const payment = erasing<Shown<typeof presentPayment>>({
  id: KEPT,
  terminal: KEPT,
  status: KEPT,
  amount: KEPT,
  currency: KEPT,
  amountAuthorized: KEPT,
  amountCaptured: KEPT,
  amountReleased: KEPT,
  amountRefunded: KEPT,
  reference: KEPT,
  description: gone,
  methods: KEPT,
  capture: KEPT,
  latePayments: KEPT,
  overlap: KEPT,
  customer: gone,
  mandates: KEPT,
  mandate: KEPT,
  plan: KEPT,
  metadata: emptied,
  returnUrl: gone,
  cancelUrl: gone,
  locale: KEPT,
  items: () => [],
  payUrl: KEPT,
  attention: KEPT,
  fundedBy: KEPT,
  attempts: eachOf(attempt),
  refunds: eachOf(operation),
  captures: eachOf(operation),
  cancellations: eachOf(operation),
  createdAt: KEPT,
  expiresAt: KEPT,
  paidAt: KEPT,
});

const plan = erasing<Shown<typeof presentPlan>>({
  id: KEPT,
  mandate: KEPT,
  status: KEPT,
  amount: KEPT,
  currency: KEPT,
  every: KEPT,
  firstDate: KEPT,
  endDate: KEPT,
  description: gone,
  reference: KEPT,
  metadata: emptied,
  retries: KEPT,
  missed: KEPT,
  chargesAt: KEPT,
  nextCharge: KEPT,
  charged: KEPT,
  createdAt: KEPT,
  endedAt: KEPT,
});

const mandate = erasing<Shown<typeof presentMandate>>({
  id: KEPT,
  terminal: KEPT,
  status: KEPT,
  type: KEPT,
  phone: gone,
  customer: erasing<Shown<typeof presentMandate>["customer"]>({ id: gone, name: gone }),
  description: gone,
  reference: KEPT,
  limit: KEPT,
  validUntil: KEPT,
  inDoubt: KEPT,
  secondsLeft: KEPT,
  failure: KEPT,
  returnUrl: gone,
  cancelUrl: gone,
  locale: KEPT,
  authorizeUrl: KEPT,
  manageUrl: KEPT,
  plans: eachOf(plan),
  createdAt: KEPT,
  activatedAt: KEPT,
  endedAt: KEPT,
});

const token = erasing<SavedCardSummary>({ id: KEPT, brand: gone, lastFour: gone, expiry: gone });

/** What an event holds: the resources that it tells of, by what they are. */
const data: Erasing<Record<string, unknown>> = {
  payment,
  refund: operation,
  capture: operation,
  cancellation: operation,
  token,
  mandate,
  plan,
};

const event = erasing<Record<string, unknown>>({
  id: KEPT,
  type: KEPT,
  timestamp: KEPT,
  sequence: KEPT,
  data: erasing(data),
  deliveries: KEPT,
});

/** A problem as it is kept: its detail may tell of what was asked. */
const problem = erasing<Record<string, unknown>>({
  type: KEPT,
  title: KEPT,
  status: KEPT,
  detail: gone,
  errors: () => [],
});

/** What is answered with, by what its identifier begins with. */
const BY_PREFIX: Readonly<Record<string, (value: unknown) => unknown>> = {
  pay: payment,
  att: attempt,
  rfd: operation,
  cap: operation,
  can: operation,
  apr: approval,
  note,
  man: mandate,
  plan,
  evt: event,
};

/** The body of an event without its customer. */
export function eraseEvent(body: string): string {
  return JSON.stringify(event(JSON.parse(body)));
}

/** The body of a kept answer without its customer. */
export function eraseAnswer(body: string): string {
  const answered = JSON.parse(body) as { readonly id?: unknown } | null;
  const [prefix = ""] = String(answered?.id ?? "").split("_");
  return JSON.stringify((BY_PREFIX[prefix] ?? problem)(answered));
}
