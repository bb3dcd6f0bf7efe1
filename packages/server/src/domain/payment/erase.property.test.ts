import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isRefusal } from "../decision.ts";
import { DAY } from "../time.ts";
import { apply } from "./apply.ts";
import { withLooks } from "./apply-looks.ts";
import { eraseLine, erasePayment } from "./erase.ts";
import type { Recorded } from "./facts.ts";
import { eraseCustomer, liveIn } from "./live-in.ts";
import { capturable, type Payment } from "./state.ts";
import { PHONE, replayed, TEN, written } from "./testing/builders.ts";
import { CARD, SAID } from "./testing/commands.ts";
import { type Life, life, live, PERSON } from "./testing/lives.ts";

/** All that anybody said of the person. */
const TEXTS = [
  ...textsOf(Object.values(PERSON.customer)),
  ...textsOf([PERSON.customer.billingAddress, PERSON.customer.shippingAddress].flatMap(Object.values)),
  ...Object.keys(PERSON.metadata),
  ...textsOf(PERSON.items.map(({ name }) => name)),
  ...textsOf([PERSON.description, PERSON.returnUrl, PERSON.cancelUrl, ...Object.values(PERSON.metadata)]),
  ...textsOf(Object.values(CARD)),
  SAID.note,
  PHONE,
].filter((text) => text !== "PT" && text !== "gift");

function textsOf(values: readonly unknown[]): string[] {
  return values.filter((one) => typeof one === "string");
}

/** All texts and names in something. */
function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, part]) => [name, ...textsIn(part)]);
}

interface Lived {
  readonly one: Life;
  readonly journal: readonly Recorded[];
  readonly payment: Payment;
}

/** Lives that were lived to their ends. */
const LIVED: readonly Lived[] = fc.sample(life, { numRuns: 400, seed: 20_261_128 }).flatMap((one) => {
  let last: Lived | null = null;
  live(one, ({ lines, payment }) => {
    last = { one, journal: [...lines], payment };
  });
  return last === null ? [] : [last];
});

/** Which of them stand in something, as a text, as a part of one, or as a name. */
function foundIn(value: unknown): string[] {
  const all = textsIn(value).join("\n");
  return TEXTS.filter((text) => all.includes(text));
}

describe("an erased customer, whatever happened to their payment", () => {
  it("is in no line of the journal and nowhere in the state, which the journal still adds up to", () => {
    const seen = new Set<string>();
    for (const { journal, payment } of LIVED) {
      const erased = journal.map(eraseLine);
      const { looks, looked } = payment;
      expect({ ...withLooks(replayed(erased), looks), looked }).toEqual(erasePayment(payment));
      expect(foundIn([erased, erasePayment(payment)])).toEqual([]);
      for (const text of foundIn(journal)) seen.add(text);
    }
    // else it would be no matter of course
    expect([...seen].sort()).toEqual([...new Set(TEXTS)].sort());
  });

  it("leaves sums, status, moments and identifiers whole", () => {
    for (const { payment } of LIVED) expect(whole(erasePayment(payment))).toEqual(whole(payment));
  });

  it("is erased by one line more, be the lines before it erased by then or not", () => {
    for (const { journal, payment } of LIVED) {
      const before = replayed([...journal, ERASED]);
      expect(replayed([...journal.map(eraseLine), ERASED])).toEqual(before);
      expect(before).toMatchObject({ customer: null, version: payment.version + 1, erasedAt: ERASED.at });
    }
  });

  it("comes back by nothing that happens later, and nothing is begun with them", () => {
    let later = 0;
    for (const { one, payment } of LIVED.slice(0, 150)) {
      let state = replayedOn(payment, [ERASED]);
      let now = ERASED.at;
      for (const { tries, waitMs } of one.moves) {
        now += waitMs;
        for (const { command } of tries) {
          const decision = command(state, { now, id: (prefix) => `${prefix}_later${now}` });
          if (isRefusal(decision)) continue;
          const { lines, payment: after } = written(state, decision);
          expect(foundIn([lines, after])).toEqual([]);
          expect(lines.filter(({ kind }) => kind === "attempt_prepared")).toEqual([]);
          state = after;
          later += lines.length;
        }
      }
    }
    expect(later).toBeGreaterThan(500);
  });
});

const ERASED = { kind: "customer_erased", at: TEN + 30 * DAY, by: null } as const;

const replayedOn = (payment: Payment, lines: readonly Recorded[]) => lines.reduce<Payment>(apply, payment);

/** What of a payment tells nothing of its customer. */
function whole({
  customer: _c,
  description: _d,
  metadata: _m,
  returnUrl: _r,
  cancelUrl: _u,
  items: _i,
  wish: _w,
  savedCard: _s,
  ...rest
}: Payment) {
  return {
    ...rest,
    attempts: rest.attempts.map(({ phone: _p, card: _k, action: _n, settled, mandate, ...one }) => ({
      ...one,
      settled: settled?.outcome,
      mandate: mandate?.id,
    })),
    operations: rest.operations.map((one) => ({ ...one, settled: one.settled?.outcome })),
  };
}

it("what is live keeps its customer from being erased, all of it named", () => {
  const kinds = new Set<string>();
  for (const { payment } of LIVED) {
    const { attempts, operations, attention } = payment;
    const all = liveIn(payment);
    for (const { why } of all) kinds.add(why);
    const named = new Set(all.map(({ id }) => id));
    for (const { id, status } of attempts)
      if (["prepared", "submitted", "action_required", "pending"].includes(status)) expect(named).toContain(id);
    for (const { id, status } of operations)
      if (status === "pending" || status === "in_doubt") expect(named).toContain(id);
    if (attention !== null) expect(named).toContain(attention.operation ?? attention.attempt);
    if (capturable(payment) > 0) expect(named.size).toBeGreaterThan(0);
    if (payment.erasedAt !== null) continue;
    const decision = eraseCustomer(payment, { now: ERASED.at, id: (prefix) => `${prefix}_1` });
    if (all.length > 0) expect(decision).toEqual({ refused: "customer_live", live: all });
    else expect(decision).toEqual([{ kind: "customer_erased", at: ERASED.at }]);
  }
  expect(kinds.size).toBeGreaterThan(5);
});

describe("what released versions wrote", () => {
  const folder = join(import.meta.dirname, "../../../../../tests/start/databases");
  const lines = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".sql"))
    .flatMap((file) => readFileSync(join(folder, file), "utf8").split("\n"))
    .flatMap(
      (text) => /^INSERT INTO caravela\.fact VALUES \('pay_.*?', \d+, '.*?', '\w+', '(\{.*\})'/.exec(text)?.[1] ?? [],
    );

  it("keeps each member of a line that tells nothing of the person, by its name of that version", () => {
    expect(lines.length).toBeGreaterThan(100);
    const names = new Set(lines.flatMap((text) => Object.keys(JSON.parse(text.replaceAll("''", "'")))));
    for (const name of names) {
      const kept = eraseLine({ [name]: "x" })[name];
      if (!["note", "phone", "payment", "card", "mandate"].includes(name)) expect([name, kept]).toEqual([name, "x"]);
    }
  });
});
