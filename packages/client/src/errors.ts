import type { Problem, ProblemCode } from "./api-types.generated.ts";

/** What is known of a call that did not answer what was asked for. */
export interface ErrorFacts {
  /** The key that a POST was sent with; null: it was none. Sent again with it, nothing is done twice. */
  readonly idempotencyKey: string | null;
  /** How many times the call was sent. */
  readonly tries: number;
}

/** A call did not answer what was asked for. Holds no key, no header and no body that was sent. */
export abstract class CaravelaError extends Error implements ErrorFacts {
  readonly idempotencyKey: string | null;
  readonly tries: number;

  constructor(message: string, { idempotencyKey, tries }: ErrorFacts, options?: ErrorOptions) {
    super(message, options);
    this.idempotencyKey = idempotencyKey;
    this.tries = tries;
  }
}

/**
 * The server refused, by a problem (RFC 9457). Look at `code`; `message` is for your developers, and may be worded
 * better some day. Where `tries` is above 1, an earlier try, whose answer was lost, may have done what was asked for,
 * unless the status is 409 or 422 and the code is not `idempotency_in_flight`: ask again with the `idempotencyKey`.
 */
export class ProblemError extends CaravelaError {
  override readonly name = "ProblemError";
  /** The HTTP status. */
  readonly status: number;
  /** What the problem is, as `refund_exceeds_captured`: it stays. */
  readonly code: ProblemCode;
  /** The problem as it was answered, with the members that are its own, as `secondsLeft`. */
  readonly problem: Problem;
  /** The answer's `x-request-id`, which is in the server's log too. */
  readonly requestId: string | null;
  /** How long the server asks to wait (`Retry-After`), in milliseconds; null: it does not. */
  readonly retryAfterMs: number | null;

  constructor(problem: Problem, facts: ErrorFacts & { requestId: string | null; retryAfterMs: number | null }) {
    super(`${problem.status} ${codeOf(problem)}: ${problem.detail}`, facts);
    this.status = problem.status;
    this.code = codeOf(problem);
    this.problem = problem;
    this.requestId = facts.requestId;
    this.retryAfterMs = facts.retryAfterMs;
  }

  /** The fields at fault, by a JSON pointer into what was sent or by a parameter's name; empty: no field is. */
  get errors(): Problem["errors"] {
    return this.problem.errors;
  }
}

/**
 * No answer came, in no try, within the time limit. What was asked for may be done all the same: ask again with the
 * `idempotencyKey`, or read how things stand.
 */
export class NoAnswerError extends CaravelaError {
  override readonly name = "NoAnswerError";
}

/**
 * Something answered that is not the API: a proxy's page, a redirect, half an answer. Check `baseUrl`, and what stands
 * in between. What was asked for may be done all the same.
 */
export class UnreadableAnswerError extends CaravelaError {
  override readonly name = "UnreadableAnswerError";
  /** The HTTP status. */
  readonly status: number;

  constructor(message: string, facts: ErrorFacts & { status: number }) {
    super(message, facts);
    this.status = facts.status;
  }
}

function codeOf({ type }: Problem): ProblemCode {
  return type.split("/").at(-1) as ProblemCode;
}
