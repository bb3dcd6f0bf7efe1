import type { JournalLine } from "../api/happenings.ts";
import type { Attempt, Operation, Payment } from "../api/payments.ts";
import { capturableOf } from "./money.ts";

/** Something that goes on by itself, or that waits for somebody. */
export interface Next {
  readonly kind:
    | "person"
    | "in_doubt"
    | "phone"
    | "reference"
    | "issuer"
    | "bank"
    | "open"
    | "charge"
    | "held"
    | "capturing"
    | "operation"
    | "operation_in_doubt"
    | "late_refund"
    | "late_accept"
    | "nothing";
  /** When it ends or is done; null: that is not known. */
  readonly at: string | null;
  /** What is being done: the kind of an operation. */
  readonly operation?: "refund" | "capture" | "cancellation";
}

/** How a try stands that may still be paid. */
export const LIVE: readonly Attempt["status"][] = ["submitted", "action_required", "pending"];

/** What happens next of a payment without anybody doing anything, the most telling first; at least one. */
export function nextOf(payment: Payment, journal: readonly JournalLine[]): readonly Next[] {
  const all = [
    ...ofAttention(payment),
    ...ofAttempts(payment),
    ...ofOperations(payment),
    ...ofStatus(payment, journal),
  ];
  return all.length === 0 ? [{ kind: "nothing", at: null }] : all;
}

function ofAttention({ attention }: Payment): Next[] {
  return attention === null ? [] : [{ kind: "person", at: null }];
}

function ofAttempts({ attempts }: Payment): Next[] {
  const doubtful: Next[] = attempts.some(({ inDoubt }) => inDoubt) ? [{ kind: "in_doubt", at: null }] : [];
  const live = attempts.find(({ status, inDoubt }) => LIVE.includes(status) && !inDoubt);
  return live === undefined ? doubtful : [...doubtful, ofLive(live)];
}

function ofLive({ status, expiresAt, mbway, multibanco }: Attempt): Next {
  if (multibanco !== null) return { kind: "reference", at: multibanco.expiresAt };
  if (status === "action_required") return { kind: "issuer", at: expiresAt };
  if (mbway !== null) return { kind: "phone", at: expiresAt };
  return { kind: "bank", at: null };
}

function ofOperations({ refunds, captures, cancellations }: Payment): Next[] {
  const of = (operation: NonNullable<Next["operation"]>, all: readonly Operation[]): Next[] => [
    ...(all.some(({ status }) => status === "in_doubt")
      ? [{ kind: "operation_in_doubt", at: null, operation } as const]
      : []),
    ...(all.some(({ status }) => status === "pending") ? [{ kind: "operation", at: null, operation } as const] : []),
  ];
  return [...of("refund", refunds), ...of("capture", captures), ...of("cancellation", cancellations)];
}

function ofStatus(payment: Payment, journal: readonly JournalLine[]): Next[] {
  switch (payment.status) {
    case "open":
      return [...ofCharge(payment, journal), { kind: "open", at: payment.expiresAt }];
    case "authorized":
      if (capturableOf(payment) === 0) return [];
      return [{ kind: payment.capture === "automatic" ? "capturing" : "held", at: null }];
    case "canceled":
    case "expired":
      return [{ kind: payment.latePayments === "accept" ? "late_accept" : "late_refund", at: null }];
    case "pending":
    case "paid":
      return [];
  }
}

/** A plan's charge that was put off is tried again by itself, unless it was given up since. */
function ofCharge({ plan }: Payment, journal: readonly JournalLine[]): Next[] {
  if (plan === null) return [];
  const last = journal.findLast(({ kind }) => kind === "charge_put_off" || kind === "charges_stopped");
  if (last?.kind !== "charge_put_off") return [];
  const { until } = last.data as { until?: unknown };
  return [{ kind: "charge", at: typeof until === "string" ? until : null }];
}
