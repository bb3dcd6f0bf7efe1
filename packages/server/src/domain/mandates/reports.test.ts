import { cents } from "@caravela/sibs/money";
import { describe, expect, it } from "vitest";
import type { Given } from "../decision.ts";
import { DAY, HOUR, type Instant, MINUTE } from "../time.ts";
import { applyMandate, beginMandate } from "./apply.ts";
import { nameMandate } from "./decisions.ts";
import type { MandateFact } from "./facts.ts";
import type { Mandate, NewMandate } from "./mandate.ts";
import { hearMandate, hearNothingOfMandate, noticeMandate } from "./reports.ts";
import { mandateDue } from "./schedule.ts";

const TEN: Instant = Date.parse("2026-07-01T09:00:00Z");
const CREATION = { transactionId: "s2creation", mandateId: "03170048986451307711" };
const AGREED = { ...CREATION, notification: "n1", action: "CRTN", actionStatus: "SCCS" };
const ACTIVE = { status: "ACTV", mandateId: CREATION.mandateId, limit: cents(5000), validUntil: "2027-12-31" };

const wanted: NewMandate = {
  ...{ id: "man_1", authorizeToken: "agree", manageToken: "manage", type: "subscription", phone: "351#919999999" },
  ...{ customer: { id: null, name: "Ana" }, description: "Box", reference: null, returnUrl: null },
};

type Choose = (mandate: Mandate, given: Given) => readonly MandateFact[];

function at(now: Instant, mandate: Mandate, choose: Choose): Mandate {
  return choose(mandate, { now, id: (prefix) => `${prefix}_1` }).reduce(applyMandate, mandate);
}

/** A request that SIBS has, and that waits on the phone. */
const waiting = () => at(TEN, beginMandate(wanted, TEN), (one, given) => nameMandate(one, CREATION, given));

/** SIBS cannot be asked, whenever it is to be, until a moment. */
function unreachable(mandate: Mandate, until: Instant): Mandate {
  let now = mandateDue(mandate);
  for (let state = mandate; ; now = mandateDue(state)) {
    if (now === null || now >= until) return state;
    state = at(now, state, hearNothingOfMandate);
  }
}

describe("a request while SIBS cannot be asked", () => {
  it("is asked about until there is an answer, however late: the customer may have agreed", () => {
    const late = at(TEN + 2 * DAY, waiting(), hearNothingOfMandate);
    expect(late).toMatchObject({ status: "expired", failure: { reason: "not_answered" } });
    expect(mandateDue(late)).toBe(TEN + 2 * DAY + HOUR);
    const later = unreachable(late, TEN + 9 * DAY);
    const heard = at(mandateDue(later) ?? 0, later, (one, given) => hearMandate(one, ACTIVE, given));
    expect(heard).toMatchObject({ status: "active", limit: 5000, failure: null });
  });

  it("waits for SIBS's own word once it has notified that the customer agreed, asking each minute", () => {
    const told = at(TEN + MINUTE, waiting(), (one, given) => noticeMandate(one, AGREED, given));
    const late = unreachable(told, TEN + 8 * HOUR);
    expect(late.status).toBe("pending");
    expect(late.version).toBeLessThan(8 * 60 + 30);
    const heard = at(mandateDue(late) ?? 0, late, (one, given) => hearMandate(one, ACTIVE, given));
    expect(heard).toMatchObject({ status: "active", limit: 5000 });
  });

  it("waits for it no longer than a day", () => {
    const told = at(TEN + MINUTE, waiting(), (one, given) => noticeMandate(one, AGREED, given));
    expect(unreachable(told, TEN + 2 * DAY).status).toBe("expired");
  });
});
