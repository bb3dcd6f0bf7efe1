import { inTransaction } from "@caravela/platform/postgres/transaction";
import type { Cents } from "@caravela/sibs/money";
import type { Caller } from "../domain/api-key.ts";
import type { AttemptId } from "../domain/identifiers.ts";
import type { Stated } from "../domain/payment/operation.ts";
import type { Payment } from "../domain/payment/state.ts";
import { given } from "../given.ts";
import type { Approval, Named } from "../storage/approvals.ts";
import { storeKey } from "../storage/kept-answers.ts";
import type { Answer, KeyRow } from "../storage/keys.ts";
import { isErasedOf } from "../storage/notes.ts";
import { presentApproval } from "./approval-schemas.ts";
import type { ApprovesRefunds } from "./approve-refund.ts";

/** A refund that is more than one person may give back. */
export interface ForTwo {
  readonly payment: Payment;
  readonly attempt: AttemptId | null;
  readonly amount: Cents;
  readonly stated: Partial<Stated>;
}

/** Has a refund wait for a second person, together with the key of the request: nothing is sent to SIBS. */
export async function askApproval(
  ports: ApprovesRefunds,
  { payment, attempt, amount, stated }: ForTwo,
  { caller, row }: { readonly caller: Caller; readonly row: KeyRow },
): Promise<Answer> {
  const { now } = given(ports);
  const wanted = {
    id: ports.chance.id("apr"),
    payment: payment.id,
    reference: payment.reference,
    terminal: ports.terminals.idOf(payment),
    attempt,
    amount,
    statedReason: stated.statedReason ?? null,
    note: stated.note ?? null,
    requestedBy: personOf(caller),
    createdAt: now,
  };
  return inTransaction(ports.pool, async (connection) => {
    // of a customer who was erased nothing more is kept
    const kept = (await isErasedOf(connection, payment.id)) ? { ...wanted, note: null } : wanted;
    const answer = answerOf(await ports.approvals.add(connection, kept));
    await storeKey(connection, row(wanted.id, answer), new Date(now));
    return answer;
  });
}

/** That a refund waits. */
export function answerOf(approval: Approval): Answer {
  return { status: 202, body: presentApproval(approval) };
}

/** The person who asks. @throws TypeError for a key: none has another approve. */
export function personOf({ by, person }: Caller): Named {
  if (person === null) throw new TypeError("no API key waits for a second person, or is one");
  return { id: person.id, name: by.name ?? "" };
}
