import type { Mandate } from "../../packages/server/src/domain/mandate/state.ts";
import type { Violation } from "./books.ts";

/** An authorised payment in SIBS's own books. */
export interface SibsMandate {
  /** The creation's transaction. */
  readonly id: string;
  readonly merchantTransactionId: string;
  /** As its customer or merchant left it; `PEND` until it is given. Time alone makes it end. */
  readonly status: "PEND" | "ACTV" | "SSPN" | "CNCL";
  /** In cents. */
  readonly limit: number | null;
  /** The last day, in Lisbon. */
  readonly validUntil: string | null;
  /** Whether SIBS refuses to end it for the merchant. */
  readonly cannotBeEnded: boolean;
}

/** What is compared of authorised payments: ours, and SIBS's. */
export interface MandateBooks {
  readonly mandates: readonly Mandate[];
  readonly sibsMandates: readonly SibsMandate[];
  /** In Lisbon. */
  readonly today: string;
}

/** Whether each authorised payment has come to rest, and stands here as it stands at SIBS. */
export function mandatesOf({ mandates, sibsMandates, today }: MandateBooks): Violation[] {
  const byId = new Map(sibsMandates.map((one) => [one.id, one]));
  const known = new Map(mandates.map((one) => [one.transactionId, one]));
  return [
    ...mandates.flatMap((mandate) => unrest(mandate)),
    ...mandates.flatMap((mandate) => standing(mandate, byId.get(mandate.transactionId ?? ""), today)),
    ...sibsMandates
      .filter((one) => isAlive(one, today) && !known.has(one.id))
      .map((one) => violation("loss", null, `SIBS may charge by ${one.merchantTransactionId}, and nobody knows of it`)),
  ];
}

/** Nobody is asked still, and nothing is in doubt. */
function unrest({ id, status, inDoubt }: Mandate): Violation[] {
  if (inDoubt) return [violation("other", id, `is ${status}, in doubt, at the end`)];
  return status === "pending" ? [violation("other", id, "is pending at the end")] : [];
}

function standing(mandate: Mandate, sibs: SibsMandate | undefined, today: string): Violation[] {
  const { id, status, transactionId, limit, validUntil } = mandate;
  if (sibs === undefined) {
    return transactionId === null ? [] : [violation("loss", id, `is ${transactionId}, which SIBS does not have`)];
  }
  if (status === "active" || status === "suspended") {
    const says = `${status}, ${limit}, ${validUntil}`;
    const theirs = `${STATUSES[sibs.status]}, ${sibs.limit}, ${sibs.validUntil}`;
    if (!isAlive(sibs, today)) return [violation("loss", id, `is ${status}, and SIBS has ended it`)];
    return says === theirs ? [] : [violation("loss", id, `is ${says} here, and ${theirs} at SIBS`)];
  }
  if (!isAlive(sibs, today) || (status === "canceled" && sibs.cannotBeEnded)) return [];
  return [violation("loss", id, `is ${status} here, and SIBS may charge by it`)];
}

const STATUSES = { PEND: "pending", ACTV: "active", SSPN: "suspended", CNCL: "canceled" } as const;

function isAlive({ status, validUntil }: SibsMandate, today: string): boolean {
  return (status === "ACTV" || status === "SSPN") && (validUntil === null || today <= validUntil);
}

function violation(kind: Violation["kind"], subject: string | null, says: string): Violation {
  return { kind, subject, says };
}
