import { readJson, readReturnStatus } from "./answers.ts";
import { inWords } from "./causes.ts";
import { ConnectionError, type SibsError } from "./errors.ts";
import type { Answer, Call, Silence } from "./exchange.ts";
import { faultOf } from "./faults.ts";
import type { TryOutcome } from "./inputs.ts";
import { type Kind, mayRepeat, movesMoney, pauseBeforeRepeat, readRetryAfter } from "./retry.ts";

/** What calls are sent with. */
export interface Line {
  readonly baseUrl: string;
  readonly clientId: string;
  /** For one try, its answer's body included. */
  readonly timeoutMs: number;
  readonly retries: number;
  readonly signal: AbortSignal | undefined;
  readonly onTry: ((came: TryOutcome) => void) | undefined;
  readonly fetch: typeof globalThis.fetch;
  readonly now: () => Date;
  readonly random: () => number;
}

/**
 * Sends a call, again where that is safe, and answers with its value.
 * @throws SibsError when no try gave a usable answer.
 */
export async function send<Value>(line: Line, call: Call<Value>): Promise<Value> {
  if (line.signal?.aborted) throw neverSent(line, call);
  for (let tries = 1; ; tries++) {
    const outcome = await tryOnce(line, call);
    tell(line, outcome);
    const value = readUsable(call, outcome);
    if (value !== null) return value;
    // put so that a number of retries that is none (NaN) means none, not one more for ever
    const pauseMs = tries <= line.retries ? pauseAfter(line, call.kind, outcome, tries) : null;
    if (pauseMs === null || !(await pause(pauseMs, line.signal))) throw faultOf(call, outcome, tries);
  }
}

async function tryOnce(line: Line, call: Call<unknown>): Promise<Answer | Silence> {
  try {
    return await limited(line.timeoutMs, line.signal, async (signal) => {
      const response = await line.fetch(line.baseUrl + call.path, { ...request(line, call), signal });
      return {
        httpStatus: response.status,
        retryAfterMs: readRetryAfter(response.headers.get("Retry-After"), line.now()),
        body: readJson(await response.text(), call.reviver),
      };
    });
  } catch (error) {
    return { httpStatus: null, error };
  }
}

/**
 * What the caller calls off says nothing of SIBS. Whoever listens is no part of the call: what they throw must not lose
 * its answer.
 */
function tell({ onTry, signal }: Line, outcome: Answer | Silence): void {
  const { httpStatus } = outcome;
  if (httpStatus === null && signal?.aborted) return;
  try {
    onTry?.({ httpStatus, retryAfterMs: httpStatus === null ? null : outcome.retryAfterMs });
  } catch {}
}

/**
 * The headers that SIBS's guide sends. A redirect is not followed: it would carry the credentials, and perhaps a
 * payment, elsewhere.
 */
function request(line: Line, call: Call<unknown>): RequestInit {
  return {
    method: call.body === undefined ? "GET" : "POST",
    redirect: "manual",
    headers: {
      Authorization: call.authorization,
      "X-IBM-Client-Id": line.clientId,
      "Content-Type": "application/json",
      Accept: "application/json",
      ...call.headers,
    },
    ...(call.body !== undefined && { body: JSON.stringify(call.body) }),
  };
}

/** What SIBS decided is a value at 4xx as well; after a 5xx of a call that moves money only the status may say. */
function readUsable<Value>(call: Call<Value>, outcome: Answer | Silence): Value | null {
  const { httpStatus } = outcome;
  if (httpStatus === null || outcome.body === null || httpStatus === 429) return null;
  if (movesMoney(call.kind) && (httpStatus >= 500 || httpStatus === 408)) return null;
  if (call.kind === "method" && httpStatus === 409) return null;
  return call.read(outcome.body, httpStatus, call.transactionId);
}

function pauseAfter(line: Line, kind: Kind, outcome: Answer | Silence, tries: number): number | null {
  const { httpStatus } = outcome;
  const statusCode = httpStatus === null ? null : (readReturnStatus(outcome.body?.returnStatus)?.statusCode ?? null);
  if (!mayRepeat(kind, { httpStatus, statusCode })) return null;
  return pauseBeforeRepeat(tries, httpStatus === null ? null : outcome.retryAfterMs, line.random);
}

/** The longest that a runtime's timer can wait, 24 days: it would take `Infinity` for a millisecond. */
const LONGEST_WAIT_MS = 2 ** 31 - 1;

/** Does some work within a time, or until the caller calls it off, also when `fetch` does not heed its signal. */
async function limited<T>(
  ms: number,
  outer: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const callOff = () => controller.abort(outer?.reason);
  const timeUp = () => controller.abort(new DOMException(`no answer within ${ms} ms`, "TimeoutError"));
  const timer = setTimeout(timeUp, Math.min(ms, LONGEST_WAIT_MS));
  outer?.addEventListener("abort", callOff);
  const ended = new Promise<never>((_, reject) => {
    controller.signal.addEventListener("abort", () => reject(controller.signal.reason));
  });
  try {
    return await Promise.race([work(controller.signal), ended]);
  } finally {
    clearTimeout(timer);
    outer?.removeEventListener("abort", callOff);
  }
}

/** Waits, and says whether to go on: not when the caller called it off meanwhile. */
function pause(ms: number, signal: AbortSignal | undefined): Promise<boolean> {
  return new Promise((resolve) => {
    const callOff = () => end(false);
    const timer = setTimeout(() => end(true), ms);
    const end = (goOn: boolean) => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", callOff);
      resolve(goOn);
    };
    if (signal?.aborted) end(false);
    else signal?.addEventListener("abort", callOff);
  });
}

function neverSent(line: Line, call: Call<unknown>): SibsError {
  const { transactionId } = call;
  const cause: unknown = line.signal?.reason;
  const facts = { httpStatus: null, returnStatus: null, transactionId, tries: 0, cause };
  return new ConnectionError(`called off before it was sent: ${inWords(cause)}`, facts);
}
