/** Who looks at the dashboard, and what they may. */
export interface Me {
  by: { type: string; id: string | null; name: string | null };
  role: string | null;
  terminal: string | null;
  /** What they may do, by the names that the description of the API gives its operations. */
  operations: string[];
  /** The most that they may give back of one payment; null: all there is. */
  refundLimit: number | null;
  /** So much they may still give back today; null: all there is. */
  refundableToday: number | null;
  /** The most that they may capture of one payment; null: all there is. */
  captureLimit: number | null;
  /** So much they may still capture today; null: all there is. */
  capturableToday: number | null;
  /** What the clock of the API shows. */
  now: string;
  /** `touchedUntil`: until when what wants a fresh touch of the passkey may be done; null: not without one. */
  session: { id: string; endsAt: string; touchedUntil: string | null } | null;
}

/** A person at work. */
export interface Operator {
  id: string;
  name: string;
  role: "viewer" | "support" | "refunder" | "accountant" | "owner";
  terminal: string | null;
  /** Whole cents; null: there is none. */
  refundLimit: number | null;
  captureLimit: number | null;
  createdAt: string;
  lastSeenAt: string | null;
  /** How many they have. */
  passkeys: number;
  /** Whether the company's own provider lets them in, and says their name and role. */
  signsOn: boolean;
  /** Only in the first answer. */
  inviteUrl: string | null;
}

/** A person being signed in, in one browser. */
export interface Session {
  id: string;
  operator: string;
  name: string;
  createdAt: string;
  seenAt: string;
  endsAt: string;
  address: string | null;
  agent: string | null;
  /** Whether it is the one that asks. */
  current: boolean;
}

/** An entry of the audit. */
export interface AuditEntry {
  number: number;
  at: string;
  kind: "asked" | "answered";
  /** Of an answer: the entry that asked. */
  of: number | null;
  by: { type: string; id: string | null; name: string | null };
  /** The network that it came from. */
  from: string | null;
  request: string | null;
  operation: string;
  subject: string | null;
  fields: string[];
  before: object | null;
  after: object | null;
  reason: string | null;
  status: number | null;
  hash: string;
}
