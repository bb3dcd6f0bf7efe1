import { asMandateId, asPaymentId } from "../domain/identifiers.ts";
import { listedPayment, tellingAttempt } from "../domain/payment/listed.ts";
import type { Payment } from "../domain/payment/state.ts";
import { leftSql } from "../events/list.ts";
import type { OperationOf } from "../storage/listed-operations.ts";
import { type Columns, day, euros, moment } from "./csv.ts";

// Of a person there is nothing but what the shop itself calls them: a file is passed on, and nobody can erase it there.
// New columns come last: whoever reads by place goes on.

/** What a file of payments says of each. */
export const PAYMENT_COLUMNS: Columns<Payment> = {
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
};

/** What a file of refunds says of each. */
export const REFUND_COLUMNS: Columns<OperationOf> = {
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
};

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
export const EVENT_COLUMNS: Columns<EventRow> = {
  id: ({ id }) => id,
  type: ({ type }) => type,
  payment: ({ subject }) => asPaymentId(subject),
  mandate: ({ subject }) => asMandateId(subject),
  sequence: ({ sequence }) => sequence,
  terminal: ({ terminal }) => terminal,
  created_at: ({ at }) => moment(at.getTime()),
  created_day: ({ at }) => day(at.getTime()),
  undelivered: ({ undelivered }) => undelivered,
};
