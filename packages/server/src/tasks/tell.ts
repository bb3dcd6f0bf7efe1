import type { Cents } from "@caravela/sibs/money";
import { PREFIXES } from "../domain/payment/operation.ts";
import type { Attention } from "../domain/payment/state.ts";
import { COUNTED, type Task } from "../storage/tasks.ts";
import { type Action, type AnyTask, idOf, type Told } from "./task.ts";

type OfAttention = Extract<Task["about"], { readonly kind: "attention" }>;
type Reason = Attention["reason"];
type Happened = Pick<Told, "text" | "next">;

type Call =
  | "settleAttempt"
  | "settleOperation"
  | "resolve"
  | "giveBack"
  | "refund"
  | "capture"
  | "giveUp"
  | "cancel"
  | "journal"
  | "registerEndpoint"
  | "removeEndpoint"
  | "endMandate"
  | "newMandate"
  | "approve"
  | "refuse"
  | "withdraw"
  | "done";

/** What a language has for every task. */
interface Language {
  readonly attention: (reason: Reason) => string;
  readonly attentionNext: Readonly<Record<Reason, string>>;
  readonly attemptInDoubt: Happened;
  readonly operationInDoubt: Happened;
  readonly refundFailed: Happened;
  readonly captureRefused: Happened;
  readonly moneyGivenBack: Readonly<Record<"late" | "duplicate", string>>;
  readonly chargeStopped: Happened;
  readonly planStopped: Happened;
  readonly mandateInDoubt: Happened;
  readonly eventsUndelivered: (count: string, anyGivenUp: boolean, anyTried: boolean) => Happened;
  /** The same of one that has answered 410. */
  readonly endpointGone: (count: string) => Happened;
  readonly notificationsUnmatched: (count: string) => Happened;
  readonly notificationsRefused: (count: string) => Happened;
  readonly approvalWaiting: (amount: Cents, name: string) => Happened;
  /** Where nothing goes on by itself, nor has to. */
  readonly nothing: string;
  /** What the call is for by which events are sent again, and what it is sent. */
  readonly resend: (body: string) => string;
  /** What each of the other calls is for. */
  readonly calls: Readonly<Record<Call, string>>;
}

/** What is told of a task, in one language. */
export type Tell = (task: AnyTask) => Told;

/** Tells of tasks in one language: which calls end each is said here, once for all languages. */
export function tellWith(language: Language): Tell {
  const post = (call: Call, path: string): Action => ({ method: "POST", path, text: language.calls[call] });
  const resend = (endpoint: string): Action => {
    const body = JSON.stringify({ filter: { endpoint, undelivered: true } });
    return { method: "POST", path: "/v1/events/resend", text: language.resend(body) };
  };
  const read = (path: string): Action => ({ method: "GET", path: `${path}/journal`, text: language.calls.journal });
  const done = (task: AnyTask) => post("done", `/v1/tasks/${idOf(task)}/done`);

  return (task) => {
    switch (task.of) {
      case "subject":
        return ofSubject(task);
      case "endpoint": {
        const path = `/v1/event-endpoints/${task.endpoint}`;
        const remove: Action = { method: "DELETE", path, text: language.calls.removeEndpoint };
        const count = counted(task.tried + task.givenUp);
        // nothing can be sent there before its address is registered again: by which call they are sent is said then
        if (task.isGone) {
          const register = post("registerEndpoint", "/v1/event-endpoints");
          return { ...language.endpointGone(count), actions: [register, remove, done(task)] };
        }
        const words = language.eventsUndelivered(count, task.givenUp > 0, task.tried > 0);
        return { ...words, actions: [resend(task.endpoint), remove, done(task)] };
      }
      case "approval": {
        const path = `/v1/approvals/${task.approval}`;
        // whoever asked decides nothing
        const calls = task.isOwn ? (["withdraw"] as const) : (["approve", "refuse"] as const);
        const actions = calls.map((call) => post(call, `${path}/${call}`));
        return { ...language.approvalWaiting(task.amount, task.name), actions };
      }
      case "notifications": {
        const isRefused = task.kind === "notifications_refused";
        const words = isRefused ? language.notificationsRefused : language.notificationsUnmatched;
        return { ...words(counted(task.count)), actions: [done(task)] };
      }
    }
  };

  function ofSubject(task: Extract<AnyTask, { readonly of: "subject" }>): Told {
    const { about, subject } = task;
    const payment = `/v1/payments/${subject}`;
    const mandate = `/v1/mandates/${subject}`;
    switch (about.kind) {
      case "attention": {
        const { reason } = about;
        const actions = [...ledOnBy(payment, about), post("resolve", `${payment}/attention/resolve`), read(payment)];
        return { text: language.attention(reason), next: language.attentionNext[reason], actions };
      }
      case "attempt_in_doubt":
        return { ...language.attemptInDoubt, actions: [settle(payment, about.attempt), read(payment)] };
      case "operation_in_doubt":
        return { ...language.operationInDoubt, actions: [settleOperation(about.operation), read(payment)] };
      case "refund_failed": {
        const again = about.isOfSums ? post("refund", `${payment}/refunds`) : giveBack(payment, about.attempt);
        return { ...language.refundFailed, actions: [again, read(payment), done(task)] };
      }
      case "capture_refused":
        return { ...language.captureRefused, actions: [...captureOrNot(payment), read(payment), done(task)] };
      case "money_given_back":
        return {
          text: language.moneyGivenBack[about.reason],
          next: language.nothing,
          actions: [read(payment), done(task)],
        };
      case "charge_stopped":
        return { ...language.chargeStopped, actions: [post("cancel", `${payment}/cancel`), read(payment), done(task)] };
      case "mandate_in_doubt":
        return { ...language.mandateInDoubt, actions: [post("endMandate", `${mandate}/cancel`), read(mandate)] };
      case "plan_stopped":
        return { ...language.planStopped, actions: [post("newMandate", "/v1/mandates"), read(mandate), done(task)] };
    }
  }

  /** What leads on, before somebody says that they have looked. */
  function ledOnBy(payment: string, { reason, attempt, operation }: OfAttention): readonly Action[] {
    switch (reason) {
      case "in_doubt":
      case "taken_back":
        return [operation === null ? settle(payment, attempt) : settleOperation(operation)];
      case "amount_differs":
        return [giveBack(payment, attempt), settle(payment, attempt)];
      case "not_taken":
        return operation?.startsWith(`${PREFIXES.capture}_`) ? captureOrNot(payment) : [giveBack(payment, attempt)];
      case "proved_after_all":
        return [];
    }
  }

  function settle(payment: string, attempt: string): Action {
    return post("settleAttempt", `${payment}/attempts/${attempt}/settle`);
  }

  function settleOperation(operation: string): Action {
    return post("settleOperation", `/v1/operations/${operation}/settle`);
  }

  function giveBack(payment: string, attempt: string): Action {
    return post("giveBack", `${payment}/attempts/${attempt}/refunds`);
  }

  function captureOrNot(payment: string): readonly Action[] {
    return [post("capture", `${payment}/capture`), post("giveUp", `${payment}/cancel`)];
  }
}

/** No more are counted: then there are at least so many. */
function counted(count: number): string {
  return count >= COUNTED ? `${COUNTED}+` : String(count);
}
