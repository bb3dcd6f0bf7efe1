import type { MerchantInitiatedTransaction, StatusResponse } from "@caravela/sibs";
import type { Charges } from "../domain/card.ts";
import { isByCard } from "../domain/notice.ts";
import { paymentStatusOf, type Transaction } from "../domain/transaction.ts";

/** What `merchantInitiatedTransaction` announces. */
export function announcedCharges({ type, amountQualifier, schedule }: MerchantInitiatedTransaction): Charges {
  return {
    announcedAs: "merchantInitiatedTransaction",
    type,
    amountQualifier: amountQualifier ?? "DEFAULT",
    schedule: schedule ?? null,
  };
}

/** What became of the announcement, under the name it was made by: only `status` is known of it (API Market). */
export function chargesStatusOf(payment: Transaction): Partial<StatusResponse> {
  const { charges } = payment.cardTerms;
  if (charges === null || !isByCard(payment.method)) return {};
  return { [charges.announcedAs]: { status: paymentStatusOf(payment) } };
}
