import { beginAttempt } from "../attempts/begin.ts";
import { tryCharge } from "../attempts/charge-mandate.ts";
import { continueAtSibs } from "../attempts/continue.ts";
import { withdrawAtSibs } from "../attempts/withdraw.ts";
import { BY_CUSTOMER, doubtAttempt, dropAgain, endUnsent } from "../domain/payment/begin.ts";
import { type Task, tasksOf } from "../domain/payment/due.ts";
import { expire, giveUpCharge } from "../domain/payment/hear.ts";
import { doubtOperation } from "../domain/payment/operations.ts";
import { requestOwed } from "../domain/payment/owed.ts";
import { askAttempt } from "../inquiries/attempt.ts";
import { askOperation } from "../inquiries/operation.ts";
import { sendOnceSure } from "../operations/send-operation.ts";
import { given, type Services } from "../services.ts";
import type { Breaker } from "../sibs/breaker.ts";
import { inRounds } from "./rounds.ts";

/** Does for one payment whatever its time has come for, and sets when it is looked at again. */
export async function follow(services: Services, breaker: Breaker, paymentId: string): Promise<void> {
  const { store, clock } = services;
  const rest = await inRounds(breaker, {
    tasks: async () => {
      const payment = await store.load(paymentId);
      return payment === null ? [] : tasksOf(payment, given(services));
    },
    canWait,
    perform: (task) => perform(services, paymentId, task),
  });
  await store.rest(paymentId, clock.now().getTime(), rest);
}

/** Whether SIBS is called for nobody who waits for it now. A customer waits for what goes on after the issuer, and for a kept "new request". */
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

async function perform(services: Services, paymentId: string, task: Task): Promise<void> {
  const { store } = services;
  switch (task.do) {
    case "ask_attempt":
      await askAttempt(services, paymentId, task.attempt, task.transactionId);
      return;
    case "ask_operation":
      await askOperation(services, paymentId, task.operation);
      return;
    case "continue_attempt":
      await continueAtSibs(services, paymentId, task.attempt, { action: task.action, executed: task.executed });
      return;
    case "doubt_attempt":
      await store.record(paymentId, (state, now) => doubtAttempt(state, task.attempt, now));
      return;
    case "doubt_operation":
      await store.record(paymentId, (state, now) => doubtOperation(state, task.operation, now));
      return;
    case "end_unsent":
      // Being carried out here, it is not lost: a checkout of it that lapsed is replaced.
      if (services.inFlight.has(task.attempt)) return;
      await store.record(paymentId, (state, now) => endUnsent(state, task.attempt, now));
      return;
    case "withdraw_reference":
      await withdrawAtSibs(services, paymentId, task.attempt);
      return;
    case "request_owed":
      await store.record(paymentId, (state, now) => requestOwed(state, task.attempt, now));
      return;
    case "send_operation":
      // Being sent here, it is not forgotten: whoever asked for it waits for its answer.
      if (services.inFlight.has(task.operation)) return;
      await sendOnceSure(services, paymentId, task.operation);
      return;
    case "start_again":
      await startAgain(services, paymentId, task);
      return;
    case "charge_mandate":
      await tryCharge(services, paymentId, task);
      return;
    case "give_up_charge":
      await store.record(paymentId, (state, now) => giveUpCharge(state, now));
      return;
    case "expire_payment":
      await store.record(paymentId, (state, now) => expire(state, now));
  }
}

/** The kept press on "new request"; one that cannot be carried out any more is dropped. */
async function startAgain(
  services: Services,
  paymentId: string,
  { phone, seen }: { readonly phone: string; readonly seen: number },
): Promise<void> {
  const started = await beginAttempt(services, paymentId, { ...BY_CUSTOMER, method: "mbway", phone, seen });
  if ("refused" in started && started.refused !== "attempt_meanwhile")
    await services.store.record(paymentId, (state, now) => dropAgain(state, now));
}
