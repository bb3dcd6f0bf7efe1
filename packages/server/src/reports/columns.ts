import { asMandateId, asPaymentId } from "../domain/identifiers.ts";
import { listedPayment, tellingAttempt } from "../domain/payment/listed.ts";
import type { Payment } from "../domain/payment/state.ts";
import { leftSql } from "../events/list.ts";
import type { OperationOf } from "../storage/listed-operations.ts";
import { type Columns, day, euros, moment } from "./csv.ts";

// Of a person there is nothing but what the shop itself calls them: a file is passed on, and nobody can erase it there.
// New columns come last: whoever reads by place goes on.

/** What a file of payments says of each. */
export const PAYMENT_COLUMNS = {
  id: ({ id }) => id,
  reference: ({ reference }) => reference,
  status: ({ status }) => status,
  amount: ({ amount }) => euros(amount),
  amount_authorized: ({ amountAuthorized }) => euros(amountAuthorized),
  amount_captured: ({ amountCaptured }) => euros(amountCaptured),
  amount_released: ({ amountReleased }) => euros(amountReleased),
  amount_refunded: ({ amountRefunded }) => euros(amountRefunded),
  currency: ({ currency }) => currency,
  method: (payment) => listedPayment(payment).method,
  terminal: ({ terminal }) => terminal,
  created_at: ({ createdAt }) => moment(createdAt),
  created_day: ({ createdAt }) => day(createdAt),
  paid_at: ({ paidAt }) => moment(paidAt),
  paid_day: ({ paidAt }) => day(paidAt),
  description: ({ description }) => description,
  customer: ({ customer }) => customer?.id ?? null,
  mandate: (payment) => listedPayment(payment).mandateId,
  plan: ({ plan }) => plan?.id ?? null,
  transaction: (payment) => tellingAttempt(payment)?.transactionId ?? null,
  multibanco_entity: (payment) => tellingAttempt(payment)?.reference?.entity ?? null,
  multibanco_reference: (payment) => tellingAttempt(payment)?.reference?.reference ?? null,
  attention: ({ attention }) => attention?.reason ?? null,
  in_doubt: (payment) => listedPayment(payment).inDoubt,
} satisfies Columns<Payment>;

/** What a file of refunds says of each. */
export const REFUND_COLUMNS = {
  id: ({ operation }) => operation.id,
  payment: ({ payment }) => payment.id,
  reference: ({ payment }) => payment.reference,
  status: ({ operation }) => operation.status,
  reason: ({ operation }) => operation.reason,
  amount: ({ operation }) => euros(operation.amount),
  currency: ({ payment }) => payment.currency,
  method: ({ payment, operation }) => payment.attempts.find(({ id }) => id === operation.attempt)?.method ?? null,
  terminal: ({ payment }) => payment.terminal,
  created_at: ({ operation }) => moment(operation.createdAt),
  created_day: ({ operation }) => day(operation.createdAt),
  done_at: ({ doneAt }) => moment(doneAt),
  done_day: ({ doneAt }) => day(doneAt),
  failure: ({ operation }) => operation.failure?.reason ?? null,
  customer: ({ payment }) => payment.customer?.id ?? null,
  transaction: ({ operation }) => operation.transactionId,
} satisfies Columns<OperationOf>;

/** An event, as far as a file says of it. */
export interface EventRow {
  readonly id: string;
  readonly subject: string;
  readonly sequence: number;
  readonly type: string;
  readonly at: Date;
  /** Null: it is of the terminal that there was before events said. */
  readonly terminal: string | null;
  /** Whether an endpoint has not taken it. */
  readonly undelivered: boolean;
}

/** How it is read. */
export const EVENT_ROW = `event.id, event.subject_id as subject, event.sequence, event.type, event.at, event.terminal,
  ${leftSql("event")} as undelivered`;

/** What a file of events says of each: whom they tell of, not what. */
export const EVENT_COLUMNS = {
  id: ({ id }) => id,
  type: ({ type }) => type,
  payment: ({ subject }) => asPaymentId(subject),
  mandate: ({ subject }) => asMandateId(subject),
  sequence: ({ sequence }) => sequence,
  terminal: ({ terminal }) => terminal,
  created_at: ({ at }) => moment(at.getTime()),
  created_day: ({ at }) => day(at.getTime()),
  undelivered: ({ undelivered }) => undelivered,
} satisfies Columns<EventRow>;

/** What may stand in a line of a file, by the names of its columns. */
export type ExampleLine<Of extends Columns<never>> = Readonly<Record<keyof Of, string>>;

/** A line of each file, for instance. */
export const PAYMENT_LINE: ExampleLine<typeof PAYMENT_COLUMNS> = {
  id: "pay_0mx0xhsihce5xsb5ax8w",
  reference: "order-17",
  status: "paid",
  amount: "5.50",
  amount_authorized: "5.50",
  amount_captured: "5.50",
  amount_released: "0.00",
  amount_refunded: "1.00",
  currency: "EUR",
  method: "mbway",
  terminal: "52221",
  created_at: "2026-11-28T10:34:44.633Z",
  created_day: "2026-11-28",
  paid_at: "2026-11-28T10:34:46.228Z",
  paid_day: "2026-11-28",
  description: "Two mugs",
  customer: "",
  mandate: "",
  plan: "",
  transaction: "s25gL9E97KDvztiQGQFZ",
  multibanco_entity: "",
  multibanco_reference: "",
  attention: "",
  in_doubt: "false",
};

export const REFUND_LINE: ExampleLine<typeof REFUND_COLUMNS> = {
  id: "rfd_0mx0xhu1u88qwzgf7sjt",
  payment: "pay_0mx0xhsihce5xsb5ax8w",
  reference: "order-17",
  status: "succeeded",
  reason: "requested",
  amount: "1.00",
  currency: "EUR",
  method: "mbway",
  terminal: "52221",
  created_at: "2026-11-28T10:34:46.626Z",
  created_day: "2026-11-28",
  done_at: "2026-11-28T10:34:46.801Z",
  done_day: "2026-11-28",
  failure: "",
  customer: "",
  transaction: "s2YbW4Xr0mJt7KpQe1Zc",
};

export const EVENT_LINE: ExampleLine<typeof EVENT_COLUMNS> = {
  id: "evt_0mx0xhv5405lwepw472c",
  type: "payment.paid",
  payment: "pay_0mx0xhsihce5xsb5ax8w",
  mandate: "",
  sequence: "6",
  terminal: "52221",
  created_at: "2026-11-28T10:34:48.040Z",
  created_day: "2026-11-28",
  undelivered: "false",
};
