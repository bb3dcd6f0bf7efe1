import { rulesOf } from "../methods/index.ts";
import { isLive } from "../methods/types.ts";
import { AWAITED_FOR } from "../patience.ts";
import type { Instant } from "../time.ts";
import type { Attempt } from "./attempt.ts";
import { isAskedByShop, isUnderWay } from "./operation.ts";
import type { Payment } from "./state.ts";
import { wishIsDue } from "./wish.ts";

/**
 * Whether somebody waits for what is to be done for a payment at a moment: a customer at the phone, at the issuer's or
 * at the page, or the shop for what it asked. What may wait (a plan's charge, a look at a reference, an end by the
 * clock, a doubt that is old) is done beside it, and never before it.
 */
export function isAwaited(payment: Payment, at: Instant): boolean {
  return (
    wishIsDue(payment) ||
    payment.attempts.some((attempt) => attemptIsAwaited(payment, attempt, at)) ||
    payment.operations.some((one) => isAskedByShop(one) && isUnderWay(one) && at <= one.createdAt + AWAITED_FOR)
  );
}

function attemptIsAwaited({ plan }: Payment, attempt: Attempt, at: Instant): boolean {
  if (plan !== null && attempt.initiator === "merchant") return false;
  if (attempt.noticedAt !== null && at <= attempt.noticedAt + AWAITED_FOR) return true;
  if (!isLive(attempt)) return false;
  if (attempt.doubtSince !== null) return at <= attempt.doubtSince + AWAITED_FOR;
  const { isByReference, overdueAt } = rulesOf(attempt.method);
  return isByReference !== true && at <= (overdueAt(attempt) ?? at);
}
