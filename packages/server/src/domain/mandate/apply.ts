import type { Failure } from "../failure.ts";
import { ANSWER_WINDOW } from "../patience.ts";
import { applyPlan } from "../plan/apply.ts";
import { isMandateOver } from "../plan/state.ts";
import { HOUR, type Instant } from "../time.ts";
import type { MandateFact } from "./facts.ts";
import { nextMandateAsk } from "./schedule.ts";
import type { Mandate, MandateCancellation, MandateNotice, NewMandate } from "./state.ts";

/** The state after the first fact of a journal: recorded, and about to be sent. */
export function beginMandate(mandate: NewMandate, at: Instant): Mandate {
  const begun: Mandate = {
    ...mandate,
    status: "pending",
    inDoubt: false,
    doubtSince: null,
    notArrivedSince: null,
    transactionId: null,
    mandateId: null,
    limit: null,
    validUntil: null,
    failure: null,
    createdAt: at,
    submittedAt: at,
    expiresAt: at + ANSWER_WINDOW,
    activatedAt: null,
    endedAt: null,
    cancellation: null,
    noticed: null,
    askAt: null,
    plans: [],
    version: 1,
    sequence: 0,
  };
  return { ...begun, askAt: nextMandateAsk(begun, at) };
}

/** The state after a whole journal, from its first fact on. @throws TypeError when it does not begin with the creation. */
export function replayMandate(journal: Iterable<MandateFact>): Mandate {
  let mandate: Mandate | null = null;
  for (const fact of journal) {
    if (mandate !== null) mandate = applyMandate(mandate, fact);
    else if (fact.kind === "mandate_created") mandate = beginMandate(fact.mandate, fact.at);
    else break;
  }
  if (mandate === null) throw new TypeError("a journal begins with mandate_created");
  return mandate;
}

/** The state after one more fact. Pure; the only way a mandate's state ever changes. */
export function applyMandate(mandate: Mandate, fact: MandateFact): Mandate {
  return { ...step(mandate, fact), version: mandate.version + 1 };
}

function step(mandate: Mandate, fact: MandateFact): Mandate {
  switch (fact.kind) {
    case "mandate_created":
      return mandate;
    case "mandate_noticed":
      return { ...mandate, noticed: noticeOf(fact), askAt: fact.at };
    case "inquiry_wanted":
      return { ...mandate, askAt: fact.at };
    case "mandate_asked": {
      const next = looked(mandate, fact.at);
      // An inquiry that SIBS did not answer is never the last.
      return next.askAt === null && !fact.answered ? { ...next, askAt: fact.at + HOUR } : next;
    }
    case "mandate_named": {
      const named = { transactionId: fact.transactionId, mandateId: fact.mandateId ?? mandate.mandateId };
      return looked({ ...mandate, ...named, ...NO_DOUBT }, fact.at);
    }
    case "mandate_in_doubt":
      return looked({ ...mandate, inDoubt: true, doubtSince: fact.at, notArrivedSince: null }, fact.at);
    case "mandate_not_arrived":
      return looked({ ...mandate, notArrivedSince: fact.at }, fact.at);
    case "mandate_refused":
      return looked(neverAgreed(mandate, { ...fact, status: "refused" }), fact.at);
    case "mandate_lapsed":
      return looked(neverAgreed(mandate, { ...fact, status: "expired" }), fact.at);
    case "mandate_heard":
      return looked(heard(mandate, fact), fact.at);
    case "mandate_canceled": {
      const cancellation = { operation: fact.operation, tries: 0, sentAt: null, doneAt: null };
      return looked({ ...mandate, ...NO_DOUBT, status: "canceled", endedAt: fact.at, cancellation }, fact.at);
    }
    case "cancellation_sent":
      return looked(
        withCancellation(mandate, (one) => ({ ...one, tries: one.tries + 1, sentAt: fact.at, doneAt: null })),
        fact.at,
      );
    case "cancellation_done":
      return looked(
        withCancellation(mandate, (one) => ({ ...one, doneAt: fact.at })),
        fact.at,
      );
    default:
      return { ...mandate, plans: applyPlan(mandate.plans, fact) };
  }
}

const NO_DOUBT = { inDoubt: false, doubtSince: null, notArrivedSince: null };

function noticeOf({ action, actionStatus, at }: MandateNotice): MandateNotice {
  return { action, actionStatus, at };
}

/** SIBS was asked, or told us something: a notice that has come true is done with, and the next look is due by the schedule. */
function looked(mandate: Mandate, at: Instant): Mandate {
  const next = { ...mandate, noticed: isShown(mandate) ? null : mandate.noticed };
  return { ...next, askAt: nextMandateAsk(next, at) };
}

/** Whether the mandate stands as it must after what was notified. */
function isShown(mandate: Mandate): boolean {
  const { noticed, status, activatedAt } = mandate;
  if (noticed === null) return true;
  if (noticed.actionStatus !== "SCCS") return noticed.action !== "CRTN" || status !== "pending";
  const isApproved = activatedAt !== null || sentToEnd(mandate);
  switch (noticed.action) {
    case "CRTN":
      return isApproved;
    case "SSPN":
      return status === "suspended" || isMandateOver(mandate);
    case "RCTV":
      return status === "active" || isMandateOver(mandate);
    case "CNCL":
      return isMandateOver(mandate);
    default:
      return true;
  }
}

/** What was canceled while it waited on the phone is ended at SIBS as soon as it is approved there. */
function sentToEnd({ cancellation }: Mandate): boolean {
  return cancellation !== null && cancellation.sentAt !== null;
}

function neverAgreed(
  mandate: Mandate,
  { status, failure, at }: { readonly status: "refused" | "expired"; readonly failure: Failure; readonly at: Instant },
): Mandate {
  return { ...mandate, ...NO_DOUBT, status, failure, activatedAt: null, endedAt: at };
}

/** The limit and the end are SIBS's to say; what it leaves out is as it was. */
function heard(mandate: Mandate, fact: Extract<MandateFact, { kind: "mandate_heard" }>): Mandate {
  const now = {
    ...mandate,
    ...NO_DOUBT,
    mandateId: fact.mandateId ?? mandate.mandateId,
    limit: fact.limit ?? mandate.limit,
    validUntil: fact.validUntil ?? mandate.validUntil,
    failure: null,
  };
  const { status, at } = fact;
  if (status === "canceled" || status === "expired") return { ...now, status, endedAt: at };
  return { ...now, status, activatedAt: mandate.activatedAt ?? at, endedAt: null };
}

function withCancellation(
  mandate: Mandate,
  change: (cancellation: MandateCancellation) => MandateCancellation,
): Mandate {
  return mandate.cancellation === null ? mandate : { ...mandate, cancellation: change(mandate.cancellation) };
}
