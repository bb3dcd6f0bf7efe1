import type { Clock } from "@caravela/platform/clock";
import type { Cents } from "@caravela/sibs/money";
import { hasReference, type PaymentAtAtm, pay } from "../../domain/methods/multibanco.ts";
import type { Transaction } from "../../domain/transaction.ts";
import type { Transactions } from "../../transactions/transactions.ts";

/** What somebody enters at an ATM. */
export interface EnteredAtAtm {
  readonly entity: string;
  readonly reference: string;
  readonly amount: Cents;
}

/** What the ATM says. */
export type AtmAnswer =
  | { readonly kind: "paid"; readonly payment: Transaction }
  | { readonly kind: Exclude<PaymentAtAtm["kind"], "paid"> | "unknown" };

/** Somebody pays a reference at an ATM. */
export async function payAtAtm(
  { transactions, clock }: { transactions: Transactions; clock: Clock },
  { entity, reference, amount }: EnteredAtAtm,
): Promise<AtmAnswer> {
  if (!/^\d{5}$/.test(entity) || !/^\d{9}$/.test(reference)) return { kind: "unknown" };
  const found = await transactions.findByReference(entity, reference);
  if (found === null) return { kind: "unknown" };
  const answered = await transactions.change<AtmAnswer>(found.id, (payment) => {
    if (!hasReference(payment)) return { result: { kind: "unknown" }, change: null };
    const result = pay(payment, amount, clock.now());
    if (result.kind !== "paid") return { result, change: null };
    return { result: { kind: "paid", payment: result.change.transaction }, change: result.change };
  });
  return answered ?? { kind: "unknown" };
}
