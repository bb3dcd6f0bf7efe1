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

export interface Attempt {
  id: string;
  method: string;
  status:
    | "prepared"
    | "submitted"
    | "action_required"
    | "pending"
    | "approved"
    | "declined"
    | "timed_out"
    | "expired"
    | "canceled"
    | "failed";
  inDoubt: boolean;
  amount: number;
  transactionId: string | null;
  createdAt: string;
  expiresAt: string | null;
  failure: Failure | null;
  settled: Settled | null;
  card: { brand: string; lastFour: string } | null;
  mbway: { phone: string } | null;
  multibanco: { entity: string; reference: string; amount: number; expiresAt: string } | null;
}

/** A refund, a capture or a cancellation. */
export interface Operation {
  id: string;
  payment: string;
  amount: number;
  status: "pending" | "succeeded" | "failed" | "in_doubt";
  reason: "requested" | "automatic" | "late" | "duplicate" | "returned";
  failure: Failure | null;
  settled: Settled | null;
  /** Why, as whoever asked for it said. */
  statedReason: RefundReason | null;
  note: string | null;
  /** The person who asked, where another had to approve it. */
  requestedBy: { id: string | null; name: string | null } | null;
  createdAt: string;
}

/** Why money goes back, as people say it. */
export type RefundReason = "requested_by_customer" | "duplicate" | "fraudulent" | "other";

/** A refund that waits for a second person, or waited. */
export interface Approval {
  id: string;
  status: "waiting" | "approved" | "refused" | "expired";
  payment: string;
  amount: number;
  statedReason: RefundReason | null;
  note: string | null;
  requestedBy: { id: string; name: string };
  decidedBy: { id: string; name: string } | null;
  decisionNote: string | null;
  createdAt: string;
  expiresAt: string;
}

export interface Customer {
  id: string | null;
  name: string | null;
  email: string | null;
  phone: string | null;
}

export interface Payment {
  id: string;
  terminal: string | null;
  status: "open" | "pending" | "authorized" | "paid" | "canceled" | "expired";
  amount: number;
  amountAuthorized: number;
  amountCaptured: number;
  amountReleased: number;
  amountRefunded: number;
  reference: string;
  description: string | null;
  methods: string[];
  capture: "automatic" | "manual";
  latePayments: "refund" | "accept";
  customer: Customer | null;
  mandate: string | null;
  plan: { id: string; period: number; date: string } | null;
  metadata: Record<string, string>;
  payUrl: string;
  attention: {
    reason: "amount_differs" | "taken_back" | "in_doubt" | "proved_after_all" | "not_taken";
    attempt: string;
    operation: string | null;
    at: string;
  } | null;
  attempts: Attempt[];
  refunds: Operation[];
  captures: Operation[];
  cancellations: Operation[];
  createdAt: string;
  expiresAt: string;
  paidAt: string | null;
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
  since: string;
  text: string;
  next: string;
  actions: { method: "GET" | "POST" | "DELETE"; path: string; text: string }[];
}

export interface ShopEvent {
  id: string;
  type: string;
  timestamp: string;
  sequence: number;
  /** What it tells of, as it was sent. */
  data?: { payment?: { id: string } };
}

/** An event, and every try to deliver it. */
export interface DeliveredEvent extends ShopEvent {
  deliveries: { endpoint: string; at: string; status: number | null; ms: number }[];
}

/** A page of a list. */
export interface Page<Item> {
  data: Item[];
  hasMore: boolean;
  next: string | null;
}

/** A list that comes whole. */
export interface Listed<Item> {
  data: Item[];
}

/** A problem (RFC 9457). */
export interface Problem {
  /** `/problems/` and its code. */
  type: string;
  title: string;
  status: number;
  detail: string;
  errors: { field: string; message: string }[];
  /** Of a limit: so many cents it leaves. */
  left?: number;
  /** Of an erasure: what is not over yet. */
  live?: { id: string; why: string }[];
}

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
  /** `touchedUntil`: until when what wants a fresh touch of the passkey may be done; null: not without one. */
  session: { id: string; endsAt: string; touchedUntil: string | null } | null;
}

/** What moved on a day by one way to pay at one terminal, in cents. */
export interface DaySum {
  /** In Lisbon. */
  day: string;
  method: string;
  terminal: string;
  currency: "EUR";
  taken: number;
  refunded: number;
  held: number;
  /** Payments of which any money moved. */
  count: number;
}

/** How many tries to pay ended without money for one reason. */
export interface FailureCount {
  reason: string;
  method: string;
  terminal: string;
  count: number;
}

/** References that are still to be paid, and end on one day. */
export interface ReferenceSum {
  day: string;
  terminal: string;
  currency: "EUR";
  count: number;
  amount: number;
}

/** How it all works just now. */
export interface Health {
  at: string;
  sibs: {
    calls: number;
    /** Refused or unanswered, of one; null: there were no calls. */
    refusedShare: number | null;
    medianMs: number | null;
    slowestMs: number | null;
    spared: { terminal: string; until: string }[];
  };
  lastNotification: { at: string; seconds: number } | null;
  oldestDue: { what: string; since: string; seconds: number } | null;
  undelivered: { count: number; oldest: string | null };
  inDoubt: { attempts: number; operations: number; mandates: number };
  stalled: string[];
}

/** A person at work. */
export interface Operator {
  id: string;
  name: string;
  role: "viewer" | "support" | "refunder" | "accountant" | "owner";
  terminal: string | null;
  /** Whole cents; null: there is none. */
  refundLimit: number | null;
  createdAt: string;
  lastSeenAt: string | null;
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

/** Where events are sent. */
export interface EventEndpoint {
  id: string;
  url: string;
  types: string[];
  terminal: string | null;
  /** Only in the first answer. */
  secret: string | null;
  createdAt: string;
  endedAt: string | null;
  /** Of the last 24 hours. */
  deliveries: {
    delivered: number;
    failed: number;
    waiting: number;
    lastError: { at: string; status: number | null; failure: string | null } | null;
    lastDeliveredAt: string | null;
  };
}

/** A key by which the API is used. */
export interface ApiKey {
  id: string;
  name: string;
  terminal: string | null;
  scopes: string[];
  refundLimit: number | null;
  expiresAt: string | null;
  /** Only in the first answer. */
  secret: string | null;
  createdAt: string;
  lastUsedAt: string | null;
  overlapEndsAt: string | null;
}

/** A request to the API, without what it said. */
export interface LoggedRequest {
  id: string;
  at: string;
  method: string;
  path: string;
  status: number;
  ms: number;
  by: { type: string; id: string | null } | null;
  problem: string | null;
}

/** What the doctor says of the server. */
export interface Examination {
  at: string | null;
  isWell: boolean | null;
  findings: { isWell: boolean; says: string; todo: string | null }[];
}
