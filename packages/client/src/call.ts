import type { Problem, ProblemCode } from "./api-types.generated.ts";
import { type ErrorFacts, NoAnswerError, ProblemError, UnreadableAnswerError } from "./errors.ts";
import type { CaravelaOptions, ChangeOptions } from "./options.ts";

/** Whom calls are sent to, and how. */
export interface Line extends Required<{ [Name in keyof CaravelaOptions]: NonNullable<CaravelaOptions[Name]> }> {}

/** What is asked for. */
export interface Asked {
  readonly method: string;
  /** From `/v1` on, with its query. */
  readonly path: string;
  readonly input?: object | undefined;
  /** A page of a list, in place of one thing. */
  readonly isList?: boolean | undefined;
}

/** A timer that is to last longer ends at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** What came of one try. Without a status there was no answer. */
interface Came {
  readonly status?: number;
  readonly headers?: Headers;
  readonly text?: string;
  readonly cause?: unknown;
}

/**
 * Sends a call, and sends it again where no thing can be done twice by that: a POST has its idempotency key, the same
 * in each try, and GET and DELETE are the same done once or twice.
 * @throws CaravelaError, or the reason of the signal that called it off
 */
export async function send(line: Line, asked: Asked, options: ChangeOptions = {}): Promise<unknown> {
  const { method, path, input } = asked;
  const { timeoutMs = line.timeoutMs, retries = line.retries, signal, language } = options;
  const idempotencyKey = method === "POST" ? (options.idempotencyKey ?? crypto.randomUUID()) : null;
  const headers = new Headers({ authorization: `Bearer ${line.apiKey}` });
  if (idempotencyKey !== null) headers.set("idempotency-key", idempotencyKey);
  if (language !== undefined) headers.set("accept-language", language);
  if (input !== undefined) headers.set("content-type", "application/json");
  const request: RequestInit = { method, headers, redirect: "manual" };
  if (input !== undefined) request.body = JSON.stringify(input);

  const end = performance.now() + timeLimit(timeoutMs);
  const most = retryLimit(retries);
  for (let tries = 1; ; tries++) {
    const left = end - performance.now();
    const came = await once(line, path, request, tries > most ? left : left / 2, signal);
    const pause = tries > most ? null : pauseAfter(came, tries);
    if (pause === null || performance.now() + pause >= end) {
      // a try whose answer was lost has removed it
      if (method === "DELETE" && tries > 1 && isProblem(came, 404, "not_found")) return undefined;
      return read(came, asked, { idempotencyKey, tries }, line);
    }
    await within(pause, signal, () => new Promise(() => undefined)).catch(() => undefined);
    signal?.throwIfAborted();
  }
}

/** One try. @throws the signal's reason */
async function once(
  line: Line,
  path: string,
  request: RequestInit,
  limitMs: number,
  signal: AbortSignal | undefined,
): Promise<Came> {
  try {
    return await within(limitMs, signal, async (ended) => {
      const { fetch } = line;
      const answer = await fetch(line.baseUrl + path, { ...request, signal: ended });
      return { status: answer.status, headers: answer.headers, text: await answer.text() };
    });
  } catch (cause) {
    signal?.throwIfAborted();
    return { cause };
  }
}

/**
 * Does something for so long at most, or until it is called off, also where it does not heed the signal that tells it
 * to end: as a `fetch` of the shop's own.
 */
async function within<T>(
  ms: number,
  signal: AbortSignal | undefined,
  work: (ended: AbortSignal) => Promise<T>,
): Promise<T> {
  signal?.throwIfAborted();
  const ends = new AbortController();
  const callOff = () => ends.abort(signal?.reason);
  const timer = setTimeout(
    () => ends.abort(new Error(`nothing within ${Math.ceil(ms)} ms`)),
    Math.min(ms, LONGEST_TIMER_MS),
  );
  signal?.addEventListener("abort", callOff);
  const ended = new Promise<never>((_, reject) =>
    ends.signal.addEventListener("abort", () => reject(ends.signal.reason)),
  );
  try {
    return await Promise.race([work(ends.signal), ended]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", callOff);
  }
}

/** How long to wait before the next try, in milliseconds; null: another would be of no use, or could do harm. */
function pauseAfter(came: Came, tries: number): number | null {
  const { status, headers } = came;
  const asked = retryAfterMs(headers);
  const isBusy =
    status === undefined ||
    [408, 502, 503, 504].includes(status) ||
    (status === 429 && asked !== null) ||
    isProblem(came, 409, "idempotency_in_flight");
  return isBusy ? (asked ?? 2 ** tries * 125 * (1 + Math.random())) : null;
}

/** @throws CaravelaError where it is no answer to what was asked */
function read(
  { status = 0, headers, text = "", cause }: Came,
  { method, isList = false }: Asked,
  facts: ErrorFacts,
  { baseUrl }: Line,
): unknown {
  if (cause !== undefined) throw new NoAnswerError(`No answer from ${baseUrl}: ${reasonOf(cause)}`, facts, { cause });
  const type = headers?.get("content-type")?.toLowerCase() ?? "";
  if (status >= 200 && status < 300) {
    if (status === 204 && method === "DELETE") return undefined;
    if (type.startsWith("text/csv")) return text;
    const answer = type.startsWith("application/json") ? parsed(text) : null;
    const thing = isList ? (answer as { data?: unknown } | null | undefined)?.data : answer;
    if (typeof answer === "object" && answer !== null && Array.isArray(thing) === isList) return answer;
  }
  const problem = problemIn(text);
  if (status >= 400 && problem !== undefined)
    throw new ProblemError(problem, {
      ...facts,
      requestId: headers?.get("x-request-id") ?? null,
      retryAfterMs: retryAfterMs(headers),
    });
  const what = type || "nothing that could be read";
  throw new UnreadableAnswerError(
    `${baseUrl} answered ${status || "with a redirect"} and ${what}, which is not the API's: is baseUrl right, and what stands in between?`,
    { ...facts, status },
  );
}

function isProblem({ status, text }: Came, wanted: number, code: ProblemCode): boolean {
  return status === wanted && problemIn(text)?.type === `/problems/${code}`;
}

function problemIn(text = ""): Problem | undefined {
  const answer = parsed(text) as Partial<Problem> | null | undefined;
  if (typeof answer?.type !== "string" || typeof answer.status !== "number") return undefined;
  return { title: "", detail: answer.title ?? "", errors: [], ...answer } as Problem;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** `Retry-After`, seconds or a date. */
function retryAfterMs(headers: Headers | undefined): number | null {
  const text = headers?.get("retry-after") ?? "";
  const ms = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - Date.now();
  return Number.isNaN(ms) ? null : Math.max(0, ms);
}

/**
 * What a runtime says of a call that failed: the innermost cause says most, as `connect ECONNREFUSED 127.0.0.1:4010`.
 */
function reasonOf(error: unknown): string {
  const { cause, errors, message, code } = (error ?? {}) as Error & { errors?: unknown[]; code?: string };
  const inner = cause ?? errors?.[0];
  return inner === undefined ? message || code || String(error) : reasonOf(inner);
}

/** A timer would take what is no time for a millisecond. @throws RangeError */
export function timeLimit(ms: number): number {
  if (ms > 0) return ms;
  throw new RangeError("timeoutMs must be above 0, in milliseconds");
}

/** @throws RangeError */
export function retryLimit(retries: number): number {
  if (retries >= 0) return retries;
  throw new RangeError("retries must be 0 or more");
}
