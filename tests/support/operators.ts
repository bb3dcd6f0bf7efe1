import { createHash, randomBytes } from "node:crypto";
import type { CallsBy } from "./keys.ts";
import type { Stage } from "./stage.ts";

/** A colleague who is signed in. */
export interface SignedIn {
  readonly id: string;
  /** The id of their session. */
  readonly session: string;
  /** What their browser sends: `__Host-caravela=…`. */
  readonly cookie: string;
  /** Calls `/v1` as a page of theirs does. */
  readonly api: CallsBy;
}

/** The id of a view that a colleague keeps. */
export async function keepView({ api }: SignedIn): Promise<string> {
  return (await api("POST", "/v1/views", { name: "Paid", query: "status=paid" })).body.id;
}

/** How a colleague differs from others of their role. */
export interface Differing {
  readonly name?: string;
  readonly terminal?: string;
  readonly refundLimit?: number;
  readonly captureLimit?: number;
  /** Whether they have just touched their passkey; they have unless a test says otherwise. */
  readonly touched?: boolean;
}

/** Signs a new colleague of this role in. */
export async function asOperator(
  stage: Pick<Stage, "api" | "pool" | "now">,
  role: string,
  { name = `A ${role}`, terminal, refundLimit, captureLimit, touched = true }: Differing = {},
): Promise<SignedIn> {
  const id = `op_${randomWord(20)}`;
  const now = new Date(stage.now());
  await stage.pool.query(
    `insert into caravela.operator (id, name, role, terminal, refund_limit, capture_limit, budgets, created_at)
     values ($1, $2, $3, $4, $5, $6, '[]', $7)`,
    [id, name, role, terminal ?? null, refundLimit ?? null, captureLimit ?? null, now],
  );
  return signedIn(stage, id, touched);
}

/** Signs a colleague who is there in once more, as in another browser. */
export async function signedIn(
  stage: Pick<Stage, "api" | "pool" | "now">,
  id: string,
  touched = true,
): Promise<SignedIn> {
  const [session, token] = [`ses_${randomWord(20)}`, randomWord(50)];
  const now = new Date(stage.now());
  await stage.pool.query(
    `insert into caravela.session (id, hash, operator_id, created_at, seen_at, ends_at, touched_at)
     values ($1, $2, $3, $4, $4, $4::timestamptz + interval '12 hours', $5)`,
    [session, createHash("sha256").update(token).digest(), id, now, touched ? now : null],
  );
  const cookie = `__Host-caravela=${token}`;
  return { id, session, cookie, api: callingByCookie(stage, cookie) };
}

/** Gives a colleague a passkey that no authenticator has. @returns its id */
export async function giveKey(stage: Pick<Stage, "pool" | "now">, operator: string): Promise<string> {
  const id = `pky_${randomWord(20)}`;
  await stage.pool.query(
    `insert into caravela.passkey (id, operator_id, credential, public_key, counter, transports, name, created_at)
     values ($1, $2, $3, $3, 0, '{}', 'A phone', $4)`,
    [id, operator, randomBytes(32), new Date(stage.now())],
  );
  return id;
}

/** Has a refund of a payment wait for a second person. @returns its id */
export async function askApproval(
  stage: Pick<Stage, "pool" | "now">,
  payment: string,
  { terminal, by }: { readonly terminal: string; readonly by: string },
): Promise<string> {
  const id = `apr_${randomWord(20)}`;
  await stage.pool.query(
    `insert into caravela.approval (id, payment_id, terminal, amount, requested_by, created_at, expires_at)
     values ($1, $2, $3, 100, $4, $5, $5::timestamptz + interval '7 days')`,
    [id, payment, terminal, JSON.stringify({ id: by, name: "A refunder" }), new Date(stage.now())],
  );
  return id;
}

/** Calls the API by a cookie, as a page of the server's own does. */
export function callingByCookie(stage: Pick<Stage, "api">, cookie: string): CallsBy {
  return (method, path, body, headers = {}) =>
    stage.api(method, path, body, { cookie, "sec-fetch-site": "same-origin", ...headers });
}

function randomWord(length: number): string {
  return [...randomBytes(length)].map((byte) => (byte % 36).toString(36)).join("");
}
