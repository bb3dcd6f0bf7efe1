import type { Cents } from "@caravela/sibs/money";
import type { MandateType } from "../../domain/consent.ts";
import type { Mandate, MandateStatus } from "../../domain/mandate.ts";

const types = { SUBSCRIPTION: "subscription", ONECLICK: "oneclick" } as const satisfies Record<MandateType, string>;

const statuses: Partial<Record<MandateStatus, AuthorisedPayment["status"]>> = {
  ACTV: "active",
  SSPN: "suspended",
  EXPR: "expired",
  CNCL: "canceled",
};

/** A mandate that the phone's owner once consented to, in the words of the page and of the sandbox. */
export interface AuthorisedPayment {
  /** The creation's transactionID. */
  readonly id: string;
  readonly mandateId: string;
  readonly type: "subscription" | "oneclick";
  readonly status: "active" | "suspended" | "expired" | "canceled";
  readonly description: string | null;
  readonly customerName: string;
  readonly limit: Cents;
  /** What is left: of this month's limit, or for each purchase. */
  readonly available: Cents;
  /** Its last day, in Lisbon: `2027-12-31`. */
  readonly validUntil: string;
}

/** The mandate as its owner sees it in the list; null when they never consented. */
export function authorisedPayment(mandate: Mandate): AuthorisedPayment | null {
  const { transactionId, mandateId, description, customerName, limit, available, validUntil } = mandate;
  const status = statuses[mandate.status];
  if (status === undefined || limit === null || available === null || validUntil === null) return null;
  const type = typeWord(mandate.type);
  const what = { id: transactionId, mandateId, type, status, description: description || null, customerName };
  return { ...what, limit, available, validUntil };
}

/** The type of a mandate, in our word. */
export function typeWord(type: MandateType): AuthorisedPayment["type"] {
  return types[type];
}
