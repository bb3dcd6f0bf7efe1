import type { Connection, Pool } from "@caravela/platform/postgres/pool";
import { inTransaction } from "@caravela/platform/postgres/transaction";
import type { Phone } from "@caravela/sibs/phone";
import type { Live } from "../domain/erasing.ts";
import type { MandateId, PaymentId } from "../domain/identifiers.ts";
import { eraseMandateLine } from "../domain/mandate/erase.ts";
import { eraseMandateCustomer, liveInMandate } from "../domain/mandate/live-in.ts";
import type { Mandate } from "../domain/mandate/state.ts";
import { eraseLine } from "../domain/payment/erase.ts";
import { eraseCustomer as erasePaymentsCustomer, liveIn } from "../domain/payment/live-in.ts";
import type { Payment } from "../domain/payment/state.ts";
import type { Refusal } from "../domain/refusal.ts";
import { erasePlaintext } from "../notifications/erase.ts";
import { type AtTerminal, eraseKept, forgetBeside, type Kept, ofCustomer, statesOf } from "../storage/erasure.ts";
import type { MandateStore } from "../storage/mandates.ts";
import type { PaymentStore } from "../storage/payments.ts";
import { eraseAnswer, eraseEvent } from "./shown.ts";

/** What erasing a customer may touch: whatever is kept of them. */
export interface ErasesCustomers {
  readonly pool: Pool;
  readonly payments: Pick<PaymentStore, "inside">;
  readonly mandates: Pick<MandateStore, "inside">;
}

/** How much was erased. */
export interface Erased {
  readonly payments: number;
  readonly mandates: number;
  readonly savedCards: number;
}

const ERASERS = { event: eraseEvent, answer: eraseAnswer, notification: erasePlaintext };

/**
 * Erases all that is known of a customer as of this moment, by the shop's own id of them, at one terminal alone or at
 * all of them (null); a refusal names all that is not over, and then nothing is changed. Each payment is erased with
 * all that is kept of it, or not at all: whoever asks again after a crash has the rest erased. The mandates come last,
 * by which some of the payments are found.
 */
export async function eraseCustomer(
  ports: ErasesCustomers,
  customer: string,
  at: AtTerminal | null = null,
): Promise<Erased | Refusal> {
  const whom = { customer, at };
  const all = await ofCustomer(ports.pool, whom);
  const live: Live[] = [];
  const phones = new Set<Phone>();
  for await (const { payments, mandates } of statesOf(ports.pool, all)) {
    live.push(...payments.flatMap(liveIn), ...mandates.flatMap(liveInMandate));
    for (const phone of [...payments.flatMap(phonesOf), ...mandates.map((one) => one.phone)])
      if (phone !== null) phones.add(phone);
  }
  if (live.length > 0) return { refused: "customer_live", live };
  const savedCards = await forgetBeside(ports.pool, whom, all, phones);
  for (const id of all.payments) {
    const refusal = await erasePayment(ports, id);
    if (refusal !== null) return refusal;
  }
  for (const id of all.mandates) {
    const refusal = await eraseMandate(ports, id);
    if (refusal !== null) return refusal;
  }
  return { payments: all.payments.length, mandates: all.mandates.length, savedCards };
}

const phonesOf = ({ attempts }: Payment) => attempts.flatMap(({ phone, mandate }) => [phone, mandate?.phone ?? null]);

/** Null: it is erased, by this request or by another that was quicker. */
function erasePayment({ pool, payments }: ErasesCustomers, id: PaymentId): Promise<Refusal | null> {
  return together(pool, async (connection, later) => {
    const decided = await payments.inside(connection, later).decide(id, erasePaymentsCustomer);
    if ("refused" in decided) return decided;
    await eraseKept(connection, keptOf(decided.payment), { ...ERASERS, line: eraseLine });
    return null;
  });
}

function eraseMandate({ pool, mandates }: ErasesCustomers, id: MandateId): Promise<Refusal | null> {
  return together(pool, async (connection, later) => {
    const decided = await mandates.inside(connection, later).decide(id, eraseMandateCustomer);
    if ("refused" in decided) return decided;
    await eraseKept(connection, keptOfMandate(decided.mandate), { ...ERASERS, line: eraseMandateLine });
    return null;
  });
}

/** Does it in one transaction, and afterwards what was to be done once that is committed. */
async function together<T>(
  pool: Pool,
  work: (connection: Connection, later: (() => void)[]) => Promise<T>,
): Promise<T> {
  const later: (() => void)[] = [];
  const done = await inTransaction(pool, (connection) => {
    later.length = 0;
    return work(connection, later);
  });
  for (const one of later) one();
  return done;
}

function keptOf({ id, attempts, operations }: Payment): Kept {
  const transactions = [...attempts, ...operations].flatMap(({ transactionId }) => transactionId ?? []);
  const own = [...attempts, ...operations].map((one) => one.id);
  return {
    id,
    resources: own,
    names: [...own, ...transactions],
    attempts: attempts.map((one) => one.id),
    transactions,
  };
}

function keptOfMandate({ id, transactionId, mandateId, plans, cancellation }: Mandate): Kept {
  const names = [id, transactionId, mandateId, cancellation?.operation].filter((one) => one != null);
  return { id, resources: plans.map((plan) => plan.id), names, attempts: [], transactions: [] };
}
