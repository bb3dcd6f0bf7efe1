import { SCOPES, type Scope } from "./api-key.ts";
import { LIMITED, type Limited } from "./limit.ts";
import { ROLES, type Role } from "./person.ts";

// Who may do what, by the names of the calls of `/v1` (`operationId`). What stands in no row is refused, and a server
// with a call that is named nowhere here does not start.

/** What is about whoever asks alone. */
export const OF_THEMSELVES = [
  "getMe",
  "addPasskey",
  "askPasskey",
  "askTouch",
  "endSession",
  "keepView",
  "listPasskeys",
  "listSessions",
  "listViews",
  "removePasskey",
  "removeView",
  "renameView",
  "touchSession",
] as const;

/** Looks at what there is. */
const OF_VIEWERS = [
  ...OF_THEMSELVES,
  "getEvent",
  "getHealth",
  "getMandate",
  "getMandateJournal",
  "getPayment",
  "getPaymentJournal",
  "getPlan",
  "listApprovals",
  "listCaptures",
  "listEvents",
  "listMandates",
  "listPayments",
  "listPlans",
  "listPlansOfMandate",
  "listRefunds",
  "listTasks",
  "listTokens",
] as const;

/** Helps whoever pays: nothing of it gives money back or takes any without the customer. */
const OF_SUPPORT = [
  ...OF_VIEWERS,
  "addNote",
  "cancelMandate",
  "cancelPayment",
  "cancelPlan",
  "createPayment",
  "deleteToken",
  "endTask",
  "listNotes",
  "pausePlan",
  "resendEvent",
  "resendEvents",
  "resolveAttention",
  "resumePlan",
  "skipCharge",
  "startAttempt",
] as const;

/** Gives money back, and takes what is held. */
const OF_REFUNDERS = [
  ...OF_SUPPORT,
  "approveRefund",
  "capturePayment",
  "refundAttempt",
  "refundPayment",
  "refuseRefund",
  "settleAttempt",
  "settleOperation",
  "withdrawRefund",
] as const;

/** Reckons, and does nothing with a payment. */
const OF_ACCOUNTANTS = [
  ...OF_VIEWERS,
  "exportEvents",
  "exportPayments",
  "exportRefunds",
  "listAudit",
  "listDaySums",
  "listFailureCounts",
  "listReferenceSums",
] as const;

const OF_OWNERS = [
  ...new Set([...OF_REFUNDERS, ...OF_ACCOUNTANTS]),
  "changeOperator",
  "changePlanAmount",
  "createEventEndpoint",
  "createKey",
  "createMandate",
  "createPlan",
  "deleteEventEndpoint",
  "eraseCustomer",
  "inviteOperator",
  "listEventEndpoints",
  "getExamination",
  "listKeys",
  "listRequests",
  "pingEventEndpoint",
  "listOperators",
  "removeOperator",
  "renewInvitation",
  "revokeKey",
  "rollKey",
] as const;

/** What each role may ask of `/v1`. */
export const OPERATIONS_OF: Readonly<Record<Role, readonly string[]>> = {
  viewer: OF_VIEWERS,
  support: OF_SUPPORT,
  refunder: OF_REFUNDERS,
  accountant: OF_ACCOUNTANTS,
  owner: OF_OWNERS,
};

/** What a customer's browser is led through by the shop's own program: no person at work has it in hand. */
export const FOR_KEYS_ALONE: readonly string[] = ["continueAttempt"];

/** What a person does for themselves or answers for by their name: no API key may. */
export const FOR_PEOPLE_ALONE: readonly string[] = [
  ...OF_THEMSELVES.filter((name) => name !== "getMe"),
  "approveRefund",
  "changeOperator",
  "inviteOperator",
  "refuseRefund",
  "removeOperator",
  "renewInvitation",
  "withdrawRefund",
];

/** What any API key may ask, whatever it is good for. */
export const FOR_ANY_KEY: readonly string[] = ["getMe"];

/** The roles that may ask this, least first; none: it is for API keys alone. */
export function rolesFor(operation: string): readonly Role[] {
  return ROLES.filter((role) => OPERATIONS_OF[role].includes(operation));
}

const LIMITED_CALLS: Readonly<Record<Limited, string>> = { refund: "refundPayment", capture: "capturePayment" };

/** Which limits somebody of a role has to do with. */
export function limitedFor(role: Role): readonly Limited[] {
  return LIMITED.filter((kind) => rolesFor(LIMITED_CALLS[kind]).includes(role));
}

/** Whether a role has one know who a customer is: their e-mail address, phone, name and address in full. */
export const SEES_PEOPLE: Readonly<Record<Role, boolean>> = {
  viewer: false,
  support: true,
  refunder: true,
  accountant: false,
  owner: true,
};

/** What of an API key's powers somebody of a role has, and may give to a key or to a colleague. */
export const SCOPES_OF: Readonly<Record<Role, readonly Scope[]>> = {
  viewer: ["payments:read", "events"],
  support: ["payments:read", "payments:write", "events"],
  refunder: ["payments:read", "payments:write", "refunds:write", "events"],
  accountant: ["payments:read", "events", "reports"],
  owner: SCOPES,
};
