import { cents } from "@caravela/sibs/money";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Decision, type Given, isRefusal } from "../decision.ts";
import type { DecisionsOf } from "../payment/testing/decisions.ts";
import { isMandateOver, type NewPlan, RETRIES } from "../plan/state.ts";
import { DAY, HOUR, type Instant, MINUTE, SECOND } from "../time.ts";
import { applyMandate } from "./apply.ts";
import type * as begin from "./begin.ts";
import { createMandate, doubtMandate, nameMandate, refuseMandate, requestIsOverdue } from "./begin.ts";
import { mandateDue } from "./due.ts";
import type * as end from "./end.ts";
import { cancelMandate, finishCancellation } from "./end.ts";
import { eraseMandate, eraseMandateLine } from "./erase.ts";
import { mandateEvents } from "./events-of.ts";
import type { MandateFact, RecordedOfMandate } from "./facts.ts";
import type * as hear from "./hear.ts";
import {
  hearMandate,
  hearNotArrived,
  hearNothingOfMandate,
  leaveErased,
  type MandateReport,
  notifiedOfMandate,
  wantInquiry,
} from "./hear.ts";
import type * as liveIn from "./live-in.ts";
import { eraseMandateCustomer } from "./live-in.ts";
import { lookAtMandate } from "./look.ts";
import { afterMandate, recordedOfMandate } from "./record.ts";
import { isAlive, type Mandate, type MandateStatus } from "./state.ts";
import { askedFor, WANTED } from "./testing/builders.ts";

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

const TEN: Instant = Date.parse("2026-07-01T09:00:00Z");

interface Move {
  readonly waitMs: number;
  /** Whether SIBS says in it that the mandate may be charged, and may be charged now. */
  readonly says: string | null;
  readonly command: (mandate: Mandate, given: Given) => Decision<MandateFact>;
}

const report: fc.Arbitrary<MandateReport> = fc.record({
  status: fc.constantFrom("ACTV", "ACTV", "ACTV", "SSPN", "CNCL", "EXPR", "PEND", "NEWS", null, null, null),
  mandateId: fc.constantFrom("03170048986451307711", null),
  limit: fc.constantFrom(cents(1000), cents(5000), null),
  validUntil: fc.constantFrom("2026-07-03", "2027-12-31", null),
});

const notice = fc.record({
  notification: fc.constant("n1"),
  transactionId: fc.constantFrom("s2creation", null),
  mandateId: fc.constant("03170048986451307711"),
  action: fc.constantFrom("CRTN", "SSPN", "RCTV", "LMUP", "CNCL", "NEWS"),
  actionStatus: fc.constantFrom("SCCS", "RJCT", "RFSD"),
});

/** A decision about a mandate that somebody outside of `domain/` makes; the others are parts of these. */
type OuterDecision = Exclude<
  DecisionsOf<
    { begin: typeof begin; end: typeof end; hear: typeof hear; liveIn: typeof liveIn },
    Mandate,
    Decision<MandateFact>
  >,
  "sendCancellation" | "refuse" | "lapse" | "lapseOverdue" | "withPlans"
>;
type Choice = Omit<Move, "waitMs">;

const NOTHING: MandateReport = { status: null, mandateId: null, limit: null, validUntil: null };
const named = { transactionId: "s2creation", mandateId: null };
const silently = (command: Move["command"]): fc.Arbitrary<Choice> => fc.constant({ says: null, command });
/** Only before SIBS has named its transaction. */
const beforeNamed = (command: Move["command"]) =>
  silently((mandate, given) => (mandate.transactionId === null ? command(mandate, given) : []));
const NAME: Move["command"] = (mandate, given) => nameMandate(mandate, named, given);
const CANCEL: Move["command"] = (mandate, given) => cancelMandate(mandate, { operation: "mcn_1" }, given);
const silent = { says: null };

const commands: Readonly<Record<OuterDecision, fc.Arbitrary<Choice>>> = {
  hearMandate: report.map((said) => ({ says: said.status, command: asksWhenNamed(said) })),
  notifiedOfMandate: notice.map((said) => ({
    ...silent,
    command: (one, given) => notifiedOfMandate(one, said, given),
  })),
  nameMandate: silently(NAME),
  doubtMandate: silently(doubtMandate),
  refuseMandate: beforeNamed((mandate, given) => refuseMandate(mandate, "E0506", given)),
  hearNotArrived: beforeNamed(hearNotArrived),
  hearNothingOfMandate: silently(hearNothingOfMandate),
  cancelMandate: silently(CANCEL),
  finishCancellation: silently(finishCancellation),
  wantInquiry: silently(wantInquiry),
  eraseMandateCustomer: silently(eraseMandateCustomer),
  leaveErased: silently((mandate, given) => (mandate.phone === null ? leaveErased(mandate, given) : [])),
};
const { hearMandate: hears, notifiedOfMandate: isNoticed, ...others } = commands;
const command: fc.Arbitrary<Choice> = fc.oneof(
  { weight: 6, arbitrary: hears },
  isNoticed,
  fc.oneof(others.nameMandate, ...Object.values(others)),
);

/** SIBS can only be asked how a mandate stands whose transaction is known. */
function asksWhenNamed(said: MandateReport): Move["command"] {
  return (mandate, given) =>
    mandate.transactionId === null || mandate.phone === null ? [] : hearMandate(mandate, said, given);
}

const waitMs = fc.oneof(
  fc.nat(10 * SECOND),
  fc.constantFrom(MINUTE, 5 * MINUTE, 6 * MINUTE, HOUR, DAY, 3 * DAY, 400 * DAY),
);
const life = fc.array(
  fc.record({ waitMs, chosen: command }).map(({ waitMs, chosen }): Move => ({ waitMs, ...chosen })),
  { maxLength: 40 },
);

interface Step {
  readonly before: Mandate;
  readonly after: Mandate;
  /** The same mandate, had every inquiry been written down. */
  readonly told: Mandate;
  readonly lines: readonly RecordedOfMandate[];
  readonly fact: MandateFact;
  readonly says: string | null;
}

/** Leads a mandate through a life, as the server keeps it, and shows each step of it to whoever judges. */
function live(moves: readonly Move[], judge: (step: Step) => void, first = askedFor(TEN)): Mandate {
  let mandate = first;
  let told = mandate;
  const lines: RecordedOfMandate[] = [];
  let now = TEN;
  for (const { waitMs: wait, says, command: choose } of moves) {
    now += wait;
    const decision = choose(mandate, { now, id: (prefix) => `${prefix}_1` });
    if (isRefusal(decision)) continue;
    for (const fact of decision) {
      told = afterMandate(told, [fact]);
      const seen = lookAtMandate(mandate, [fact]);
      const line = recordedOfMandate(mandate, fact, null);
      if (seen === null) lines.push(line);
      const after = seen ?? applyMandate(mandate, line);
      judge({ before: mandate, after, told, lines, fact, says });
      mandate = after;
    }
  }
  return mandate;
}

const ALLOWED: Readonly<Record<MandateStatus, readonly MandateStatus[]>> = {
  pending: ["active", "suspended", "canceled", "expired", "refused"],
  active: ["suspended", "canceled", "expired"],
  suspended: ["active", "canceled", "expired"],
  canceled: [],
  expired: ["active", "suspended"],
  refused: ["active", "suspended"],
};

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
        const mandate = live(moves, ({ after, fact }) => {
          if (after.status === "pending" || isAlive(after)) {
            expect(after.askAt).not.toBeNull();
            const looks = fact.kind !== "mandate_notified" && fact.kind !== "inquiry_wanted";
            if (looks) expect(after.askAt).toBeGreaterThan(fact.at);
          }
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
