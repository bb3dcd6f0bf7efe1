import type { Lang } from "../../lang.ts";
import type { Task } from "../api/happenings.ts";
import { inBoth } from "../texts.ts";

type Call = Task["actions"][number];

/** Where the dashboard has a call of the API. */
export interface Place {
  readonly path: string;
  /** The operation of the API that it is. */
  readonly needs: string;
  /** Where the API's own words for it are a program's. */
  readonly called?: Readonly<Record<Lang, string>> | undefined;
}

/**
 * Where the dashboard has a call of the API that a task names: a page on which it is made, or read. Null: nowhere yet.
 * @param task whose call it is
 */
export function placeOfCall({ method, path }: Call, task: Task): Place | null {
  for (const { calls, pattern, needs, called, place } of PLACES_OF_CALLS) {
    const found = pattern.exec(path);
    if (method === calls && found !== null) return { path: place(found, task), needs, called };
  }
  return null;
}

interface PlaceOfCall extends Omit<Place, "path"> {
  readonly calls: Call["method"];
  readonly pattern: RegExp;
  readonly place: (found: RegExpExecArray, task: Task) => string;
}

const payments = "/dashboard/payments";
const subscriptions = "/dashboard/subscriptions";

const isPayment = (subject: string | null): boolean => subject?.startsWith("pay_") ?? false;

/** Where something is done about a task. @param subject what it is of, by which it is found again among all */
export function taskPlace(id = "", what: "done" | "resend", subject: string | null): string {
  return `/dashboard/tasks/${id}/${what}${subject === null ? "" : `?subject=${subject}`}`;
}

/** A call of what is below a payment has its page at the same place below the payment's. */
const PLACES_OF_CALLS: readonly PlaceOfCall[] = [
  {
    calls: "POST",
    pattern: /^\/v1\/event-endpoints$/,
    needs: "createEventEndpoint",
    place: () => "/dashboard/developers/endpoints/new",
  },
  {
    calls: "POST",
    pattern: /^\/v1\/payments\/(\w+)\/refunds$/,
    needs: "refundPayment",
    place: ([, id]) => `${payments}/${id}/refund`,
  },
  {
    calls: "POST",
    pattern: /^\/v1\/payments\/(\w+)\/capture$/,
    needs: "capturePayment",
    place: ([, id]) => `${payments}/${id}/capture`,
  },
  {
    calls: "POST",
    pattern: /^\/v1\/payments\/(\w+)\/cancel$/,
    needs: "cancelPayment",
    // a hold is given up by the same call
    place: ([, id], { kind }) => `${payments}/${id}/${kind === "charge_stopped" ? "cancel" : "release"}`,
  },
  {
    calls: "POST",
    pattern: /^\/v1\/payments\/(\w+)\/attention\/resolve$/,
    needs: "resolveAttention",
    place: ([, id]) => `${payments}/${id}/resolve`,
  },
  {
    calls: "POST",
    pattern: /^\/v1\/payments\/(\w+)\/attempts\/(\w+)\/settle$/,
    needs: "settleAttempt",
    place: ([, id, attempt]) => `${payments}/${id}/attempts/${attempt}/settle`,
  },
  {
    calls: "POST",
    pattern: /^\/v1\/payments\/(\w+)\/attempts\/(\w+)\/refunds$/,
    needs: "refundAttempt",
    place: ([, id, attempt]) => `${payments}/${id}/attempts/${attempt}/give-back`,
  },
  {
    calls: "POST",
    pattern: /^\/v1\/operations\/(\w+)\/settle$/,
    needs: "settleOperation",
    place: ([, operation], { subject }) => `${payments}/${subject}/operations/${operation}/settle`,
  },
  {
    calls: "POST",
    pattern: /^\/v1\/tasks\/([\w.]+)\/done$/,
    needs: "endTask",
    place: ([, task], { subject }) =>
      isPayment(subject) ? `${payments}/${subject}/tasks/${task}/done` : taskPlace(task, "done", subject),
  },
  {
    calls: "POST",
    pattern: /^\/v1\/events\/resend$/,
    needs: "resendEvents",
    called: inBoth("Reenviar os eventos.", "Send the events again."),
    place: (_found, { id, subject }) => taskPlace(id, "resend", subject),
  },
  {
    calls: "POST",
    pattern: /^\/v1\/approvals\/(\w+)\/(?:approve|refuse)$/,
    needs: "approveRefund",
    place: ([, approval], { subject }) => `${payments}/${subject}/approvals/${approval}`,
  },
  {
    calls: "POST",
    pattern: /^\/v1\/approvals\/(\w+)\/withdraw$/,
    needs: "withdrawRefund",
    place: ([, approval], { subject }) => `${payments}/${subject}/approvals/${approval}`,
  },
  {
    calls: "GET",
    pattern: /^\/v1\/payments\/(\w+)\/journal$/,
    needs: "getPaymentJournal",
    place: ([, id]) => `${payments}/${id}#timeline`,
  },
  {
    calls: "POST",
    pattern: /^\/v1\/mandates\/(\w+)\/cancel$/,
    needs: "cancelMandate",
    place: ([, id]) => `${subscriptions}/${id}/cancel`,
  },
  {
    calls: "GET",
    pattern: /^\/v1\/mandates\/(\w+)\/journal$/,
    needs: "getMandateJournal",
    place: ([, id]) => `${subscriptions}/${id}#timeline`,
  },
];
