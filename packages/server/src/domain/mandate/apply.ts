import { askedOnceMore } from "../asked.ts";
import type { Failure } from "../failure.ts";
import type { PlanId } from "../identifiers.ts";
import { applyPlan } from "../plan/apply.ts";
import type { Instant } from "../time.ts";
import { eraseMandate } from "./erase.ts";
import type { RecordedOfMandate } from "./facts.ts";
import type { Mandate, MandateCancellation, MandateNotice } from "./state.ts";
import { ASKED_SINCE } from "./stored.ts";

/** A mandate as its creation makes it: recorded, and about to be sent. */
function created({ mandate, at, expiresAt, next }: Extract<RecordedOfMandate, { kind: "mandate_created" }>): Mandate {
  return {
    ...ASKED_SINCE,
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
    expiresAt,
    activatedAt: null,
    endedAt: null,
    cancellation: null,
    noticed: null,
    askAt: next,
    asked: null,
    plans: [],
    erasedAt: null,
    version: 1,
    sequence: 0,
    looks: null,
    looked: 0,
  };
}

/**
 * The state after one more fact of the journal; null: before its first. Pure; the only way a mandate's state ever
 * changes. It adds up what the facts say.
 * @throws TypeError when the first is not the creation.
 */
export function applyMandate(mandate: Mandate | null, fact: RecordedOfMandate): Mandate {
  if (mandate !== null) {
    return { ...step({ ...mandate, ...fact.looks }, fact), version: mandate.version + 1, looks: null };
  }
  if (fact.kind !== "mandate_created") throw new TypeError("a journal begins with mandate_created");
  return created(fact);
}

function step(mandate: Mandate, fact: RecordedOfMandate): Mandate {
  if ("plan" in fact) return { ...mandate, plans: applyPlan(mandate.plans, fact) };
  const next = ownStep(mandate, fact);
  const asked = "said" in fact && fact.said !== undefined ? askedOnceMore(next.asked, fact.said, fact.at) : next.asked;
  return { ...next, noticed: fact.isComeTrue ? null : next.noticed, asked, askAt: fact.next };
}

function ownStep(mandate: Mandate, fact: Own): Mandate {
  switch (fact.kind) {
    case "mandate_created":
    case "inquiry_wanted":
    case "mandate_asked":
      return mandate;
    case "mandate_notified":
      return { ...mandate, noticed: noticeOf(fact) };
    case "mandate_named": {
      const named = { transactionId: fact.transactionId, mandateId: fact.mandateId ?? mandate.mandateId };
      return { ...mandate, ...named, ...NO_DOUBT };
    }
    case "mandate_in_doubt":
      return { ...mandate, inDoubt: true, doubtSince: fact.at, notArrivedSince: null };
    case "mandate_not_arrived":
      return { ...mandate, notArrivedSince: fact.at };
    case "mandate_refused":
      return neverAgreed(mandate, { ...fact, status: "refused" });
    case "mandate_lapsed":
      return neverAgreed(mandate, { ...fact, status: "expired" });
    case "mandate_heard":
      return heard(mandate, fact);
    case "mandate_canceled": {
      const cancellation = { operation: fact.operation, tries: 0, sentAt: null, doneAt: null };
      return { ...mandate, ...NO_DOUBT, status: "canceled", endedAt: fact.at, cancellation };
    }
    case "cancellation_sent":
      return withCancellation(mandate, (one) => ({ ...one, tries: one.tries + 1, sentAt: fact.at, doneAt: null }));
    case "customer_erased":
      return { ...eraseMandate(mandate), erasedAt: fact.at };
    case "cancellation_done":
      return withCancellation(mandate, (one) => ({ ...one, doneAt: fact.at }));
  }
}

/** What happened to the mandate itself. */
type Own = Exclude<RecordedOfMandate, { readonly plan: PlanId }>;

const NO_DOUBT = { inDoubt: false, doubtSince: null, notArrivedSince: null };

function noticeOf({ action, actionStatus, at }: MandateNotice): MandateNotice {
  return { action, actionStatus, at };
}

function neverAgreed(
  mandate: Mandate,
  { status, failure, at }: { readonly status: "refused" | "expired"; readonly failure: Failure; readonly at: Instant },
): Mandate {
  return { ...mandate, ...NO_DOUBT, status, failure, activatedAt: null, endedAt: at };
}

/** The limit and the end are SIBS's to say; what it leaves out is as it was. */
function heard(mandate: Mandate, fact: Extract<Own, { kind: "mandate_heard" }>): Mandate {
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
