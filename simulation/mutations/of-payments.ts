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
    name: "an answer of before puts off what SIBS has notified since",
    file: `${SERVER}/domain/asked.ts`,
    before: "if (dueAt !== null && askedAt < dueAt && dueAt <= at) return dueAt;",
    after: "",
  },
  {
    name: "what our own clock doubts puts off what SIBS has notified",
    file: `${SERVER}/domain/asked.ts`,
    before: "return asOf(Number.NEGATIVE_INFINITY, decided);",
    after: "return decided;",
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
    name: "a refund that could not be sent is sent again at once",
    file: `${SERVER}/domain/payment/record.ts`,
    before: "if (operation.sentAt === null) return next;",
    after: "",
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
    name: "what came late is forgotten once its way back is settled as not done",
    file: `${SERVER}/domain/payment/tasks.ts`,
    before: 'if (operation.settled !== null && reason === "requested") return [];',
    after: "if (operation.settled !== null) return [];",
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
    before: "await record(doubtAttempt);",
    after: "await record(withdrawalDone);",
  },
  {
    name: "an attempt that was never sent is forgotten",
    file: `${SERVER}/domain/payment/schedule.ts`,
    before: "return attempt.createdAt + (attempt.wished ? UNSENT_WISH : CHECKOUT_LIFE);",
    after: "return null;",
  },
  {
    name: "what was left undone is never looked at again",
    file: `${SERVER}/storage/journal.ts`,
    before: "due === null ? null : Math.max(due, now + SECOND)",
    after: "null",
  },
];

/** Mistakes with payments: what is asked of SIBS and heard, and what becomes of the money. */
export const OF_MONEY: readonly Mutation[] = [...OF_SIBS, ...OF_OPERATIONS, ...OF_PAYMENTS];
