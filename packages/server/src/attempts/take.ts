import {
  type CardStep,
  ConflictError,
  type Operation,
  type OwnOperation,
  type Reference,
  SibsError,
  type TokenDetails,
} from "@caravela/sibs";
import { keepToken } from "../cards/keep.ts";
import type { Action } from "../domain/payment/attempt.ts";
import { doubtAttempt, endRefused } from "../domain/payment/begin.ts";
import type { Report } from "../domain/payment/report.ts";
import { askAttempt, recordReport } from "../inquiries/attempt.ts";
import { askMandateAfter } from "../inquiries/charged-mandate.ts";
import type { Services } from "../services.ts";
import { authenticationOf, reportOf } from "../sibs/report.ts";

type Answer = Operation | OwnOperation | Reference | CardStep;

/** Whose answer is awaited. `transactionId` is null for a charge by the merchant, whose call makes its transaction. */
export interface Awaited {
  readonly payment: string;
  readonly attempt: string;
  readonly transactionId: string | null;
}

/** Makes a call that may move money, recorded as sent before, and records what its answer, or the lack of one, means. */
export async function takeAnswer(
  services: Services,
  { payment, attempt, transactionId }: Awaited,
  call: () => Promise<Answer>,
): Promise<void> {
  try {
    const answer = await call();
    const operation = "kind" in answer ? answer.operation : answer;
    const report: Report = {
      ...reportOf(operation, "answer"),
      action: actionIn(answer),
      authentication: proofIn(answer),
    };
    if (report.paymentStatus === "Success") await keepToken(services, payment, attempt, tokenIn(answer));
    await recordReport(services, payment, attempt, report);
    // SIBS's answer to a purchase does not say of what kind its success is: the status does.
    if (report.paymentStatus === "Success") {
      await askAttempt(services, payment, attempt, transactionId ?? operation.transactionId);
    }
  } catch (error) {
    if (!(error instanceof SibsError)) throw error;
    services.log.warn({ attempt, error: error.name, httpStatus: error.httpStatus }, "a call had no answer");
    const code = error.returnStatus?.statusCode ?? null;
    // HTTP 409: the transaction has moved on without us; only its status says where to.
    const isUnsure = error.inDoubt || error instanceof ConflictError;
    const decided = await services.store.record(payment, (state, given) =>
      isUnsure ? doubtAttempt(state, attempt, given) : endRefused(state, attempt, code, given),
    );
    await askMandateAfter(services, decided);
    if (error instanceof ConflictError) await askAttempt(services, payment, attempt, transactionId);
  }
}

const ACTION_TYPES: Readonly<Record<string, Action["type"]>> = {
  THREEDS_METHOD: "3ds_method",
  THREEDS_CHALLENGE: "3ds_challenge",
};

/** What the browser must do, in our words; null when it has nothing to do, or something that we do not know. */
function actionIn(answer: Answer): Report["action"] {
  if (!("kind" in answer) || answer.kind !== "action") return null;
  const { id, type, url, fields } = answer.action;
  const known = ACTION_TYPES[type];
  return known === undefined ? null : { id, type: known, url, fields };
}

function proofIn(answer: Answer): Report["authentication"] {
  return "kind" in answer ? authenticationOf(answer.threeDSecure) : null;
}

function tokenIn(answer: Answer): TokenDetails | null {
  return "kind" in answer && answer.kind === "done" ? (answer.token ?? null) : null;
}

/** SIBS's word for an action that is reported as done. */
export function wireTypeOf(type: Action["type"]): string {
  return type === "3ds_method" ? "THREEDS_METHOD" : "THREEDS_CHALLENGE";
}
