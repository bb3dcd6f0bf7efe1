import { AWAITED_FOR, PHONE_PACE } from "../patience.ts";
import type { Instant } from "../time.ts";
import type { Mandate } from "./state.ts";

/**
 * Whether somebody waits for what is to be done for a mandate at a moment: its customer, to whom the request came, or
 * who has just changed it in the app; whoever has just ended it. Its plans' charges, and the look once a day, may wait.
 */
export function mandateIsAwaited(mandate: Mandate, at: Instant): boolean {
  const { status, submittedAt, doubtSince, noticed, cancellation } = mandate;
  const isRecent = (since: Instant | null | undefined) => since != null && at <= since + AWAITED_FOR;
  if (isRecent(noticed?.at) || isRecent(cancellation?.sentAt)) return true;
  if (status !== "pending") return false;
  return doubtSince === null ? at <= submittedAt + PHONE_PACE.overAfter : isRecent(doubtSince);
}
