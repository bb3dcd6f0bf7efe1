import type { Mutation } from "./mutated.ts";

const SERVER = "packages/server/src";

/** What SIBS tells, and what is asked of it. */
const OF_SIBS: readonly Mutation[] = [
  {
    name: "a notification is acknowledged before it is stored",
    file: `${SERVER}/notifications/routes.ts`,
    before: "await inbox.store(opened, terminals);",
    after: "void inbox.store(opened, terminals).catch(() => undefined);",
  },
  {
    name: "a notification that could not be stored is acknowledged",
    file: `${SERVER}/notifications/inbox.ts`,
    before: "await this.#rows.do({ ...rowOf(notification), terminals });",
    after: "await this.#rows.do({ ...rowOf(notification), terminals }).catch(() => undefined);",
  },
  {
    name: "what SIBS notified as paid does not stand",
    file: `${SERVER}/domain/payment/apply-attempt.ts`,
    before: "paidNoticeAt: paid ? (attempt.paidNoticeAt ?? at) : attempt.paidNoticeAt,",
    after: "paidNoticeAt: null,",
  },
  {
    name: "a time-out of a charge is taken for a refusal",
    file: `${SERVER}/sibs/reading.ts`,
    before: "movedOn(of, true) : ofMoney(of, movedOn(of, false))),",
    after: "movedOn(of, true) : refused(of)),",
  },
  {
    name: "a time-out of a refund is taken for a refusal",
    file: `${SERVER}/sibs/reading.ts`,
    before: '(of) => ofMoney(of, { kind: "in_doubt", fault: faultOf(of) }),',
    after: "(of) => refused(of),",
  },
  {
    name: "what may have moved money is sent again when its answer is lost",
    file: "packages/sibs/src/retry.ts",
    before: 'return kind === "read" && (httpStatus === null',
    after: "return (httpStatus === null",
  },
  {
    name: "a success is given up because SIBS is silent",
    file: `${SERVER}/domain/payment/end.ts`,
    before: "if (!wasRead && !(said === null && timeOutUnasked)) return [];",
    after: "if (!wasRead && said !== null) return [];",
  },
  {
    name: "a success that comes after the end of its attempt is not heard",
    file: `${SERVER}/domain/payment/hear.ts`,
    before: 'if (meaning.kind === "approved") return approve(payment, attempt, meaning, report.reference, given);',
    after:
      'if (meaning.kind === "approved") return isLive(attempt) ? approve(payment, attempt, meaning, report.reference, given) : [];',
  },
  {
    name: "what has not arrived yet counts as never sent",
    file: `${SERVER}/domain/payment/hear.ts`,
    before: "if (!sinceLongEnough(attempt, given)) return firstNotArrived(attempt, given);",
    after: "",
  },
  {
    name: "one look-up that finds nothing proves that nothing was sent",
    file: `${SERVER}/domain/payment/absence.ts`,
    before: "return count >= PROOF && lastAt - since >= span;",
    after: "return count >= 1 && lastAt - since <= span;",
  },
  {
    name: "an attempt in doubt is forgotten",
    file: `${SERVER}/domain/payment/schedule.ts`,
    before: "return nextAskInDoubt(attempt.doubtSince, attempt.notArrivedSince, after);",
    after: "return null;",
  },
  {
    name: "a call that nobody answered is not doubted",
    file: `${SERVER}/domain/payment/schedule.ts`,
    before: "return attempt.sentAt + ANSWER_LIMIT;",
    after: "return null;",
  },
  {
    name: "an operation in doubt is forgotten",
    file: `${SERVER}/domain/payment/due.ts`,
    before: "...payment.operations.map((operation) => operation.askAt),",
    after: "",
  },
];

/** Refunds, captures, and what goes back by itself. */
const OF_OPERATIONS: readonly Mutation[] = [
  {
    name: "a refund is sent without a key of its own",
    file: `${SERVER}/operations/send-operation.ts`,
    before: "merchantTransactionId: operation.id,",
    after: "merchantTransactionId: attempt.id as never,",
  },
  {
    name: "a refund is sent with a new key each time",
    file: `${SERVER}/operations/send-operation.ts`,
    before: "merchantTransactionId: operation.id,",
    after: "merchantTransactionId: (operation.id + Math.floor(Math.random() * 1e6)) as never,",
  },
  {
    name: "a refund whose answer is lost is sent once more",
    file: `${SERVER}/operations/send-operation.ts`,
    before: "return doubtOperation(payment, id, given);",
    after: "return refuseOperation(payment, id, { code: null, unheard: true }, given);",
  },
  {
    name: "of a refund in part all is sent",
    file: `${SERVER}/operations/send-operation.ts`,
    before: "amount: operation.amount,",
    after: "amount: attempt.amount,",
  },
  {
    name: "a refund that was asked for and not sent is forgotten",
    file: `${SERVER}/domain/payment/operation.ts`,
    before: "return operation.notBefore ?? operation.createdAt;",
    after: "return operation.notBefore;",
  },
  {
    name: "what is in doubt does not count against what can be refunded",
    file: `${SERVER}/domain/payment/operation.ts`,
    before: 'return operation.status !== "failed";',
    after: 'return operation.status !== "failed" && operation.status !== "in_doubt";',
  },
  {
    name: "what is in doubt does not count against what can be captured",
    file: `${SERVER}/domain/payment/operation.ts`,
    before: 'return operation.status === "pending" || operation.status === "in_doubt";',
    after: 'return operation.status === "pending";',
  },
  {
    name: "a refund may be a cent beyond what was captured",
    file: `${SERVER}/domain/payment/operate.ts`,
    before: 'if (amount > left) return { refused: "refund_exceeds_captured"',
    after: 'if (amount > left + 1) return { refused: "refund_exceeds_captured"',
  },
  {
    name: "a refund of all that is left is too much",
    file: `${SERVER}/domain/payment/operate.ts`,
    before: 'if (amount > left) return { refused: "refund_exceeds_captured"',
    after: 'if (amount >= left) return { refused: "refund_exceeds_captured"',
  },
  {
    name: "a capture may be a cent beyond what is held",
    file: `${SERVER}/domain/payment/operate.ts`,
    before: 'if (amount > left) return { refused: "capture_exceeds_authorized"',
    after: 'if (amount > left + 1) return { refused: "capture_exceeds_authorized"',
  },
  {
    name: "a capture of all that is held is too much",
    file: `${SERVER}/domain/payment/operate.ts`,
    before: 'if (amount > left) return { refused: "capture_exceeds_authorized"',
    after: 'if (amount >= left) return { refused: "capture_exceeds_authorized"',
  },
  {
    name: "a cancellation may be a cent beyond what is held",
    file: `${SERVER}/domain/payment/operate.ts`,
    before: "if ((command.amount ?? left) > left)",
    after: "if ((command.amount ?? left) > left + 1)",
  },
  {
    name: "a hold that is given up in full stays held",
    file: `${SERVER}/domain/payment/apply-operation.ts`,
    before: "payment.amountReleased >= payment.amountAuthorized",
    after: "payment.amountReleased > payment.amountAuthorized",
  },
  {
    name: "late money is kept",
    file: `${SERVER}/domain/payment/approve.ts`,
    before: 'isOver && payment.latePayments !== "accept" ? "late" : "payment"',
    after: '"payment"',
  },
  {
    name: "a second payment is kept",
    file: `${SERVER}/domain/payment/approve.ts`,
    before: 'if (payment.amountAuthorized > 0) return { for: "duplicate", amount };',
    after: "",
  },
  {
    name: "what came late or twice is noted, and nothing gives it back",
    file: `${SERVER}/domain/payment/approve.ts`,
    before: 'return [ask(hold ? "cancellation" : "refund", use.for)];',
    after: "return [];",
  },
];

/** What begins, and what is over. */
const OF_PAYMENTS: readonly Mutation[] = [
  {
    name: "an attempt begins beside one that may still be paid",
    file: `${SERVER}/domain/payment/begin.ts`,
    before: "if (inTheWay !== undefined && !mayBeginBeside(payment, method, given)) {",
    after: "if (inTheWay !== undefined && inTheWay.createdAt < 0) {",
  },
  {
    name: "what changed while a checkout was prepared is not looked at",
    file: `${SERVER}/domain/payment/begin.ts`,
    before: "const refusal = whyClosed(payment, given) ?? whyBusy(payment, attempt.method, given);",
    after: "const refusal = null;",
  },
  {
    name: "what is paid may be paid again",
    file: `${SERVER}/domain/payment/begin.ts`,
    before:
      'if (payment.status === "paid" || payment.status === "authorized") return { refused: "payment_already_paid" };',
    after: "",
  },
  {
    name: "what is paid may be canceled",
    file: `${SERVER}/domain/payment/end.ts`,
    before:
      'if (payment.status === "paid" || payment.status === "authorized") return { refused: "payment_already_paid" } as const;',
    after: "",
  },
  {
    name: "a reference outlives its payment",
    file: `${SERVER}/domain/payment/withdraw.ts`,
    before: 'return isFound(attempt) || (isOver && attempt.status === "pending" && !attempt.inDoubt);',
    after: "return isFound(attempt);",
  },
  {
    name: "a reference counts as withdrawn whatever SIBS answers",
    file: `${SERVER}/attempts/withdraw.ts`,
    before: 'if (outcome.report.paymentStatus !== "Success") break;',
    after: "",
  },
  {
    name: "a withdrawal whose answer is lost counts as done",
    file: `${SERVER}/attempts/withdraw.ts`,
    before: "record(paymentId, (state, given) => doubtAttempt(state, attempt, given));",
    after: "record(paymentId, (state, given) => withdrawalDone(state, attempt, given));",
  },
  {
    name: "an attempt that was never sent is forgotten",
    file: `${SERVER}/domain/payment/schedule.ts`,
    before: "return attempt.createdAt + CHECKOUT_LIFE;",
    after: "return null;",
  },
  {
    name: "what was left undone is never looked at again",
    file: `${SERVER}/storage/journal.ts`,
    before: "due === null ? null : Math.max(due, now + SECOND)",
    after: "null",
  },
];

/** Authorised payments, plans and saved cards. */
const OF_CONSENT: readonly Mutation[] = [
  {
    name: "an authorised payment that ends while it is charged is charged",
    file: `${SERVER}/attempts/submit.ts`,
    before: 'if (status !== "active") return { refused: "mandate_not_active", mandate: id, status };',
    after: "",
  },
  {
    name: "a saved card that is forgotten while it is charged is charged",
    file: `${SERVER}/attempts/submit.ts`,
    before: 'card === null ? { refused: "card_forgotten" } : submitAttempt(state, command, given)',
    after: "card === null ? submitAttempt(state, command, given) : submitAttempt(state, command, given)",
  },
  {
    name: "a plan that was canceled charges on what was refused before",
    file: `${SERVER}/domain/payment/plan-charges.ts`,
    before: 'if (isMandateOver(mandate) || plan?.status === "canceled") return "never";',
    after: 'if (isMandateOver(mandate)) return "never";',
  },
  {
    name: "a plan that is paused charges on what was refused before",
    file: `${SERVER}/domain/payment/plan-charges.ts`,
    before: 'mandate.status === "active" && plan?.status !== "paused"',
    after: 'mandate.status === "active"',
  },
  {
    name: "a plan that is taken up again charges what passed meanwhile",
    file: `${SERVER}/domain/plan/begin.ts`,
    before: "while (timeOf(plan, nextPeriod) <= at) nextPeriod += 1;",
    after: "while (timeOf(plan, nextPeriod) <= 0) nextPeriod += 1;",
  },
  {
    name: "another amount is charged than was announced",
    file: `${SERVER}/domain/plan/state.ts`,
    before: "return amountsBefore.find(({ through }) => period <= through)?.amount ?? amount;",
    after: "return amountsBefore.find(({ through }) => period < 0 && through > 0)?.amount ?? amount;",
  },
  {
    name: "a charge is decided, and forgotten by whoever comes after a crash",
    file: `${SERVER}/domain/plan/due.ts`,
    before: 'if (plan.begun !== null) return [step("make_charge", plan.begun.at)];',
    after: "",
  },
  {
    name: "a charge that is announced late is made on its day",
    file: `${SERVER}/domain/plan/notice.ts`,
    before: "now + NOTICE <= at + NOTICE_LESS ? at : now + NOTICE",
    after: "now <= at ? at : now + NOTICE",
  },
  {
    name: "a plan charges twice on a day",
    file: `${SERVER}/domain/plan/state.ts`,
    before: "at: plan.lastChargedOn === null ? at : Math.max(at, dayAfter(plan.lastChargedOn))",
    after: "at",
  },
  {
    name: "a plan's charge is tried again before SIBS has said how the last one ended",
    file: `${SERVER}/domain/payment/plan-charges.ts`,
    before: "charging.putOffUntil ?? byPolicy, ...askedAbout(tries));",
    after: "charging.putOffUntil ?? byPolicy, ...askedAbout([]));",
  },
  {
    name: "the end of an authorised payment is sent to SIBS once, whatever came of it",
    file: `${SERVER}/domain/mandate/hear.ts`,
    before: "return isCharged ? sendCancellation(mandate, given) : finishCancellation(mandate, given);",
    after: "return finishCancellation(mandate, given);",
  },
  {
    name: "an authorised payment that is approved late is not heard",
    file: `${SERVER}/domain/mandate/schedule.ts`,
    before: "return mayStillBeApproved(mandate) ? nextAskForLateMoney(mandate.submittedAt, after) : null;",
    after: "return mayStillBeApproved(mandate) ? null : null;",
  },
];

/** What is written, and who is told. */
const OF_STORAGE: readonly Mutation[] = [
  {
    name: "a decision counts as written where somebody else was quicker",
    file: `${SERVER}/storage/journal.ts`,
    before: "if (!isWritten) {",
    after: "if (isWritten === null) {",
  },
  {
    name: "an event is not written with its decision",
    file: `${SERVER}/storage/journal.ts`,
    before: "        events,\n        keys: facts.flatMap(kind.keysIn),",
    after: "        events: [],\n        keys: facts.flatMap(kind.keysIn),",
  },
  {
    name: "the key of a request is not written with what it made",
    file: `${SERVER}/storage/journal.ts`,
    before: "        keys: facts.flatMap(kind.keysIn),\n        request: requestOf(request, given),",
    after: "        keys: facts.flatMap(kind.keysIn),\n        request: null,",
  },
  {
    name: "nobody is told that a payment is paid",
    file: `${SERVER}/domain/payment/events-of.ts`,
    before: 'return [event("payment.paid")];',
    after: "return [];",
  },
  {
    name: "events are numbered from the first each time",
    file: `${SERVER}/storage/journal.ts`,
    before: "const events = this.parts.eventsOf(steps, before.sequence, given);",
    after: "const events = this.parts.eventsOf(steps, 0, given);",
  },
  {
    name: "an event does not wait for the one before it",
    file: "simulation/store/server/deliveries.ts",
    before: "return first === undefined || Number(first.sequence) >= Number(sequence);",
    after: "return first === undefined || Number(sequence) > 0;",
  },
  {
    name: "an event is delivered whatever was answered",
    file: `${SERVER}/events/send.ts`,
    before: 'const failure = status >= 200 && status < 300 ? null : "refused";',
    after: "const failure = null;",
  },
  {
    name: "an event is delivered though nobody answered",
    file: `${SERVER}/events/send.ts`,
    before: "return { status: null, failure: failureOf(error), sparedFor: 0, ms: ms() };",
    after: "return { status: null, failure: null, sparedFor: 0, ms: ms() };",
  },
  {
    name: "an event that was answered 200 is not delivered",
    file: `${SERVER}/events/send.ts`,
    before: "status >= 200 && status < 300",
    after: "status > 200 && status < 300",
  },
  {
    name: "a lost connection is judged to be none",
    file: "packages/platform/src/postgres/away.ts",
    before: "return error instanceof TypeError || error instanceof RangeError ? error : new DatabaseAway(error, true);",
    after: "return error;",
  },
  {
    name: "a lease is not looked at",
    file: "simulation/store/due.ts",
    before: "until == null || Number(until) < tables.now;",
    after: "until == null || Number(until) < tables.now || Number(until) > 0;",
  },
];

/** Mistakes that the simulation must find: each is met in others' code, was made in this one, or could be. */
export const MUTATIONS: readonly Mutation[] = [
  ...OF_SIBS,
  ...OF_OPERATIONS,
  ...OF_PAYMENTS,
  ...OF_CONSENT,
  ...OF_STORAGE,
];
