/** Who caused something. */
export interface By {
  type: "shop" | "customer" | "sibs" | "clock" | "operator";
  id: string | null;
  name: string | null;
}

/** Why something did not succeed, and what is sensible next. */
export interface Failure {
  reason: string;
  code: string | null;
  message: string;
  next: "try_again" | "other_phone" | "other_method" | "contact_us" | null;
}

/** What a person said became of something. */
export interface Settled {
  outcome: string;
  note: string | null;
  at: string;
  by: { type: string; id: string | null; name: string | null };
}

/** One line of a journal. */
export interface JournalLine {
  number: number;
  at: string;
  kind: string;
  by: By | null;
  text: string;
  data: object;
}

export interface Task {
  id: string;
  kind: string;
  subject: string | null;
  /** The order of the payment that it is of; null: it is of none. */
  reference: string | null;
  since: string;
  text: string;
  next: string;
  actions: { method: "GET" | "POST" | "DELETE"; path: string; text: string }[];
}
