import { cents } from "@caravela/sibs/money";
import { describe, expect, it } from "vitest";
import { type Given, isRefusal } from "../decision.ts";
import { DAY, HOUR, type Instant, MINUTE } from "../time.ts";

import { nameMandate } from "./begin.ts";
import { mandateDue } from "./due.ts";
import { cancelMandate, finishCancellation } from "./end.ts";
import type { MandateFact } from "./facts.ts";
import { hearMandate, hearNothingOfMandate, notifiedOfMandate } from "./hear.ts";
import { afterMandate } from "./record.ts";
import type { Mandate } from "./state.ts";
import { askedFor } from "./testing/builders.ts";

const TEN: Instant = Date.parse("2026-07-01T09:00:00Z");
const CREATION = { transactionId: "s2creation", mandateId: "03170048986451307711" };
const AGREED = { ...CREATION, notification: "n1", action: "CRTN", actionStatus: "SCCS" };
const ACTIVE = { status: "ACTV", mandateId: CREATION.mandateId, limit: cents(5000), validUntil: "2027-12-31" };

type Choose = (mandate: Mandate, given: Given) => readonly MandateFact[];

function at(now: Instant, mandate: Mandate, choose: Choose): Mandate {
  return afterMandate(mandate, choose(mandate, { now, id: (prefix) => `${prefix}_1` }));
}

/** A request that SIBS has, and that waits on the phone. */
const waiting = () => at(TEN, askedFor(TEN), (one, given) => nameMandate(one, CREATION, given));

/** SIBS cannot be asked, whenever it is to be, until a moment. */
function unreachable(mandate: Mandate, until: Instant): Mandate {
  let now = mandateDue(mandate);
  for (let state = mandate; ; now = mandateDue(state)) {
    if (now === null || now >= until) return state;
    state = at(now, state, hearNothingOfMandate);
  }
}

describe("a request while SIBS cannot be asked", () => {
  it("is not ended by that, and is asked about until there is an answer: the customer may have agreed", () => {
    const later = unreachable(waiting(), TEN + 9 * DAY);
    expect(later).toMatchObject({ status: "pending", failure: null });
    expect(later.version).toBeLessThan(9 * 24 + 100);
    const now = mandateDue(later) ?? 0;
    const heard = at(now, later, (one, given) => hearMandate(one, ACTIVE, given));
    expect(heard).toMatchObject({ status: "active", limit: 5000, failure: null });
    const unknown = at(now, later, (one, given) => hearMandate(one, { ...ACTIVE, status: null }, given));
    expect(unknown).toMatchObject({ status: "expired", failure: { reason: "not_answered" } });
  });

  it("waits for SIBS's own word once it has notified that the customer agreed, however long", () => {
    const told = at(TEN + MINUTE, waiting(), (one, given) => notifiedOfMandate(one, AGREED, given));
    for (const until of [8 * HOUR, 2 * DAY]) expect(unreachable(told, TEN + until).status).toBe("pending");
    const late = unreachable(told, TEN + 2 * DAY);
    const heard = at(mandateDue(late) ?? 0, late, (one, given) => hearMandate(one, ACTIVE, given));
    expect(heard).toMatchObject({ status: "active", limit: 5000 });
  });

  it.each([null, "PEND", "NEWS"])(
    "does not take %j for a refusal of a consent that was notified, for a day",
    (status) => {
      const told = at(TEN + 5 * MINUTE, waiting(), (one, given) => notifiedOfMandate(one, AGREED, given));
      const says = (moment: Instant) =>
        at(moment, told, (one, given) => hearMandate(one, { ...ACTIVE, status, mandateId: null }, given)).status;
      expect(says(TEN + 6 * MINUTE)).toBe("pending");
      expect(says(TEN + 23 * HOUR)).toBe("pending");
      expect(says(TEN + 25 * HOUR)).toBe("expired");
    },
  );
});

describe("a request that had expired", () => {
  it("is active after all when SIBS says so", () => {
    const unknown = { ...ACTIVE, status: null };
    const expired = at(TEN + 6 * MINUTE, waiting(), (one, given) => hearMandate(one, unknown, given));
    expect(expired).toMatchObject({ status: "expired", failure: { reason: "not_answered" } });
    const heard = at(mandateDue(expired) ?? 0, expired, (one, given) => hearMandate(one, ACTIVE, given));
    expect(heard).toMatchObject({ status: "active", limit: 5000, failure: null });
  });
});

describe("a mandate that was ended here", () => {
  it("is ended at SIBS again when SIBS, having agreed, says that it may be charged", () => {
    const active = at(TEN, waiting(), (one, given) => hearMandate(one, ACTIVE, given));
    const canceled = at(TEN + MINUTE, active, (one, given) => {
      const decision = cancelMandate(one, { operation: "mcn_1" }, given);
      return isRefusal(decision) ? [] : decision;
    });
    const done = at(TEN + MINUTE, canceled, finishCancellation);
    expect(mandateDue(done)).toBeNull();
    const still = at(TEN + HOUR, done, (one, given) => hearMandate(one, ACTIVE, given));
    expect(still.cancellation).toMatchObject({ tries: 2, doneAt: null });
    expect(mandateDue(still)).not.toBeNull();
  });
});
