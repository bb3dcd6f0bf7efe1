import { cents } from "@caravela/sibs/money";
import { describe, expect, it } from "vitest";
import { DAY, HOUR, type Instant, SECOND } from "../time.ts";
import { hearMandate } from "./hear.ts";
import { afterMandate } from "./record.ts";
import { nextMandateAsk } from "./schedule.ts";
import { askedFor } from "./testing/builders.ts";

const NINE: Instant = Date.parse("2026-07-01T08:00:00Z");
const ACTIVE = { status: "ACTV", mandateId: "03170048986451307711", limit: cents(5000), validUntil: "2027-12-31" };

/** A mandate that was asked for, and agreed to, at a moment. */
function agreedTo(at: Instant) {
  const asked = askedFor(at);
  return afterMandate(asked, hearMandate(asked, ACTIVE, { now: at + SECOND, id: (prefix) => `${prefix}_1` }));
}

describe("those whom a shop charges", () => {
  it("are asked about once a day, each at the time of day at which it was asked for, and so not all at once", () => {
    for (let begun = 0; begun < 3_600; begun += 1) {
      const at = NINE + begun * SECOND;
      const mandate = agreedTo(at);
      for (const days of [0, 1, 100]) {
        expect(nextMandateAsk(mandate, NINE + HOUR + days * DAY)).toBe(at + (days + 1) * DAY);
      }
    }
  });
});
