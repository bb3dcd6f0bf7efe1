import {
  AuthenticationError,
  ConflictError,
  ConnectionError,
  MalformedAnswerError,
  NotFoundError,
  PermissionError,
  RateLimitedError,
  SibsError,
  UnavailableError,
} from "@caravela/sibs";
import type { ChargeInDoubt, Fault, InDoubt, NotFound, Refused, Unheard } from "./outcome.ts";

/**
 * What a call without a usable answer means. It stands here and nowhere else:
 *
 * | What SIBS or the network did                           | checkout | charge             | operation | inquiry   |
 * |--------------------------------------------------------|----------|--------------------|-----------|-----------|
 * | 401, 403, 429                                          | unheard, turned away, each of the four             ||||
 * | no connection could be made; 503 with `T9999`          | unheard  | unheard            | unheard   | unheard   |
 * | cut off, time-out, 408, any other 5xx                  | unheard  | in_doubt           | in_doubt  | unheard   |
 * | 2xx or 3xx that is no answer: a page, half a JSON      | unheard  | in_doubt           | in_doubt  | unheard   |
 * | 2xx with a code of SIBS's, and nothing else of use     | refused  | in_doubt           | in_doubt  | unheard   |
 * | 404 in JSON with SIBS's own code                       | refused  | refused            | refused   | not_found |
 * | 404 in JSON without one                                | refused  | refused            | refused   | unheard   |
 * | 404 as a page                                          | refused  | in_doubt           | in_doubt  | unheard   |
 * | 409 in JSON without a `paymentStatus`                  | refused  | in_doubt, moved on | refused   | unheard   |
 * | any other 4xx in JSON without one                      | refused  | refused            | refused   | unheard   |
 * | any other 4xx as a page                                | unheard  | in_doubt           | in_doubt  | unheard   |
 *
 * A `paymentStatus` beside a 4xx is an answer, of which the rules say what it means; so is a mandate's answer whose
 * code is not `000`: that is `refused`. A `charge` asks a customer or their bank for money, or goes on with it, a
 * charge of a saved card by the merchant included. An `operation` is a capture, a cancellation, a refund, the request
 * for a mandate, its end.
 */
export type CallKind = keyof Unanswered;

/** What each kind of call can come to without an answer. */
export interface Unanswered {
  readonly checkout: Refused | Unheard;
  readonly charge: Refused | Unheard | ChargeInDoubt;
  readonly operation: Refused | Unheard | InDoubt;
  readonly inquiry: Unheard | NotFound;
}

/**
 * Reads why a call gave no usable answer.
 * @throws whatever is no word of SIBS's or of the network's: a fault of ours.
 */
export function unansweredBy<Kind extends CallKind>(kind: Kind, error: unknown): Unanswered[Kind] {
  if (!(error instanceof SibsError)) throw error;
  const readings: { readonly [K in CallKind]: (error: SibsError) => Unanswered[K] } = {
    checkout: (of) => (isUnheard(of) || of instanceof MalformedAnswerError ? unheard(of) : refused(of)),
    charge: (of) => (of instanceof ConflictError ? movedOn(of, true) : ofMoney(of, movedOn(of, false))),
    operation: (of) => ofMoney(of, { kind: "in_doubt", fault: faultOf(of) }),
    inquiry: (of) => (saysNothing(of) ? { kind: "not_found", fault: faultOf(of) } : unheard(of)),
  };
  return readings[kind](error);
}

function ofMoney<Doubt>(error: SibsError, doubt: Doubt): Doubt | Refused | Unheard {
  if (error.inDoubt) return doubt;
  return isUnheard(error) ? unheard(error) : refused(error);
}

function movedOn(error: SibsError, hasMovedOn: boolean): ChargeInDoubt {
  return { kind: "in_doubt", hasMovedOn, fault: faultOf(error) };
}

/** SIBS speaks by its own codes: a page with 404 of what stands before it does not speak for it. */
function saysNothing(error: SibsError): boolean {
  return error instanceof NotFoundError && error.returnStatus !== null;
}

const TURNED_AWAY = [AuthenticationError, PermissionError, RateLimitedError];
const UNHEARD = [ConnectionError, UnavailableError, ...TURNED_AWAY];

function isUnheard(error: SibsError): boolean {
  return UNHEARD.some((kind) => error instanceof kind);
}

function unheard(error: SibsError): Unheard {
  const isTurnedAway = TURNED_AWAY.some((kind) => error instanceof kind);
  return {
    kind: "unheard",
    code: codeOf(error),
    isTurnedAway,
    retryAfterMs: error.retryAfterMs,
    fault: faultOf(error),
  };
}

function refused(error: SibsError): Refused {
  return { kind: "refused", code: codeOf(error), fault: faultOf(error) };
}

function codeOf({ returnStatus }: SibsError): string | null {
  return returnStatus?.statusCode ?? null;
}

function faultOf({ name, httpStatus }: SibsError): Fault {
  return { error: name, httpStatus };
}
