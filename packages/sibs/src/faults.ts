import { asObject, readReturnStatus } from "./answers.ts";
import { inWords } from "./causes.ts";
import {
  AuthenticationError,
  ConflictError,
  ConnectionError,
  type ErrorFacts,
  InDoubtError,
  InvalidRequestError,
  MalformedAnswerError,
  NotFoundError,
  PermissionError,
  RateLimitedError,
  type SibsError,
  UnavailableError,
} from "./errors.ts";
import type { Answer, Call, Silence } from "./exchange.ts";
import { didNothing, movesMoney } from "./retry.ts";
import { shorten } from "./text.ts";

/** Says which error a call without a usable answer ends in: in doubt, unless it is certain that no money moved. */
export function faultOf(call: Call<unknown>, outcome: Answer | Silence, tries: number): SibsError {
  return outcome.httpStatus === null ? faultOfSilence(call, outcome, tries) : faultOfAnswer(call, outcome, tries);
}

function faultOfSilence(call: Call<unknown>, { error }: Silence, tries: number): SibsError {
  const facts: ErrorFacts = {
    httpStatus: null,
    returnStatus: null,
    transactionId: call.transactionId,
    tries,
    cause: error,
  };
  const message = `no answer from SIBS: ${inWords(error)}`;
  const Fault = movesMoney(call.kind) && !wasNeverSent(error) ? InDoubtError : ConnectionError;
  return new Fault(message, facts);
}

function faultOfAnswer(call: Call<unknown>, answer: Answer, tries: number): SibsError {
  const { httpStatus, body } = answer;
  const returnStatus = readReturnStatus(body?.returnStatus);
  const { transactionId } = call;
  const { retryAfterMs } = answer;
  const facts: ErrorFacts = { httpStatus, returnStatus, transactionId, tries, retryAfterMs };
  const message = describe(facts);
  const statusCode = returnStatus?.statusCode ?? null;
  // These are refused before the request is looked at, whatever the body looks like.
  if (httpStatus === 401) return new AuthenticationError(message, facts);
  if (httpStatus === 403) return new PermissionError(message, facts);
  if (httpStatus === 429) return new RateLimitedError(message, facts, answer.retryAfterMs);
  if (didNothing({ httpStatus, statusCode })) return new UnavailableError(message, facts);
  const isRefusal = httpStatus >= 400 && httpStatus < 500 && httpStatus !== 408;
  if (movesMoney(call.kind) && (!isRefusal || body === null)) return new InDoubtError(message, facts);
  if (httpStatus === 404) return new NotFoundError(message, facts);
  if (httpStatus === 409) return new ConflictError(message, facts);
  if (httpStatus === 408 || httpStatus >= 500) return new UnavailableError(message, facts);
  if (body !== null && (isRefusal || (statusCode !== null && statusCode !== "000"))) {
    return new InvalidRequestError(message, facts, fieldNamedIn(returnStatus?.statusDescription ?? ""));
  }
  return new MalformedAnswerError(message, facts);
}

/** What SIBS said, shortened; long runs of digits (a phone, a card) are left out. */
function describe({ httpStatus, returnStatus }: ErrorFacts): string {
  if (returnStatus === null) return `SIBS answered HTTP ${httpStatus} without a usable body`;
  const { statusCode, statusMsg, statusDescription } = returnStatus;
  const text = `SIBS answered HTTP ${httpStatus}, ${statusCode} ${statusMsg}: ${statusDescription}`;
  return shorten(text.replace(/\d{9,}/g, "…"), 200);
}

/**
 * Members begin with one of the request's blocks (`transaction.amount`), or are words with a capital inside
 * (`customerPhone`).
 */
const FIELD = /\b(?:(?:merchant|transaction|customer|mandate|tokenisation|amount)(?=[./[])|[a-z]+[A-Z])[\w./[\]]*/;

/** Finds the member that a description names, as a dotted path; `null` when it names none. */
function fieldNamedIn(description: string): string | null {
  const field = FIELD.exec(description)?.[0].replaceAll("/", ".").replace(/\.+$/, "");
  return field ?? null;
}

/** What runtimes call a connection that could not even be made. */
const NO_CONNECTION = /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|UND_ERR_CONNECT_TIMEOUT|ConnectionRefused)$|CERT/;

/** Says whether `fetch` tells that nothing was sent: Node and Bun name a code, browsers and Deno do not. */
function wasNeverSent(error: unknown): boolean {
  const told = asObject(error);
  if (told === null) return false;
  if (NO_CONNECTION.test(String(told.code)) || told.syscall === "connect") return true;
  // what Node says of a port that the Fetch standard blocks
  return told.message === "bad port" || wasNeverSent(told.cause);
}
