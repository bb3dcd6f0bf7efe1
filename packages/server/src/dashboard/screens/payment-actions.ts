import { httpProblems } from "@caravela/platform/problems";
import {
  type ActionKind,
  type ActionView,
  capturableOf,
  type FormView,
  type Payment,
  renderAction,
  type Task,
} from "@caravela/web/dashboard";
import { type FormFields, textOf } from "../../pages/form-fields.ts";
import { addCallForm, type Read, seekListed } from "../call-form.ts";
import { amountIn } from "../forms.ts";
import type { Screens } from "../room.ts";
import type { Visit } from "../visit.ts";
import { type Made, saidOf } from "./made.ts";
import { paymentOf, segment } from "./payment.ts";

/** One thing that a person does with a payment: which call of the API it is, and what is typed for it. */
interface Action {
  readonly kind: ActionKind;
  /** Below the payment's address. */
  readonly at: string;
  /** The operation of the API. */
  readonly needs: string;
  /** The call, by what the address names. */
  readonly call: (params: Readonly<Record<string, string>>) => string;
  /** What of the address it is about; absent: the payment. */
  readonly about?: string;
  /** Whether that is the payment's own: a page that speaks of one payment does nothing with what is another's. */
  readonly isIts?: (payment: Payment, about: string, visit: Visit) => boolean | Promise<boolean>;
  /** Of which amount it can be at most, in cents, as its page says; absent: it is of none. */
  readonly most?: (payment: Payment, about: string) => number;
  /** What the call is sent, of what was typed, and what is wrong with that. */
  readonly read: (fields: FormFields) => Read;
  /** What the payment's page says afterwards. */
  readonly said: (made: Made) => string;
}

const of = ({ id = "" }: Readonly<Record<string, string>>) => `/v1/payments/${segment(id)}`;

const ACTIONS: readonly Action[] = [
  {
    kind: "capture",
    at: "capture",
    needs: "capturePayment",
    call: (params) => `${of(params)}/capture`,
    most: capturableOf,
    read: readPart,
    said: (made) => saidOf(made, "capture"),
  },
  {
    kind: "release",
    at: "release",
    needs: "cancelPayment",
    call: (params) => `${of(params)}/cancel`,
    most: capturableOf,
    read: readPart,
    said: (made) => saidOf(made, "release"),
  },
  {
    kind: "cancel",
    at: "cancel",
    needs: "cancelPayment",
    call: (params) => `${of(params)}/cancel`,
    read: () => ({ body: null }),
    said: () => "cancel",
  },
  {
    kind: "resolve",
    at: "resolve",
    needs: "resolveAttention",
    call: (params) => `${of(params)}/attention/resolve`,
    read: readNote,
    said: () => "resolve",
  },
  {
    kind: "settle_attempt",
    at: "attempts/:attempt/settle",
    needs: "settleAttempt",
    call: (params) => `${of(params)}/attempts/${segment(params.attempt ?? "")}/settle`,
    about: "attempt",
    isIts: ({ attempts }, about) => attempts.some(({ id }) => id === about),
    read: readAttemptSettled,
    said: () => "settle",
  },
  {
    kind: "give_back",
    at: "attempts/:attempt/give-back",
    needs: "refundAttempt",
    call: (params) => `${of(params)}/attempts/${segment(params.attempt ?? "")}/refunds`,
    about: "attempt",
    isIts: ({ attempts }, about) => attempts.some(({ id }) => id === about),
    most: ({ attempts }, about) => attempts.find(({ id }) => id === about)?.amount ?? 0,
    read: readPart,
    said: (made) => saidOf(made, "give_back"),
  },
  {
    kind: "settle_operation",
    at: "operations/:operation/settle",
    needs: "settleOperation",
    call: ({ operation = "" }) => `/v1/operations/${segment(operation)}/settle`,
    about: "operation",
    isIts: ({ refunds, captures, cancellations }, about) =>
      [refunds, captures, cancellations].flat().some(({ id }) => id === about),
    read: readSettled,
    said: () => "settle",
  },
  {
    kind: "end_task",
    at: "tasks/:task/done",
    needs: "endTask",
    call: ({ task = "" }) => `/v1/tasks/${segment(task)}/done`,
    about: "task",
    isIts: isItsTask,
    read: readNote,
    said: () => "task",
  },
];

/** The pages on which a person does something with a payment, but for a refund. */
export function paymentActions(screens: Screens): void {
  for (const action of ACTIONS) {
    addCallForm<Payment, Made>(screens, {
      at: `/dashboard/payments/:id/${action.at}`,
      needs: action.needs,
      about: (visit) => aboutOf(action, visit),
      read: action.read,
      call: ({ ask, params }, { body, key }) => ask.post(action.call(params), body, key),
      draw: async (visit, payment, form) => renderAction(await visit.shell(), viewOf(action, visit, payment, form)),
      done: (_visit, made, { id }) => ({ to: `/dashboard/payments/${id}?done=${action.said(made)}` }),
    });
  }
}

/** The payment that an address names. @throws Problem 404 where what it names beside is none of that payment's. */
async function aboutOf({ about, isIts }: Action, visit: Visit): Promise<Payment> {
  const payment = await paymentOf(visit);
  const isThere = about === undefined || (await isIts?.(payment, visit.params[about] ?? "", visit)) === true;
  if (!isThere) throw httpProblems.notFound();
  return payment;
}

/** One that is ended already is nobody's any more: a second press is answered as the first was. */
async function isItsTask({ id }: Payment, about: string, { ask }: Visit): Promise<boolean> {
  const task = await seekListed<Task>(ask, "/v1/tasks", about);
  return task === null || task.subject === id;
}

function viewOf(action: Action, visit: Visit, payment: Payment, form: FormView): ActionView {
  return {
    kind: action.kind,
    payment,
    about: action.about === undefined ? null : (visit.params[action.about] ?? null),
    most: mostOf(action, visit, payment),
    form,
  };
}

function mostOf({ most, about }: Action, { params }: Visit, payment: Payment): number | null {
  return most === undefined ? null : most(payment, about === undefined ? "" : (params[about] ?? ""));
}

/** Always an amount: all that is left now could be more by the time it is done. */
function readPart(fields: FormFields): Read {
  const amount = amountIn(fields, "amount");
  return typeof amount === "number" ? { body: { amount } } : { body: null, faults: { amount } };
}

function readNote(fields: FormFields): Read {
  const note = textOf(fields, "note").trim();
  return note === "" ? { body: null, faults: { note: "missing" } } : { body: { note } };
}

function readSettled(fields: FormFields): Read {
  const { body, faults = {} } = readNote(fields);
  const outcome = textOf(fields, "outcome");
  const transactionId = textOf(fields, "transactionId").trim();
  if (outcome === "") return { body: null, faults: { ...faults, outcome: "missing" } };
  return { body: { ...body, outcome, ...(transactionId !== "" && { transactionId }) }, faults };
}

/** What was paid is told of an attempt that was. */
function readAttemptSettled(fields: FormFields): Read {
  const settled = readSettled(fields);
  if (textOf(fields, "outcome") !== "approved") return settled;
  const amount = amountIn(fields, "amount");
  if (typeof amount === "number") return { ...settled, body: { ...settled.body, amount } };
  return { body: null, faults: { ...settled.faults, amount } };
}
