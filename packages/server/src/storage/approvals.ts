import type { Pool, Queries } from "@caravela/platform/postgres/pool";
import type { Cents } from "@caravela/sibs/money";
import type { ApprovalId, AttemptId, OperationId, OperatorId, PaymentId, TerminalId } from "../domain/identifiers.ts";
import type { StatedReason } from "../domain/payment/operation.ts";
import { DAY, type Instant } from "../domain/time.ts";
import { type Condition, is, readList } from "./list-query.ts";
import type { Page, PageRequest } from "./paging.ts";

export const APPROVAL_STATUSES = ["waiting", "approved", "refused", "withdrawn", "expired"] as const;

export type ApprovalStatus = (typeof APPROVAL_STATUSES)[number];

/** How long a refund waits for a second person. */
const WAITS_FOR = 7 * DAY;

/** A colleague, as they stand with what they did. */
export interface Named {
  readonly id: OperatorId;
  readonly name: string;
}

/** A refund that somebody asked for and another person must approve. */
export interface NewApproval {
  readonly id: ApprovalId;
  readonly payment: PaymentId;
  /** The payment's. It stands there alone: here it is read with it. */
  readonly reference: string;
  readonly terminal: TerminalId;
  /** Whose money it gives back that is in no sum; null: the payment's own. */
  readonly attempt: AttemptId | null;
  readonly amount: Cents;
  readonly statedReason: StatedReason | null;
  readonly note: string | null;
  readonly requestedBy: Named;
  readonly createdAt: Instant;
}

/** What was decided of one, once. */
export interface ApprovalDecision {
  /** Refused by whoever asked, it is withdrawn. */
  readonly status: "approved" | "refused";
  readonly by: Named;
  readonly at: Instant;
  readonly refund: OperationId | null;
  readonly note: string | null;
}

/** The same, as it stands at a moment. */
export interface Approval extends NewApproval {
  readonly status: ApprovalStatus;
  readonly expiresAt: Instant;
  readonly decision: ApprovalDecision | null;
}

/** What a list of them may be filtered by. */
export interface ApprovalFilter {
  readonly status: ApprovalStatus | null;
  readonly payment: string | null;
  readonly terminal: TerminalId | null;
}

interface Row {
  readonly id: ApprovalId;
  readonly payment_id: PaymentId;
  readonly reference: string;
  readonly terminal: TerminalId;
  readonly attempt_id: AttemptId | null;
  readonly amount: Cents;
  readonly stated_reason: StatedReason | null;
  readonly note: string | null;
  readonly requested_by: Named;
  readonly created_at: Date;
  readonly expires_at: Date;
  readonly status: ApprovalDecision["status"] | null;
  readonly by: Named | null;
  readonly at: Date | null;
  readonly refund_id: OperationId | null;
  readonly decision_note: string | null;
}

/** The order that a refund is of: its payment's. */
const reference = "(select state ->> 'reference' from caravela.payment where payment.id = approval.payment_id)";

const columns = `approval.id, approval.payment_id, ${reference} as reference, approval.terminal, approval.attempt_id, approval.amount, approval.stated_reason, approval.note,
  approval.requested_by, approval.created_at, approval.expires_at, decision.status, decision.by, decision.at, decision.refund_id,
  decision.note as decision_note`;
const decided = "left join caravela.approval_decision as decision on decision.approval_id = approval.id";

const addSql = `
insert into caravela.approval (id, payment_id, terminal, attempt_id, amount, stated_reason, note, requested_by, created_at, expires_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`;

/** Whether a decision was not written because there is one already. */
export function isDecided(error: unknown): boolean {
  return error instanceof Error && "constraint" in error && error.constraint === "approval_decision_pkey";
}

/** Refunds that wait for a second person. What was decided of one is written once, by the primary key of its row. */
export class Approvals {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** One more that waits. On a connection in whose transaction it is. */
  async add(connection: Queries, approval: NewApproval): Promise<Approval> {
    const { id, payment, terminal, attempt, amount, statedReason, note, requestedBy, createdAt } = approval;
    const expiresAt = createdAt + WAITS_FOR;
    const by = JSON.stringify(requestedBy);
    const moments = [new Date(createdAt), new Date(expiresAt)];
    const values = [id, payment, terminal, attempt, amount, statedReason, note, by, ...moments];
    await connection.query({ name: "approval-add", text: addSql, values });
    return { ...approval, status: "waiting", expiresAt, decision: null };
  }

  /** The one of this id, as it stands at a moment; null: there is none. */
  async find(id: ApprovalId, now: Instant): Promise<Approval | null> {
    const { rows } = await this.#pool.query<Row>({
      name: "approval-find",
      text: `select ${columns} from caravela.approval ${decided} where approval.id = $1`,
      values: [id],
    });
    return rows[0] === undefined ? null : approvalOf(rows[0], now);
  }

  /** Writes what was decided. @throws what `isDecided` says, where something was decided already. */
  async decide(connection: Queries, id: ApprovalId, decision: ApprovalDecision): Promise<void> {
    const { status, by, at, refund, note } = decision;
    await connection.query({
      name: "approval-decide",
      text: `insert into caravela.approval_decision (approval_id, status, by, at, refund_id, note) values ($1, $2, $3, $4, $5, $6)`,
      values: [id, status, JSON.stringify(by), new Date(at), refund, note],
    });
  }

  /** A page of them, newest first. */
  async list(filter: ApprovalFilter, page: PageRequest, now: Instant): Promise<Page<Approval>> {
    const where = [
      ...is("terminal", filter.terminal),
      ...is("payment_id", filter.payment),
      ...(filter.status === null ? [] : [STANDS[filter.status](new Date(now))]),
    ];
    const shown = { columns, table: `caravela.approval ${decided}`, on: "approval.id = page.id" };
    const list = { table: "approval", by: "created_at", ways: [{ where }], shown };
    return readList<Row, Approval>(this.#pool, list, page, (row) => approvalOf(row, now));
  }
}

/** A refund that waits, as far as whoever is to decide must know. */
export interface WaitingApproval {
  readonly approval: ApprovalId;
  readonly payment: PaymentId;
  readonly reference: string;
  readonly amount: Cents;
  readonly since: Date;
  /** Whoever asked. */
  readonly by: OperatorId;
  readonly name: string;
}

/** Which of those that wait are told of. */
export interface WhichWait {
  /** Of one terminal; null: of all. */
  readonly whose: TerminalId | null;
  /** Of one payment; null: of all. */
  readonly payment: string | null;
  /** The one that was told of last; null: from the newest on. */
  readonly after: { readonly since: Date; readonly approval: string } | null;
  readonly limit: number;
}

/** What waits at a moment, newest first: no older than it may. */
export async function waitingApprovals(pool: Pool, now: Date, which: WhichWait): Promise<WaitingApproval[]> {
  const { rows } = await pool.query<WaitingApproval>(waitingStatement(now, which));
  return rows;
}

/** By `approval_newest`, as far back as anything waits; those of one payment by `approval_of_payment`. */
export function waitingStatement(now: Date, { whose, payment, after, limit }: WhichWait) {
  const values: unknown[] = [new Date(now.getTime() - WAITS_FOR), limit, now];
  const value = (one: unknown) => `$${values.push(one)}`;
  const where = [
    "created_at > $1",
    "expires_at > $3",
    "not exists (select from caravela.approval_decision as decision where decision.approval_id = approval.id)",
    ...(whose === null ? [] : [`terminal = ${value(whose)}`]),
    ...(payment === null ? [] : [`payment_id = ${value(payment)}`]),
    ...(after === null ? [] : [`(created_at, id) < (${value(after.since)}, ${value(after.approval)})`]),
  ];
  const text = `
select id as approval, payment_id as payment, ${reference} as reference, amount, created_at as since, requested_by ->> 'id' as by, requested_by ->> 'name' as name
  from caravela.approval
 where ${where.join(" and ")}
 order by created_at desc, id desc limit $2`;
  return { text, values };
}

const IS_DECIDED = "exists (select from caravela.approval_decision as made where made.approval_id = listed.id";

/** Nobody else's may they decide, nor refuse their own: what they ended themselves they withdrew. */
const IS_BY_REQUESTER = "made.by ->> 'id' = listed.requested_by ->> 'id'";

/** What each is at a moment. One that waits is no older than it may wait. */
const STANDS: Readonly<Record<ApprovalStatus, (now: Date) => Condition>> = {
  waiting: (now) => (value) => `listed.expires_at > ${value(now)} and not ${IS_DECIDED})`,
  expired: (now) => (value) => `listed.expires_at <= ${value(now)} and not ${IS_DECIDED})`,
  approved: () => () => `${IS_DECIDED} and made.status = 'approved')`,
  refused: () => () => `${IS_DECIDED} and made.status = 'refused' and not ${IS_BY_REQUESTER})`,
  withdrawn: () => () => `${IS_DECIDED} and made.status = 'refused' and ${IS_BY_REQUESTER})`,
};

function approvalOf(row: Row, now: Instant): Approval {
  const { id, payment_id: payment, reference, terminal, attempt_id: attempt, amount, note } = row;
  const { requested_by: requestedBy } = row;
  const [createdAt, expiresAt] = [row.created_at.getTime(), row.expires_at.getTime()];
  const decision = decisionOf(row);
  const status = statusOf(requestedBy, decision) ?? (expiresAt > now ? "waiting" : "expired");
  const statedReason = row.stated_reason;
  return {
    id,
    payment,
    reference,
    terminal,
    attempt,
    amount,
    statedReason,
    note,
    requestedBy,
    createdAt,
    expiresAt,
    status,
    decision,
  };
}

/** What became of one by what was decided; null: nothing was. */
export function statusOf(requestedBy: Named, decision: ApprovalDecision | null): ApprovalStatus | null {
  if (decision === null) return null;
  return decision.status === "refused" && decision.by.id === requestedBy.id ? "withdrawn" : decision.status;
}

function decisionOf({ status, by, at, refund_id: refund, decision_note: note }: Row): ApprovalDecision | null {
  return status === null || by === null || at === null ? null : { status, by, at: at.getTime(), refund, note };
}
