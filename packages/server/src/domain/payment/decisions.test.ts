import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { cents } from "@caravela/sibs/money";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SIBS } from "../by.ts";
import { FACTS_VERSION, type StoredFact } from "../stored.ts";
import { expectSame } from "../testing/properties.ts";
import { DAY, MINUTE } from "../time.ts";
import { apply } from "./apply.ts";
import { replay } from "./earlier-facts.ts";
import type { Fact, Recorded } from "./facts.ts";
import type { Payment } from "./state.ts";
import { bringUpPaymentRow } from "./stored.ts";
import {
  created,
  mbwaySent,
  mbwayWaiting,
  newPayment,
  paymentAfter,
  replayed,
  TEN,
  written,
} from "./testing/builders.ts";
import { commandNames } from "./testing/commands.ts";
import { INNER_DECISIONS, PAYMENT_DECISIONS } from "./testing/decisions.ts";
import { LIVES, life, live, propertiesOfLives, type Seen } from "./testing/lives.ts";

const always = propertiesOfLives();

describe("the lives of payments", () => {
  {
    const read = replaying((line) => stored(line));
    always("is what its journal says, and survives being stored", ({ payment, lines }) => {
      const replayed = read(lines);
      const { version, looks, looked } = payment;
      const row = { state: replayed, looks: looks && { on: version, looks }, looked };
      expectSame(bringUpPaymentRow(JSON.parse(JSON.stringify(row))), payment);
      expect(version).toBe(lines.length);
    });
  }

  {
    const read = replaying((line) => inVersion2(line));
    const then = asOfItself();
    always("is what a journal says in which the version before left to the rules what is decided now", (seen) => {
      const { lines, payment } = then(seen);
      expectSame(read(lines), payment);
    });
  }

  it("is what its journal says and not what the rules say: when it is looked at next, what money is for, who can act until when", () => {
    const [sent, pending, approved] = [mbwaySent(TEN), mbwayWaiting(TEN), TEN + MINUTE];
    const other = { next: TEN + 7 * DAY, expiresAt: TEN + 9 * DAY };
    const lines = written(paymentAfter([]), pending).lines.map((line) => ({ ...line, ...other }));
    expect(replayed([created(newPayment()), ...lines])).toMatchObject({
      attempts: [{ askAt: other.next, expiresAt: other.expiresAt }],
    });
    const late = { kind: "attempt_approved", at: approved, attempt: "att_1", hold: false, reference: null } as const;
    const money = { ...late, for: "late", amount: cents(550), by: SIBS, next: null } as const;
    expect(apply(paymentAfter(sent), money)).toMatchObject({ status: "open", amountCaptured: 0 });
  });

  it("lives through every decision that somebody makes, to some effect", () => {
    const made = new Set<string>();
    fc.assert(
      fc.property(life, (one) => live(one, ({ name, facts }) => void (facts.length > 0 && made.add(name)))),
      { numRuns: LIVES, seed: 1 },
    );
    expect(commandNames.filter((name) => !made.has(name))).toEqual([]);
  });
});

describe("the decisions that the lives are made of", () => {
  const files = (folder: string) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => /(?<!\.test)\.ts$/.test(name));
  const here = import.meta.dirname;

  it("are those of every file in which something is decided: whatever decides is given the moment", () => {
    const deciding = files(here)
      .filter((name) => !name.includes("/") && /\bGiven\b/.test(readFileSync(join(here, name), "utf8")))
      .map((name) => name.replace(/\.ts$/, ""));
    expect(deciding.sort()).toEqual(Object.keys(PAYMENT_DECISIONS).sort());
  });

  it("leave out only what nobody outside makes", () => {
    const server = join(here, "../..");
    const imported = files(server)
      .filter((name) => !name.startsWith("domain/"))
      .flatMap((name) => [
        ...readFileSync(join(server, name), "utf8").matchAll(
          /import (?:type )?\{([^}]*)\} from "[^"]*domain\/payment\/[\w-]+\.ts"/g,
        ),
      ])
      .flatMap(([, names = ""]) => names.split(",").map((name) => name.trim()));
    expect(imported).toContain("startAttempt");
    for (const inner of INNER_DECISIONS) expect(imported).not.toContain(inner);
  });
});

/** Replays journals that grow: each line once, and not all of them anew at each step of a life. */
function replaying(store: (line: Recorded) => StoredFact): (journal: readonly Recorded[]) => Payment {
  const known = new WeakMap<readonly Recorded[], { readonly payment: Payment; readonly lines: number }>();
  return (journal) => {
    const { payment: from = null, lines = 0 } = known.get(journal) ?? {};
    const payment = replay(journal.slice(lines).map(store), from);
    known.set(journal, { payment, lines: journal.length });
    return payment;
  };
}

/** A line as it is stored. */
function stored({ kind, at, ...data }: Recorded, version = FACTS_VERSION): StoredFact {
  return { kind, at: new Date(at), version, data: JSON.parse(JSON.stringify(data)) };
}

/**
 * The same life, had nobody looked at when SIBS was asked: the versions before knew only of when something was heard.
 */
function asOfItself(): (seen: Seen) => { readonly lines: readonly Recorded[]; readonly payment: Payment } {
  const known = new WeakMap<object, { lines: Recorded[]; payment: Payment }>();
  return ({ before, facts, journal }) => {
    const life = known.get(journal) ?? { lines: journal.slice(0, journal.length - facts.length), payment: before };
    const made = written(
      life.payment,
      facts.map(({ askedAt: _notKnown, ...fact }) => fact as Fact),
    );
    life.lines.push(...made.lines);
    life.payment = made.payment;
    known.set(journal, life);
    return life;
  };
}

/** The same line as version 2 wrote it. */
function inVersion2(line: Recorded): StoredFact {
  const { data, ...rest } = stored(line, 2);
  const { by, next, for: use, freesAnother, ...kept } = data;
  const wasKept = line.kind === "attempt_submitted" || line.kind === "attempt_fell_back";
  const { expiresAt, ...others } = kept;
  const isSaid = line.kind.endsWith("_settled") || line.kind === "attention_resolved";
  return { ...rest, data: { ...(wasKept ? others : kept), ...(isSaid && { by }) } };
}
