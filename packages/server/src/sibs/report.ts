import type { Operation, OwnOperation, Reference, ThreeDSecureDetails, TransactionStatus } from "@caravela/sibs";
import type { Authentication } from "../domain/payment/attempt.ts";
import type { Report } from "../domain/payment/report.ts";

type Answer = Operation | OwnOperation | Reference | TransactionStatus;

/** Brings what SIBS said, by answer or by status, to the one shape that the rules read. */
export function reportOf(said: Answer, source: Report["source"]): Report {
  return {
    source,
    transactionId: said.transactionId,
    paymentStatus: said.paymentStatus,
    paymentType: "paymentType" in said ? said.paymentType : null,
    paymentMethod: "paymentMethod" in said ? said.paymentMethod : null,
    amount: said.amountIsUnreadable ? "unreadable" : said.amount,
    code: codeOf(said),
    message: said.returnStatus.statusMsg || null,
    reference: referenceOf(said),
    action: null,
    authentication: "threeDSecure" in said ? authenticationOf(said.threeDSecure) : null,
  };
}

/** The operation's own code stands beside the call's in a status, and in its place in an answer (reference 9.1). */
function codeOf(said: Answer): string | null {
  const own = "transactionStatusCode" in said ? said.transactionStatusCode : null;
  return own ?? (said.returnStatus.statusCode || null);
}

function referenceOf(said: Answer): Report["reference"] {
  if (!("reference" in said) || said.reference === null || said.reference === undefined) return null;
  const { entity, reference, amount, status, expiresAt } = said.reference;
  // A status may print the reference's amount as "0.0" (captured, reference 3.1): the transaction's own is the one asked for.
  const asked = said.amountIsUnreadable ? null : (said.amount ?? amount);
  return { entity, reference, amount: asked, status, expiresAt: expiresAt?.getTime() ?? null };
}

/** What 3-D Secure proved, in the rules' words. */
export function authenticationOf(proved: ThreeDSecureDetails | null): Authentication | null {
  if (proved === null) return null;
  return {
    status: proved.transStatus,
    eci: proved.eci,
    hasValue: proved.hasAuthenticationValue,
    dsTransactionId: proved.dsTransId,
    acsTransactionId: proved.acsTransId,
    serverTransactionId: proved.serverTransId,
    version: proved.version,
  };
}
