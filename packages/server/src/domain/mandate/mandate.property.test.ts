import { cents } from "@caravela/sibs/money";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Given } from "../decision.ts";
import { isMandateOver, type NewPlan, RETRIES } from "../plan/state.ts";
import { DAY } from "../time.ts";
import { applyMandate } from "./apply.ts";
import { createMandate, doubtMandate, requestIsOverdue } from "./begin.ts";
import { mandateDue } from "./due.ts";
import { eraseMandate, eraseMandateLine } from "./erase.ts";
import { mandateEvents } from "./events-of.ts";
import type { MandateFact } from "./facts.ts";
import { hearMandate, hearNotArrived, hearNothingOfMandate, leaveErased } from "./hear.ts";
import { afterMandate, recordedOfMandate } from "./record.ts";
import { isAlive, type Mandate, type MandateStatus } from "./state.ts";
import { askedFor, WANTED } from "./testing/builders.ts";
import { asksWhenNamed, CANCEL, life, live, type Move, NAME, NOTHING, silent, TEN, waitMs } from "./testing/lives.ts";

/** Nine euros and ninety cents each month. */
const PLAN: NewPlan = {
  id: "plan_1",
  amount: cents(990),
  currency: "EUR",
  every: "month",
  firstDate: "2026-08-01",
  endDate: null,
  description: null,
  reference: "box",
  metadata: {},
  retries: RETRIES,
  missed: "latest",
};

const ALLOWED: Readonly<Record<MandateStatus, readonly MandateStatus[]>> = {
  pending: ["active", "suspended", "canceled", "expired", "refused"],
  active: ["suspended", "canceled", "expired"],
  suspended: ["active", "canceled", "expired"],
  canceled: [],
  expired: ["active", "suspended"],
  refused: ["active", "suspended"],
};

/** By which SIBS has not been asked how it stands. */
const ASKS_NOBODY = ["mandate_named", "mandate_notified", "inquiry_wanted", "mandate_in_doubt"];

describe("a mandate, whatever happens in whatever order", () => {
  it("is active only by SIBS's word ACTV, and suspended only by SSPN", () => {
    fc.assert(
      fc.property(life, (moves) => {
        live(moves, ({ before, after, says }) => {
          if (before.status === after.status) return;
          if (after.status === "active") expect(says).toBe("ACTV");
          if (after.status === "suspended") expect(says).toBe("SSPN");
        });
      }),
      { numRuns: 2_000 },
    );
  });

  it("moves only as it may, and what the customer had agreed to never comes back once it is over", () => {
    fc.assert(
      fc.property(life, (moves) => {
        live(moves, ({ before, after }) => {
          if (before.status !== after.status) expect(ALLOWED[before.status]).toContain(after.status);
          if (isMandateOver(before) && before.activatedAt !== null) expect(after.status).toBe(before.status);
        });
      }),
      { numRuns: 2_000 },
    );
  });

  it("has no fact of an inquiry that says again what was said before, and comes to the same without it", () => {
    const asKnown = (mandate: Mandate) => ({ ...mandate, version: 0, looks: null, looked: 0 });
    const outline = (mandate: Mandate) => ({ ...asKnown(mandate), askAt: null, asked: mandate.asked?.said });
    let quiet = 0;
    fc.assert(
      fc.property(life, (moves) => {
        live(moves, ({ before, after, told, lines, fact }) => {
          expect(asKnown(after)).toEqual(asKnown(told));
          const isQuiet =
            fact.kind === "mandate_asked" && JSON.stringify(outline(before)) === JSON.stringify(outline(after));
          expect(after.version - before.version).toBe(isQuiet ? 0 : 1);
          const { looks, looked } = after;
          const replayed = lines.reduce(applyMandate, askedFor(TEN));
          expect({ ...replayed, ...looks, looks, looked }).toEqual(after);
          if (isQuiet) quiet += 1;
        });
      }),
      { numRuns: 2_000 },
    );
    expect(quiet).toBeGreaterThan(10);
  });

  it("tells of each end once, of each change of status, and of nothing else", () => {
    fc.assert(
      fc.property(life, (moves) => {
        const ends: string[] = [];
        live(moves, ({ before, after, fact }) => {
          const told = mandateEvents(fact, before, after).map(({ type }) => type);
          const isTold = told.some((type) => type !== "mandate.changed");
          expect(isTold).toBe(before.status !== after.status);
          ends.push(...told.filter((type) => type === "mandate.canceled" || type === "mandate.refused"));
          if (fact.kind === "mandate_canceled") ends.push(fact.kind);
        });
        expect(new Set(ends).size).toBe(ends.length);
      }),
      { numRuns: 2_000 },
    );
  });

  it("has a journal that adds up, once its customer is erased, to what it is without them", () => {
    const wanted = {
      ...WANTED,
      customer: { id: "m7", name: "Maria Quitéria" },
      description: "Chá",
      returnUrl: "https://loja.example/m7",
      cancelUrl: "https://loja.example/conta/m7",
    };
    const terms = { ...PLAN, description: "Chá verde", metadata: { gift: "para o Zé" } };
    const found = (value: unknown) => JSON.stringify(value).match(/m7|Maria|Quitéria|Chá|Zé|919999999/g) ?? [];
    fc.assert(
      fc.property(life, (moves) => {
        const lines = [recordedOfMandate(null, createMandate(wanted, { now: TEN }), null)];
        const add = (mandate: Mandate, fact: MandateFact) => {
          lines.push(recordedOfMandate(mandate, fact, null));
          return lines.reduce<Mandate | null>(applyMandate, null) ?? mandate;
        };
        const begun = lines.reduce<Mandate | null>(applyMandate, null) ?? askedFor(TEN, wanted);
        const plan: MandateFact = { kind: "plan_created", at: TEN, plan: terms.id, terms, waits: true };
        const planned = add(begun, plan);
        const mandate = live(
          moves,
          ({ before, after, fact }) => {
            if (after.version > before.version) lines.push(recordedOfMandate(before, fact, null));
          },
          planned,
        );
        const erased = lines.map(eraseMandateLine);
        const { looks, looked } = mandate;
        const replayed = erased.reduce<Mandate | null>(applyMandate, null);
        expect({ ...replayed, ...looks, looks, looked }).toEqual(eraseMandate(mandate));
        expect(found([erased, eraseMandate(mandate)])).toEqual([]);
        if (mandate.erasedAt === null) expect(new Set(found(lines)).size).toBe(6);
      }),
      { numRuns: 200 },
    );
  });

  it("has a moment at which it is looked at again, as long as anything may come of it", () => {
    fc.assert(
      fc.property(life, (moves) => {
        const mandate = live(moves, ({ before, after, fact }) => {
          const asksNobody = ASKS_NOBODY.includes(fact.kind);
          const wasDue = before.askAt !== null && before.askAt <= fact.at;
          const isSetAnew = !asksNobody || (fact.kind === "mandate_named" && !wasDue);
          if (after.status === "pending" || isAlive(after)) {
            expect(after.askAt).not.toBeNull();
            if (isSetAnew) expect(after.askAt).toBeGreaterThan(fact.at);
          }
          if (asksNobody && wasDue) expect(after.askAt ?? Infinity, "is due still").toBeLessThanOrEqual(fact.at);
          const { cancellation } = after;
          if (cancellation !== null && cancellation.sentAt !== null && cancellation.doneAt === null) {
            expect(after.askAt).not.toBeNull();
          }
        });
        expect(mandateDue(mandate)).toBe(mandate.askAt);
      }),
      { numRuns: 2_000 },
    );
  });

  it("comes to an end or an answer within two days, when SIBS can be asked and is whenever it is due", () => {
    fc.assert(
      fc.property(life, fc.boolean(), (moves, isReachable) => {
        let mandate = live(moves, () => undefined);
        const last = (mandate.askAt ?? TEN) + 2 * DAY;
        for (let looks = 0; mandate.askAt !== null && mandate.askAt <= last && looks < 5_000; looks += 1) {
          const given: Given = { now: mandate.askAt, id: (prefix) => `${prefix}_1` };
          const facts = look(mandate, isReachable, given);
          expect(facts.length).toBeGreaterThan(0);
          mandate = afterMandate(mandate, facts);
        }
        // While SIBS cannot be asked nobody may conclude anything.
        if (isReachable) expect(mandate.status).not.toBe("pending");
        else if (mandate.status === "pending") expect(mandate.askAt).not.toBeNull();
      }),
      { numRuns: 300 },
    );
  });

  it("is ended at SIBS too once we have ended it, however often SIBS says that it may still be charged", () => {
    const says = (status: string): Omit<Move, "waitMs"> => ({
      says: status,
      command: asksWhenNamed({ ...NOTHING, status }),
    });
    const before = [fc.constantFrom([], [says("ACTV")], [says("ACTV"), says("SSPN")]), waitMs] as const;
    fc.assert(
      fc.property(...before, (agreed, wait) => {
        const ended = [{ ...silent, command: NAME }, ...agreed, { ...silent, command: CANCEL }];
        let mandate = live(
          ended.map((move) => ({ waitMs: wait, ...move })),
          () => undefined,
        );
        let sent = mandate.cancellation?.tries ?? 0;
        for (let looks = 0; looks < 40 && mandate.askAt !== null; looks += 1) {
          const given: Given = { now: mandate.askAt, id: (prefix) => `${prefix}_1` };
          const facts = hearMandate(mandate, { ...NOTHING, status: "ACTV" }, given);
          sent += facts.filter(({ kind }) => kind === "cancellation_sent").length;
          mandate = afterMandate(mandate, facts);
        }
        expect(sent).toBeGreaterThan(3);
        expect(mandate.status).toBe("canceled");
      }),
      { numRuns: 300 },
    );
  });
});

/** What happens when a mandate's time has come and SIBS knows of no consent, or cannot be reached. */
function look(mandate: Mandate, isReachable: boolean, given: Given): readonly MandateFact[] {
  if (requestIsOverdue(mandate, given)) return doubtMandate(mandate, given);
  if (!isReachable) return hearNothingOfMandate(mandate, given);
  if (mandate.phone === null) return leaveErased(mandate, given);
  if (mandate.transactionId === null) return hearNotArrived(mandate, given);
  return hearMandate(mandate, NOTHING, given);
}
