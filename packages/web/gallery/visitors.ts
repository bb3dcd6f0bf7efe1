import type { FormView, Me, Page, Shell, Whole } from "@caravela/web/dashboard";
import type { Lang } from "@caravela/web/lang";

/** Somebody who may give money back. */
export const refunder: Me = {
  by: { type: "operator", id: "op_1", name: "Marta Figueiredo" },
  role: "refunder",
  terminal: null,
  operations: [
    "addNote",
    "approveRefund",
    "cancelPayment",
    "capturePayment",
    "listEvents",
    "listPayments",
    "listTasks",
    "refundPayment",
    "resendEvent",
    "resolveAttention",
    "settleAttempt",
    "settleOperation",
    "withdrawRefund",
  ],
  refundLimit: 10_000,
  refundableToday: 25_000,
  captureLimit: 10_000,
  capturableToday: 8_000,
  now: "2026-11-28T09:30:00Z",
  session: { id: "ses_1", endsAt: "2026-11-28T10:00:00Z", touchedUntil: null },
};

/** Somebody who may do all of it, and has just touched their passkey. */
export const owner: Me = {
  ...refunder,
  role: "owner",
  operations: [
    "addNote",
    "approveRefund",
    "cancelMandate",
    "cancelPayment",
    "cancelPlan",
    "capturePayment",
    "changeOperator",
    "changePlanAmount",
    "createEventEndpoint",
    "createKey",
    "createPayment",
    "deleteEventEndpoint",
    "deleteToken",
    "endTask",
    "eraseCustomer",
    "exportRefunds",
    "getExamination",
    "getMe",
    "keepView",
    "inviteOperator",
    "listAudit",
    "listDaySums",
    "listEvents",
    "listFailureCounts",
    "listKeys",
    "listMandates",
    "listOperators",
    "listPasskeys",
    "listPayments",
    "listReferenceSums",
    "listRefunds",
    "listRequests",
    "listSessions",
    "listTasks",
    "pausePlan",
    "pingEventEndpoint",
    "refundPayment",
    "removeOperator",
    "renewInvitation",
    "resendEvent",
    "resendEvents",
    "resolveAttention",
    "resumePlan",
    "revokeKey",
    "rollKey",
    "settleAttempt",
    "settleOperation",
    "skipCharge",
    "startAttempt",
  ],
  refundLimit: null,
  refundableToday: null,
  captureLimit: null,
  capturableToday: null,
  session: { id: "ses_1", endsAt: "2026-11-28T10:00:00Z", touchedUntil: "2026-11-28T09:05:00Z" },
};

/** Somebody who may look, and no more. */
export const viewer: Me = {
  ...refunder,
  by: { type: "operator", id: "op_2", name: "Rui Leal" },
  role: "viewer",
  operations: ["listPayments", "listTasks"],
};

/** What stands around a screen. @param changes who looks, where it is not the owner, and what is to be treated */
export const shellOf = (lang: Lang, path: string, changes: Partial<Shell> = {}): Shell => ({
  lang,
  me: owner,
  tasks: { count: 3, more: false },
  path,
  q: "",
  ...changes,
});

/** A form that nobody has sent yet, or that came back with something wrong. */
export const form = (changes: Partial<FormView> = {}): FormView => ({
  key: "k",
  typed: {},
  faults: {},
  problem: null,
  ...changes,
});

/** The last page of a list. */
/** A list of which there is no more. */
export const wholeOf = <Item>(...data: Item[]): Whole<Item> => ({ data, isCut: false });

export const pageOf = <Item>(...data: Item[]): Page<Item> => ({ data, hasMore: false, next: null });
