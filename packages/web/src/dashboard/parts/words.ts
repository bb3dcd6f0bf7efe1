import type { Attempt, Operation, Payment } from "../api/payments.ts";
import { inBoth } from "../texts.ts";

/** How something stands, as its colour says too. */
export type Tone = "good" | "calm" | "warn" | "bad" | "off";

/** How a payment stands, for whoever looks at it: its status, and what a status does not say. */
export type Standing =
  | "open"
  | "pending"
  | "in_doubt"
  | "held"
  | "paid"
  | "partly_refunded"
  | "refunded"
  | "canceled"
  | "expired"
  | "attention";

export const TONES: Readonly<Record<Standing, Tone>> = {
  open: "calm",
  pending: "calm",
  in_doubt: "warn",
  held: "calm",
  paid: "good",
  partly_refunded: "good",
  refunded: "off",
  canceled: "off",
  expired: "off",
  attention: "bad",
};

export const OPERATION_TONES: Readonly<Record<Operation["status"], Tone>> = {
  pending: "calm",
  succeeded: "good",
  failed: "bad",
  in_doubt: "warn",
};

/** How a payment stands. What needs a person goes before all else, and what nobody knows before what is known. */
export function standingOf(payment: Payment): Standing {
  const { status, attention, amountCaptured, amountRefunded } = payment;
  if (attention !== null) return "attention";
  if (isInDoubt(payment)) return "in_doubt";
  if (status === "authorized") return "held";
  if (status !== "paid" || amountRefunded === 0) return status;
  return amountRefunded < amountCaptured ? "partly_refunded" : "refunded";
}

/** Whether nobody knows yet what became of a call to SIBS. */
export function isInDoubt({ attempts, refunds, captures, cancellations }: Payment): boolean {
  const operations = [...refunds, ...captures, ...cancellations];
  return attempts.some(({ inDoubt }) => inDoubt) || operations.some(({ status }) => status === "in_doubt");
}

/** What everything is called, on every screen. */
export const words = inBoth(
  {
    standings: {
      open: "Por pagar",
      pending: "Em curso",
      in_doubt: "Em dúvida",
      held: "Cativo",
      paid: "Pago",
      partly_refunded: "Reembolsado em parte",
      refunded: "Reembolsado",
      canceled: "Cancelado",
      expired: "Expirado",
      attention: "A tratar",
    } satisfies Record<Standing, string>,
    statuses: {
      open: "Por pagar",
      pending: "Em curso",
      authorized: "Cativo",
      paid: "Pago",
      canceled: "Cancelado",
      expired: "Expirado",
    } satisfies Record<Payment["status"], string>,
    attempts: {
      prepared: "Em preparação",
      submitted: "Enviada à SIBS",
      action_required: "À espera do banco do cliente",
      pending: "À espera do cliente",
      approved: "Aprovada",
      declined: "Recusada",
      timed_out: "Sem resposta",
      expired: "Expirada",
      canceled: "Anulada",
      failed: "Falhada",
    } satisfies Record<Attempt["status"], string>,
    operations: {
      pending: "Em curso",
      succeeded: "Feito",
      failed: "Não feito",
      in_doubt: "Em dúvida",
    } satisfies Record<Operation["status"], string>,
    advice: {
      try_again: "O cliente pode tentar outra vez.",
      other_phone: "Peça ao cliente outro número de telemóvel.",
      other_method: "Sugira ao cliente outra forma de pagar.",
      contact_us: "O cliente deve contactar a loja.",
    },
    none: "—",
  },
  {
    standings: {
      open: "Not paid yet",
      pending: "Under way",
      in_doubt: "In doubt",
      held: "Held",
      paid: "Paid",
      partly_refunded: "Partly refunded",
      refunded: "Refunded",
      canceled: "Canceled",
      expired: "Expired",
      attention: "Needs attention",
    },
    statuses: {
      open: "Not paid yet",
      pending: "Under way",
      authorized: "Held",
      paid: "Paid",
      canceled: "Canceled",
      expired: "Expired",
    },
    attempts: {
      prepared: "Being prepared",
      submitted: "Sent to SIBS",
      action_required: "Waiting for the customer's bank",
      pending: "Waiting for the customer",
      approved: "Approved",
      declined: "Declined",
      timed_out: "Not answered",
      expired: "Expired",
      canceled: "Withdrawn",
      failed: "Failed",
    },
    operations: {
      pending: "Under way",
      succeeded: "Done",
      failed: "Not done",
      in_doubt: "In doubt",
    },
    advice: {
      try_again: "The customer can try again.",
      other_phone: "Ask the customer for another phone number.",
      other_method: "Suggest another way to pay.",
      contact_us: "The customer should contact the shop.",
    },
    none: "—",
  },
);
