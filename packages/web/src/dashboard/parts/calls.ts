import type { Task } from "../api.ts";

type Call = Task["actions"][number];

/**
 * Where the dashboard has a call of the API that a task names: a page on which it is made, or read. Null: nowhere yet.
 * @param task whose call it is
 */
export function placeOfCall({ method, path }: Call, task: Task): string | null {
  for (const { calls, pattern, place } of PLACES_OF_CALLS) {
    const found = pattern.exec(path);
    if (method === calls && found !== null) return place(found, task);
  }
  return null;
}

interface PlaceOfCall {
  readonly calls: Call["method"];
  readonly pattern: RegExp;
  readonly place: (found: RegExpExecArray, task: Task) => string | null;
}

const payments = "/dashboard/payments";

const isPayment = (subject: string | null): boolean => subject?.startsWith("pay_") ?? false;

/** A call of what is below a payment has its page at the same place below the payment's. */
const PLACES_OF_CALLS: readonly PlaceOfCall[] = [
  { calls: "POST", pattern: /^\/v1\/payments\/(\w+)\/refunds$/, place: ([, id]) => `${payments}/${id}/refund` },
  { calls: "POST", pattern: /^\/v1\/payments\/(\w+)\/capture$/, place: ([, id]) => `${payments}/${id}/capture` },
  {
    calls: "POST",
    pattern: /^\/v1\/payments\/(\w+)\/cancel$/,
    // a hold is given up by the same call
    place: ([, id], { kind }) => `${payments}/${id}/${kind === "charge_stopped" ? "cancel" : "release"}`,
  },
  {
    calls: "POST",
    pattern: /^\/v1\/payments\/(\w+)\/attention\/resolve$/,
    place: ([, id]) => `${payments}/${id}/resolve`,
  },
  {
    calls: "POST",
    pattern: /^\/v1\/payments\/(\w+)\/attempts\/(\w+)\/settle$/,
    place: ([, id, attempt]) => `${payments}/${id}/attempts/${attempt}/settle`,
  },
  {
    calls: "POST",
    pattern: /^\/v1\/payments\/(\w+)\/attempts\/(\w+)\/refunds$/,
    place: ([, id, attempt]) => `${payments}/${id}/attempts/${attempt}/give-back`,
  },
  {
    calls: "POST",
    pattern: /^\/v1\/operations\/(\w+)\/settle$/,
    place: ([, operation], { subject }) => `${payments}/${subject}/operations/${operation}/settle`,
  },
  {
    calls: "POST",
    pattern: /^\/v1\/tasks\/([\w.]+)\/done$/,
    place: ([, task], { subject }) => (isPayment(subject) ? `${payments}/${subject}/tasks/${task}/done` : null),
  },
  { calls: "GET", pattern: /^\/v1\/payments\/(\w+)\/journal$/, place: ([, id]) => `${payments}/${id}#timeline` },
];
