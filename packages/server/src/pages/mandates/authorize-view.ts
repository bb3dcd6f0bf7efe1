import type { AuthorizeScreen, AuthorizeView, RefusalReason } from "@caravela/web/authorize";
import type { FailureReason } from "../../domain/failure.ts";
import { type Mandate, secondsLeft } from "../../domain/mandate/state.ts";
import type { Instant } from "../../domain/time.ts";
import { inChosen } from "../page-language.ts";
import { RETURN_AFTER_SECONDS } from "../returning.ts";
import { type Showing, termsOf } from "./terms-of.ts";

export interface AuthorizeShowing extends Showing {
  readonly now: Instant;
  /** Whether the page stays once it is agreed to, because it was asked to. */
  readonly stay: boolean;
}

/** What the page shows where a customer agrees to a mandate, at a moment. Pure. */
export function authorizeViewOf(mandate: Mandate, showing: AuthorizeShowing): AuthorizeView {
  return {
    ...termsOf(mandate, showing),
    path: `/authorize/${mandate.authorizeToken}`,
    managePath: inChosen(`/mandates/${mandate.manageToken}`, showing.chosen ?? null),
    screen: screenOf(mandate, showing),
  };
}

function screenOf(mandate: Mandate, { now, stay }: AuthorizeShowing): AuthorizeScreen {
  const { status, returnUrl, activatedAt, failure } = mandate;
  switch (status) {
    case "pending":
      return screenOfPending(mandate, now);
    case "active":
      return { kind: "active", returnAfterSeconds: returnUrl === null || stay ? null : RETURN_AFTER_SECONDS };
    case "suspended":
      return { kind: "suspended" };
    case "refused":
      return { kind: "refused", reason: REFUSED[failure?.reason ?? "technical"] ?? "other" };
    case "expired":
      return activatedAt === null ? { kind: "refused", reason: "not_answered" } : { kind: "over", why: status };
    case "canceled":
      return activatedAt === null ? { kind: "refused", reason: "withdrawn" } : { kind: "over", why: status };
  }
}

function screenOfPending(mandate: Mandate, now: Instant): AuthorizeScreen {
  if (mandate.inDoubt || mandate.transactionId === null) return { kind: "unconfirmed" };
  const left = secondsLeft(mandate, now) ?? 0;
  return left > 0 ? { kind: "waiting", secondsLeft: left } : { kind: "confirming" };
}

const REFUSED: Readonly<Partial<Record<FailureReason, RefusalReason>>> = {
  declined_by_customer: "refused",
  not_answered: "not_answered",
  unknown_phone: "unknown_phone",
  invalid_phone: "unknown_phone",
  not_sent: "failed",
  technical: "failed",
};
