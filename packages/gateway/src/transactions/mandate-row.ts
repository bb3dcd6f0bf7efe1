import { cents } from "@caravela/sibs/money";
import type { Consent, MandateType } from "../domain/consent.ts";
import type { Transaction } from "../domain/transaction.ts";

/** The columns of table `transaction` that say of mandates. */
export interface MandateColumns {
  mandate_id: string | null;
  mandate_type: MandateType | null;
  customer_name: string | null;
  mandate_status: Consent["status"] | null;
  mandate_limit: number | null;
  mandate_valid_until: string | null;
  collected_month: string | null;
  collected: number | null;
}

/** What a row holds of mandates. */
export function mandateColumns({ mandateId, consent }: Pick<Transaction, "mandateId" | "consent">): MandateColumns {
  return {
    mandate_id: mandateId,
    mandate_type: consent?.type ?? null,
    customer_name: consent?.customerName ?? null,
    mandate_status: consent?.status ?? null,
    mandate_limit: consent?.limit ?? null,
    mandate_valid_until: consent?.validUntil ?? null,
    collected_month: consent?.collected?.month ?? null,
    collected: consent?.collected?.amount ?? null,
  };
}

/** The consent that a row says was asked for or given. */
export function consentOf(row: MandateColumns): Consent | null {
  const { mandate_type, mandate_status, customer_name, mandate_limit, collected_month, collected } = row;
  if (mandate_type === null || mandate_status === null || customer_name === null) return null;
  return {
    type: mandate_type,
    customerName: customer_name,
    status: mandate_status,
    limit: mandate_limit === null ? null : cents(mandate_limit),
    validUntil: row.mandate_valid_until,
    collected:
      collected_month === null || collected === null ? null : { month: collected_month, amount: cents(collected) },
  };
}
