import type { ReturnStatus } from "./protocol/envelope.ts";

/** What is known when a call gave no usable answer. */
export interface ErrorFacts {
  /** HTTP status of the last answer; `null` when there was none. */
  readonly httpStatus: number | null;
  /** SIBS's codes, where the answer had them. */
  readonly returnStatus: ReturnStatus | null;
  /** The transaction the call was about; `null` when it was to make one. */
  readonly transactionId: string | null;
  /** How many times the call was sent. */
  readonly tries: number;
  /** How long SIBS asked to wait (`Retry-After`), in milliseconds; left out or `null` when it did not say. */
  readonly retryAfterMs?: number | null;
  readonly cause?: unknown;
}

/**
 * A call gave no usable answer. What SIBS decided (declined, timed out, pending…) is never an error but a value.
 * Holds no token, no signature and no body.
 */
export abstract class SibsError extends Error implements ErrorFacts {
  readonly httpStatus: number | null;
  readonly returnStatus: ReturnStatus | null;
  readonly transactionId: string | null;
  readonly tries: number;
  /** How long SIBS asked to wait (`Retry-After`), in milliseconds; `null` when it did not say. */
  readonly retryAfterMs: number | null;
  /** Whether money may have moved all the same: only ever of an {@link InDoubtError}. */
  readonly inDoubt: boolean = false;
  /** The safe next step, a sentence. */
  abstract readonly next: string;

  constructor(message: string, facts: ErrorFacts) {
    super(message, facts.cause === undefined ? undefined : { cause: facts.cause });
    this.httpStatus = facts.httpStatus;
    this.returnStatus = facts.returnStatus;
    this.transactionId = facts.transactionId;
    this.tries = facts.tries;
    this.retryAfterMs = facts.retryAfterMs ?? null;
  }
}

/** HTTP 401: the token is wrong, or is not of this terminal. */
export class AuthenticationError extends SibsError {
  override readonly name = "AuthenticationError";
  readonly next = "Compare the token and the terminal with SIBS Backoffice, Credentials; nothing was done.";
}

/** HTTP 403: the client id is wrong, or has no subscription to this API. */
export class PermissionError extends SibsError {
  override readonly name = "PermissionError";
  readonly next = "Check the client id (X-IBM-Client-Id), then ask SIBS whether it may use this API; nothing was done.";
}

/** HTTP 400 or another 4xx: the request is not as SIBS wants it, or was not sent because it cannot be. */
export class InvalidRequestError extends SibsError {
  override readonly name = "InvalidRequestError";
  readonly next = "Correct the request and make a new one; sending the same again cannot help.";
  /** The member at fault (`transaction.amount.value`), where it is named. */
  readonly field: string | null;

  constructor(message: string, facts: ErrorFacts, field: string | null) {
    super(message, facts);
    this.field = field;
  }
}

/**
 * HTTP 404: SIBS does not know the transaction, or the base address is wrong. It does not say that nothing was paid.
 */
export class NotFoundError extends SibsError {
  override readonly name = "NotFoundError";
  readonly next = "Check the transaction's id, the base address, and that the credentials are those of its checkout.";
}

/** HTTP 409: the transaction's state forbids it, for instance a second method call. SIBS did nothing new. */
export class ConflictError extends SibsError {
  override readonly name = "ConflictError";
  readonly next = "Ask for the transaction's status; to try once more, make a new checkout.";
}

/** HTTP 429, also after the repeats. SIBS did nothing. */
export class RateLimitedError extends SibsError {
  override readonly name = "RateLimitedError";
  readonly next = "Nothing was done: send it again later, not before the time SIBS asked for.";

  constructor(message: string, facts: ErrorFacts, retryAfterMs: number | null) {
    super(message, { ...facts, retryAfterMs });
  }
}

/** HTTP 503 with `T9999` (SIBS did nothing), or another 5xx of a call that moves no money. */
export class UnavailableError extends SibsError {
  override readonly name = "UnavailableError";
  readonly next = "No money moved: try again later.";
}

/**
 * An answer that is none: HTML, half a JSON, or one without its essential members (met in production), of a call that
 * moves no money.
 */
export class MalformedAnswerError extends SibsError {
  override readonly name = "MalformedAnswerError";
  readonly next = "No money moved: check the base address and what stands between you and SIBS, then try again.";
}

/** No answer: of a call that moves no money, or because nothing could be sent. */
export class ConnectionError extends SibsError {
  override readonly name = "ConnectionError";
  readonly next = "No money moved: check the network and the base address, then try again.";
}

/**
 * The answer to a call that may have moved money was lost (time-out, reset, 5xx, HTML…), or is none.
 * Never send the call again: ask for the status.
 */
export class InDoubtError extends SibsError {
  override readonly name = "InDoubtError";
  override readonly inDoubt = true;
  readonly next =
    "Do not send it again: ask for the status, by the transaction's id or by the operation's merchantTransactionId, until SIBS says.";
}
