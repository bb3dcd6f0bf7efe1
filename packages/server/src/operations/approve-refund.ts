import type { Pool } from "@caravela/platform/postgres/pool";
import { inTransaction } from "@caravela/platform/postgres/transaction";
import type { Caller } from "../domain/api-key.ts";
import type { OperationId } from "../domain/identifiers.ts";
import { requestRefund } from "../domain/payment/operate.ts";
import { PREFIXES, type Stated } from "../domain/payment/operation.ts";
import { requestReturn } from "../domain/payment/settle.ts";
import type { Payment } from "../domain/payment/state.ts";
import type { Refusal } from "../domain/refusal.ts";
import { rolesFor } from "../domain/role.ts";
import { given, type Timed } from "../given.ts";
import { type Approval, type Approvals, isDecided, type Named, statusOf } from "../storage/approvals.ts";
import type { KeyRow } from "../storage/keys.ts";
import type { Operator, Operators } from "../storage/operators.ts";
import type { PaymentStore } from "../storage/payments.ts";
import {
  type DecidesOperations,
  decideWithin,
  lastOf,
  type Requested,
  type RequestsOperations,
  sendDecided,
} from "./request-operation.ts";
import { boundsOfBoth } from "./second-person.ts";

/** What deciding about a refund that waits may touch. */
export type ApprovesRefunds = RequestsOperations &
  Timed & {
    readonly pool: Pool;
    readonly approvals: Approvals;
    readonly operators: Pick<Operators, "hold">;
    readonly payments: Pick<PaymentStore, "inside">;
  };

/** Who decides, and the key of their request. */
interface Deciding {
  readonly by: Named;
  readonly caller: Caller;
  readonly row: KeyRow;
}

/**
 * Approves a refund that waits: it is decided as a refund of both, within the bounds of either, and what was decided is
 * written with it, once. Then it is sent.
 */
export async function approveRefund(
  ports: ApprovesRefunds,
  approval: Approval,
  deciding: Deciding,
): Promise<Requested | Refusal> {
  const refusal = whyNotDecided(approval, deciding);
  if (refusal !== null) return refusal;
  try {
    return await approved(ports, approval, deciding);
  } catch (error) {
    if (!isDecided(error)) throw error;
    return decidedMeanwhile(ports, approval);
  }
}

async function approved(ports: ApprovesRefunds, approval: Approval, deciding: Deciding): Promise<Requested | Refusal> {
  const { by, caller, row } = deciding;
  const later: (() => void)[] = [];
  let committed: OperationId | null = null;
  const made = await inTransaction(ports.pool, async (connection) => {
    later.length = 0;
    const requester = await ports.operators.hold(connection, approval.requestedBy.id);
    if (requester === null || !mayStillAsk(requester, approval)) return { refused: "requester_gone" } as const;
    const bounds = boundsOfBoth(requester, caller, ports.alone);
    const choose = choosing(ports, approval, bounds);
    // it is committed with the transaction, and not before
    const key: KeyRow = (resource, answer) => {
      const { committed: _told, ...kept } = row(resource, answer);
      return kept;
    };
    const inside: DecidesOperations = { ...ports, payments: ports.payments.inside(connection, later) };
    const decided = await decideWithin(inside, approval.payment, choose, { bounds, row: key });
    if ("refused" in decided) return decided;
    committed = lastOf(decided.payment);
    const { now: at } = given(ports);
    await ports.approvals.decide(connection, approval.id, {
      status: "approved",
      by,
      at,
      refund: committed,
      note: null,
    });
    return decided;
  });
  if ("refused" in made) return made;
  for (const one of later) one();
  if (committed !== null) row(committed).committed?.();
  return sendDecided(ports, made);
}

/** Who ends what waits, and what is written with it, as the request's key. */
interface Ending {
  readonly by: Named;
  readonly commit: (connection: Pick<Pool, "query">, ended: Approval) => Promise<void>;
}

/** Refuses a refund that waits: nothing goes back. */
export async function refuseRefund(
  ports: ApprovesRefunds,
  approval: Approval,
  { note, ...ending }: Ending & { readonly note: string },
): Promise<Approval | Refusal> {
  return whyNotDecided(approval, ending) ?? endWaiting(ports, approval, { ...ending, note });
}

/** Whoever asked for a refund that waits does not want it any more: nothing goes back. */
export async function withdrawRefund(
  ports: ApprovesRefunds,
  approval: Approval,
  ending: Ending,
): Promise<Approval | Refusal> {
  if (approval.requestedBy.id !== ending.by.id) return { refused: "not_own_approval" };
  return whyOver(approval) ?? endWaiting(ports, approval, { ...ending, note: null });
}

async function endWaiting(
  ports: ApprovesRefunds,
  approval: Approval,
  { by, note, commit }: Ending & { readonly note: string | null },
): Promise<Approval | Refusal> {
  const decision = { status: "refused", by, at: given(ports).now, refund: null, note } as const;
  const refused: Approval = { ...approval, status: statusOf(approval.requestedBy, decision) ?? "refused", decision };
  try {
    await inTransaction(ports.pool, async (connection) => {
      await ports.approvals.decide(connection, approval.id, decision);
      await commit(connection, refused);
    });
    return refused;
  } catch (error) {
    if (!isDecided(error)) throw error;
    return decidedMeanwhile(ports, approval);
  }
}

function whyNotDecided(approval: Approval, { by }: Pick<Deciding, "by">): Refusal | null {
  return approval.requestedBy.id === by.id ? { refused: "own_approval" } : whyOver(approval);
}

function whyOver({ status }: Approval): Refusal | null {
  return status === "waiting" ? null : { refused: "approval_over", status };
}

async function decidedMeanwhile(ports: ApprovesRefunds, { id }: Approval): Promise<Refusal> {
  const now = await ports.approvals.find(id, given(ports).now);
  return { refused: "approval_over", status: now?.status ?? "refused" };
}

/** Whoever asked must still be at work, and still be one who might ask it. */
function mayStillAsk({ role, terminal }: Operator, approval: Approval): boolean {
  const operation = approval.attempt === null ? "refundPayment" : "refundAttempt";
  return rolesFor(operation).includes(role) && (terminal === null || terminal === approval.terminal);
}

function choosing(ports: ApprovesRefunds, approval: Approval, bounds: ReturnType<typeof boundsOfBoth>) {
  const { attempt, amount, requestedBy, statedReason, note } = approval;
  const said: Stated = { statedReason, note, requestedBy: { type: "operator", ...requestedBy } };
  const command = { ...bounds, amount, stated: said };
  const id = ports.chance.id(PREFIXES.refund);
  return (payment: Payment, at: ReturnType<typeof given>) =>
    attempt === null
      ? requestRefund(payment, { ...command, id }, at)
      : requestReturn(payment, { ...command, attempt }, at);
}
