import type {
  CardStep,
  Operation,
  OwnOperation,
  Reference,
  ThreeDSecureDetails,
  TokenDetails,
  TransactionStatus,
} from "@caravela/sibs";
import type { Action, Authentication } from "../domain/payment/attempt.ts";
import type { Report } from "../domain/payment/report.ts";
import type { SaidStatus, SaidToken } from "./outcome.ts";

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
  // A status may print the reference's amount as "0.0" (captured, reference 3.1): the transaction's own is the one
  // asked for.
  const asked = said.amountIsUnreadable ? null : (said.amount ?? amount);
  return { entity, reference, amount: asked, status, expiresAt: expiresAt?.getTime() ?? null };
}

/** What 3-D Secure proved, in the rules' words. */
function authenticationOf(proved: ThreeDSecureDetails | null): Authentication | null {
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

/** What SIBS answers to a charge. */
export type SaidOfCharge = Operation | OwnOperation | Reference | CardStep;

/** The answer to a charge, with what the issuer wants of the browser, and what 3-D Secure proved. */
export function chargeReportOf(said: SaidOfCharge): Report {
  const operation = "kind" in said ? said.operation : said;
  return { ...reportOf(operation, "answer"), action: actionIn(said), authentication: proofIn(said) };
}

/** SIBS's words for what an issuer wants of the browser. */
export const WIRE_ACTIONS: Readonly<Record<Action["type"], string>> = {
  "3ds_method": "THREEDS_METHOD",
  "3ds_challenge": "THREEDS_CHALLENGE",
};

const ACTION_TYPES = new Map(
  Object.entries(WIRE_ACTIONS).map(([type, wire]) => [wire, type as Action["type"]] as const),
);

/** What the browser must do, in our words; null when it has nothing to do, or something that we do not know. */
function actionIn(said: SaidOfCharge): Report["action"] {
  if (!("kind" in said) || said.kind !== "action") return null;
  const { id, type, url, fields } = said.action;
  const known = ACTION_TYPES.get(type);
  return known === undefined ? null : { id, type: known, url, fields };
}

function proofIn(said: SaidOfCharge): Report["authentication"] {
  return "kind" in said ? authenticationOf(said.threeDSecure) : null;
}

/** The token that SIBS made of the card; null where it made none, or the charge is not done yet. */
export function tokenOf(said: SaidOfCharge): SaidToken | null {
  return "kind" in said && said.kind === "done" ? cardTokenOf(said.token) : null;
}

/** A status in the rules' words. */
export function statusOf(said: TransactionStatus): SaidStatus {
  const { transactionId, merchantTransactionId, token } = said;
  return { report: reportOf(said, "inquiry"), transactionId, merchantTransactionId, token: cardTokenOf(token) };
}

/** SIBS also calls the phone that paid a token. */
function cardTokenOf(token: TokenDetails | null): SaidToken | null {
  return token?.type === "Card" ? { value: token.value, maskedPan: token.maskedPan } : null;
}
