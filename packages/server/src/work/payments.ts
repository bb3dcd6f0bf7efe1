import { type BeginsAttempts, beginAttempt } from "../attempts/begin.ts";
import { tryCharge } from "../attempts/charge-mandate.ts";
import { type ContinuesAttempts, continueAtSibs } from "../attempts/continue.ts";
import { withdrawAtSibs } from "../attempts/withdraw.ts";
import type { PaymentId } from "../domain/identifiers.ts";
import { BY_CUSTOMER, doubtAttempt } from "../domain/payment/begin.ts";
import { type Task, tasksOf } from "../domain/payment/due.ts";
import { expire, giveUpCharge } from "../domain/payment/end.ts";
import { tellExpiry } from "../domain/payment/expiring.ts";
import { doubtOperation } from "../domain/payment/operate.ts";
import { requestOwed } from "../domain/payment/owed.ts";
import type { Wish } from "../domain/payment/state.ts";
import { endLeft, giveUpWish, WAITS_ON } from "../domain/payment/wish.ts";
import { HOUR, SECOND } from "../domain/time.ts";
import { given } from "../given.ts";
import { askAttempt } from "../inquiries/attempt.ts";
import { askOperation } from "../inquiries/operation.ts";
import { type SendsOperations, sendOnceSure } from "../operations/send-operation.ts";
import type { Breaker } from "../sibs/breaker.ts";
import type { InFlight } from "../sibs/in-flight.ts";
import type { ReadsMandates, RestsPayments } from "../storage/ports.ts";
import { at, type ByTerminal } from "../terminals.ts";
import { doDueWork } from "./due-work.ts";

/** What following a payment may touch. */
export type FollowsPayments = BeginsAttempts &
  ContinuesAttempts &
  SendsOperations &
  ReadsMandates &
  RestsPayments & {
    readonly breaker: ByTerminal<Breaker>;
    readonly inFlight: Pick<InFlight, "has">;
    readonly settings: { readonly holdsCharges: boolean };
  };

/** Does for one payment whatever its time has come for, and sets when it is looked at again. */
export async function follow(ports: FollowsPayments, paymentId: PaymentId): Promise<void> {
  const { payments, clock, breaker } = ports;
  const found = await payments.load(paymentId);
  if (found === null) return;
  const until = await doDueWork<Task>({
    tasks: async () => tasksOf((await payments.lately(paymentId)) ?? found, given(ports)),
    rests: (task) => {
      if (task.do === "charge_mandate" && ports.settings.holdsCharges) return clock.now().getTime() + HOUR;
      return canWait(task) ? at(breaker, found).restsUntil() : null;
    },
    perform: (task) => perform(ports, paymentId, task),
  });
  await payments.rest(paymentId, { now: clock.now().getTime(), until, found });
}

/**
 * Whether SIBS is called for nobody who waits for it now. A customer waits for what goes on after the issuer, and for a
 * wish that was kept.
 */
function canWait(task: Task): boolean {
  return CAN_WAIT.includes(task.do);
}

const CAN_WAIT: readonly Task["do"][] = [
  "ask_attempt",
  "ask_operation",
  "charge_mandate",
  "send_operation",
  "withdraw_reference",
];

async function perform(ports: FollowsPayments, paymentId: PaymentId, task: Task): Promise<void> {
  const { payments } = ports;
  switch (task.do) {
    case "ask_attempt":
      await askAttempt(ports, paymentId, task.attempt, task.transactionId);
      return;
    case "ask_operation":
      await askOperation(ports, paymentId, task.operation);
      return;
    case "continue_attempt":
      await continueAtSibs(ports, paymentId, task.attempt, { action: task.action, executed: task.executed });
      return;
    case "doubt_attempt":
      await payments.record(paymentId, (state, given) => doubtAttempt(state, task.attempt, given));
      return;
    case "doubt_operation":
      await payments.record(paymentId, (state, given) => doubtOperation(state, task.operation, given));
      return;
    case "end_unsent":
      // Being carried out here, it is not lost: a checkout of it that lapsed is replaced.
      if (ports.inFlight.has(task.attempt)) return;
      await payments.record(paymentId, (state, given) => endLeft(state, task.attempt, given));
      return;
    case "withdraw_reference":
      await withdrawAtSibs(ports, paymentId, task.attempt);
      return;
    case "request_owed":
      await payments.record(paymentId, (state, given) => requestOwed(state, task.attempt, given));
      return;
    case "tell_expiry":
      await payments.record(paymentId, (state, given) => tellExpiry(state, task.attempt, given));
      return;
    case "send_operation":
      // Being sent here, it is not forgotten: whoever asked for it waits for its answer.
      if (ports.inFlight.has(task.operation)) return;
      await sendOnceSure(ports, paymentId, task.operation);
      return;
    case "begin_wish":
      await beginWish(ports, paymentId, task.wish);
      return;
    case "charge_mandate":
      await tryCharge(ports, paymentId, task);
      return;
    case "give_up_charge":
      await payments.record(paymentId, (state, given) => giveUpCharge(state, given));
      return;
    case "expire_payment":
      await payments.record(paymentId, (state, given) => expire(state, given));
  }
}

/**
 * What the customer wanted meanwhile. What cannot be begun any more is dropped; what only has to wait on, because
 * nobody knows whether a reference was withdrawn, is not.
 */
async function beginWish(ports: FollowsPayments, paymentId: PaymentId, wish: Wish): Promise<void> {
  const { method, phone, seen } = wish;
  const started = await beginAttempt(ports, paymentId, { ...BY_CUSTOMER, method, phone, seen, wished: true });
  if (!("refused" in started) || WAITS_ON.includes(started.refused)) return;
  const rests = started.refused === "phone_asked_too_often" ? started.secondsLeft * SECOND : null;
  await ports.payments.record(paymentId, (state, given) =>
    giveUpWish(state, wish, given, rests === null ? null : given.now + rests),
  );
}
