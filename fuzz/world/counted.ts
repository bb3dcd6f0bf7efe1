import type { Asked } from "../request.ts";

/** A row that was changed. */
export interface Change {
  readonly number: number;
  readonly table: string;
  readonly did: "INSERT" | "UPDATE" | "DELETE" | "TRUNCATE";
  /** The names of the columns that are others than before; of a new row none. */
  readonly columns: readonly string[];
}

/** A table that a request may change that is refused, or only reads: what is counted there is that it was asked. */
interface Counted {
  readonly table: string;
  /** Which requests may; `any`: each, and the table is not watched. */
  readonly by: "any" | ((asked: Asked, answer: string) => boolean);
  /** The columns that may change of a row that is there; absent: rows may be new, too. */
  readonly columns?: readonly string[];
  readonly why: string;
}

const isPost = ({ method }: Asked): boolean => method === "POST";
const isBelow =
  (...places: readonly string[]) =>
  (asked: Asked): boolean =>
    places.some((place) => pathOf(asked).startsWith(place));

/** A path as a router reads it. */
function pathOf({ target }: Asked): string {
  const [path = ""] = target.replace(/^https?:\/\/[^/]*/i, "").split("?", 1);
  return path
    .replace(/%([0-7][0-9a-f])/gi, (_all, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .toLowerCase();
}

/** All that is meant to change by what is refused, or by what only reads, and why. */
export const COUNTED: readonly Counted[] = [
  { table: "caravela.request_log", by: "any", why: "each request to the API is written down, refused or not" },
  {
    table: "caravela.idempotency",
    by: isPost,
    why: "a refusal that an idempotency key has led to is kept for that key: asked again, it is answered the same",
  },
  {
    table: "caravela.notification_refused",
    by: isBelow("/notifications/"),
    why: "notifications that cannot be opened are counted, so that a person hears of them",
  },
  {
    table: "caravela.card_try",
    by: isPost,
    why: "each try with a card counts against card testing, also the one that is refused for it",
  },
  {
    table: "caravela.session",
    by: () => true,
    columns: ["seen_at"],
    why: "that a colleague was there is noted, so that who is away for long is signed out",
  },
  {
    table: "caravela.operator",
    by: () => true,
    columns: ["seen_at"],
    why: "when a colleague was there last is noted, so that access that nobody uses is found",
  },
  {
    table: "caravela.api_key",
    by: () => true,
    columns: ["used_at"],
    why: "when a key was used last is noted, so that one that nobody uses is found",
  },
  {
    table: "caravela.audit",
    by: isBelow("/v1/", "/dashboard"),
    why: "what somebody tried beside a shop's ordinary business is in the audit, refused or not",
  },
  {
    table: "caravela.challenge",
    by: isBelow("/v1/", "/dashboard"),
    why: "what a passkey was asked is used up by the answer to it, right or wrong: no answer is tried twice",
  },
  {
    table: "caravela.customer_mail",
    by: isBelow("/pay/"),
    why: "how often a network asked for e-mails is counted",
  },
  ...["sibs_gateway.transaction", "sibs_gateway.notification"].map((table) => ({
    table,
    by: ({ program }: Asked, answer: string) => program === "gateway" && answer.includes('"transactionID":"'),
    why: "what SIBS declines was done: it is a transaction of its own number, is kept, and is notified of",
  })),
];

/** Those changes that a request which was refused, or only reads, may not have made. */
export function uncounted(changes: readonly Change[], asked: Asked, answer: string): Change[] {
  return changes.filter((change) => !COUNTED.some((one) => allows(one, change, { asked, answer })));
}

function allows(
  { table, by, columns }: Counted,
  change: Change,
  { asked, answer }: { readonly asked: Asked; readonly answer: string },
): boolean {
  if (table !== change.table || by === "any" || !by(asked, answer)) return false;
  return columns === undefined || (change.did === "UPDATE" && change.columns.every((name) => columns.includes(name)));
}
