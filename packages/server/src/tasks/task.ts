import type { WaitingApproval } from "../storage/approvals.ts";
import type { LeftNotifications, LeftUndelivered, Task } from "../storage/tasks.ts";

/** Anything that needs a person, or should be known to one. */
export type AnyTask =
  | (Task & { readonly of: "subject" })
  | (LeftUndelivered & { readonly of: "endpoint" })
  | (LeftNotifications & { readonly of: "notifications" })
  | (WaitingApproval & {
      readonly of: "approval";
      /** Whether it is told to whoever asked. */
      readonly isOwn: boolean;
    });

/** A call that ends a task, or helps to, and what it is for. */
export interface Action {
  readonly method: "POST" | "DELETE" | "GET";
  readonly path: string;
  readonly text: string;
}

/** What is told of a task: what happened and what to do, what goes on by itself, and the calls. */
export interface Told {
  readonly text: string;
  readonly next: string;
  readonly actions: readonly Action[];
}

/** A refund waits for a second person. */
export const APPROVAL = "approval_waiting";

/** What a task is called, for programs. */
export function kindOf(task: AnyTask): string {
  if (task.of === "subject") return task.about.kind;
  if (task.of === "approval") return APPROVAL;
  return task.of === "endpoint" ? "events_undelivered" : task.kind;
}

/** What a task is known by. */
export function idOf(task: AnyTask): string {
  if (task.of === "subject") return task.id;
  if (task.of === "approval") return `${kindOf(task)}.${task.approval}`;
  return task.of === "endpoint" ? `events_undelivered.${task.endpoint}` : task.kind;
}

/** The shop's order of the payment that a task is of; null: it is of no payment. */
export function referenceOf(task: AnyTask): string | null {
  return task.of === "subject" || task.of === "approval" ? task.reference : null;
}

/** What a task is of; null: of nothing that is known here. */
export function subjectOf(task: AnyTask): string | null {
  if (task.of === "subject") return task.subject;
  if (task.of === "approval") return task.payment;
  return task.of === "endpoint" ? task.endpoint : null;
}
