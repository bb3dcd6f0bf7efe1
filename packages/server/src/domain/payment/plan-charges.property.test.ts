import { cents } from "@caravela/sibs/money";
import fc from "fast-check";
import { describe, expect } from "vitest";
import { type Given, isRefusal } from "../decision.ts";
import type { AttemptId } from "../identifiers.ts";
import { isLive } from "../methods/types.ts";
import { propertiesOf } from "../testing/properties.ts";
import { DAY, type Instant, MINUTE, SECOND } from "../time.ts";
import { type Attempt, isClaimed } from "./attempt.ts";
import { doubtAttempt, endRefused, endUnsent, startAttempt, submitAttempt } from "./begin.ts";
import type { Decision } from "./decision.ts";
import { after } from "./decision.ts";
import { nextDue, type Task, tasksOf } from "./due.ts";
import { cancel, expire } from "./end.ts";
import type { Fact } from "./facts.ts";
import { hear, hearNothing, notifiedOfAttempt } from "./hear.ts";
import { putOffCharge, stopCharges } from "./plan-charges.ts";
import type { Report } from "./report.ts";
import type { Payment } from "./state.ts";
import { created, MANDATE, newPayment, OF_PLAN, PHONE, replayed, said, TEN, TERMS } from "./testing/builders.ts";

const DAYS = OF_PLAN.plan.retryAfterDays;

/** What becomes of one try, and of what is asked about it. */
const outcome = fc.constantFrom(
  "approved",
  "refused",
  "refused",
  "unsent",
  "unknown",
  "dies",
  "lost",
  "phone",
  "suspended",
  "over",
);
const word = fc.constantFrom(
  "nothing",
  "not arrived",
  "pending",
  "on the phone",
  "approved",
  "refused",
  "other amount",
);
/** What somebody else does between two moments at which something is due. */
const meanwhile = fc.oneof(
  { weight: 12, arbitrary: fc.constant("nothing" as const) },
  fc.constantFrom("customer tries" as const, "shop cancels" as const, "asleep" as const, "notified" as const),
);
const life = fc.record({
  outcomes: fc.array(outcome, { minLength: 1, maxLength: 12 }),
  words: fc.array(word, { minLength: 1, maxLength: 12 }),
  meanwhile: fc.array(meanwhile, { minLength: 1, maxLength: 12 }),
  latenessMs: fc.constantFrom(0, SECOND, MINUTE),
});

type Life = typeof life extends fc.Arbitrary<infer One> ? One : never;
type Look = (seen: Seen) => void;
interface Seen {
  readonly before: Payment;
  readonly payment: Payment;
  readonly facts: readonly Fact[];
  readonly now: Instant;
}

/** From then on SIBS answers clearly whatever it is asked: it is asked for ever about what it says nothing of. */
const CLEAR_FROM = TEN + 20 * DAY;

/**
 * More than any life needs in a day, even one in doubt, of which SIBS is asked each minute: a rule that spins runs out
 * of them.
 */
const MOST_STEPS_A_DAY = 2_000;

/** Lives a plan's payment as the server does, from due moment to due moment, until nothing is due any more. */
function live({ outcomes, words, meanwhile, latenessMs }: Life, look: Look): void {
  let payment = replayed([created(newPayment(OF_PLAN))]);
  let now = TEN;
  let count = 0;
  let turn = 0;
  const notified = new Set<string>();
  const next = <T>(list: readonly T[]) => list[turn++ % list.length] as T;
  const given = (): Given => ({ now, id: (prefix) => `${prefix}_${++count}` });
  const decide = (choose: (state: Payment, given: Given) => Decision): boolean => {
    const decision = choose(payment, given());
    if (isRefusal(decision)) return false;
    const before = payment;
    payment = after(payment, decision);
    look({ before, payment, facts: decision, now });
    return true;
  };
  const world = {
    decide,
    next,
    outcomes,
    words,
    id: (): AttemptId => `att_${++count}`,
    isClear: () => now >= CLEAR_FROM,
  };
  for (let steps = 0; ; steps += 1) {
    const due = nextDue(payment);
    if (due === null) return;
    if (steps > MOST_STEPS_A_DAY * (1 + (now - TEN) / DAY))
      throw new Error(`it spins at ${new Date(now).toISOString()}`);
    now = Math.max(now, due + latenessMs);
    const other = next(meanwhile);
    if (other === "asleep") now += 2 * DAY;
    if (other === "shop cancels") decide(cancel);
    if (other === "customer tries") customerTries(world);
    const last = payment.attempts.at(-1)?.id;
    // A notification comes once; more of them make SIBS be asked sooner, and say nothing new.
    if (other === "notified" && last !== undefined && !notified.has(last)) {
      notified.add(last);
      decide((state, to) => notifiedOfAttempt(state, last, { notification: "n", success: true, paid: true }, to));
    }
    for (const task of tasksOf(payment, given())) carryOut(task, world);
  }
}

interface World {
  readonly decide: (choose: (state: Payment, given: Given) => Decision) => boolean;
  readonly next: <T>(list: readonly T[]) => T;
  readonly outcomes: Life["outcomes"];
  readonly words: Life["words"];
  readonly id: () => AttemptId;
  readonly isClear: () => boolean;
}

function carryOut(task: Task, world: World): void {
  const { decide, next, words } = world;
  switch (task.do) {
    case "charge_mandate":
      charge(task.seen, world);
      return;
    case "ask_attempt":
      hears(task.attempt, world.isClear() ? "refused" : next(words), world);
      return;
    case "doubt_attempt":
      decide((state, given) => doubtAttempt(state, task.attempt, given));
      return;
    case "end_unsent":
      decide((state, given) => endUnsent(state, task.attempt, given));
      return;
    case "expire_payment":
      decide(expire);
      return;
    case "send_operation":
      decide((_state, { now: at }) => [
        { kind: "operation_sent", at, operation: task.operation },
        { kind: "operation_succeeded", at, operation: task.operation, transactionId: null },
      ]);
      return;
    default:
      throw new Error(`a plan's payment has no such task: ${task.do}`);
  }
}

function charge(seen: number, world: World): void {
  const { decide, next, id } = world;
  const outcome = next(world.outcomes);
  if (outcome === "over") decide(stopCharges);
  else if (outcome === "suspended") decide(putOffCharge);
  else {
    const attempt = id();
    const terms = { ...TERMS, id: attempt, method: "mandate", mandate: MANDATE, initiator: "merchant", seen } as const;
    if (!decide((state, given) => startAttempt(state, terms, given)) || outcome === "dies") return;
    if (outcome === "unsent" || outcome === "unknown") {
      decide((state, given) => endRefused(state, attempt, outcome === "unknown" ? "E0507" : null, given));
    } else if (decide((state, given) => submitAttempt(state, sent(attempt, given), given))) {
      answers(attempt, outcome, world);
    }
  }
}

function customerTries(world: World): void {
  const { decide, id } = world;
  const attempt = id();
  const terms = { ...TERMS, id: attempt, method: "mbway", phone: PHONE } as const;
  if (!decide((state, given) => startAttempt(state, terms, given))) return;
  decide((state, given) => submitAttempt(state, sent(attempt, given), given));
}

const sent = (attempt: AttemptId, { now }: Given) => ({
  attempt,
  transactionId: `s2_${attempt}`,
  merchantTransactionId: attempt,
  checkoutExpiresAt: now + 10 * MINUTE,
});

function answers(attempt: AttemptId, outcome: "approved" | "refused" | "lost" | "phone", world: World): void {
  if (outcome === "lost") world.decide((state, given) => doubtAttempt(state, attempt, given));
  else hears(attempt, outcome === "phone" ? "on the phone" : outcome, world);
}

const REPORTS: Readonly<Record<Exclude<Life["words"][number], "nothing">, Report>> = {
  "not arrived": said("Pending", { paymentMethod: null }),
  pending: said("InProcessing", { paymentMethod: "MANDATE" }),
  "on the phone": said("Pending"),
  approved: said("Success", { paymentMethod: "MANDATE" }),
  refused: said("Declined", { paymentMethod: "MANDATE", code: "E0518" }),
  "other amount": said("Success", { amount: cents(549) }),
};

function hears(attempt: AttemptId, word: Life["words"][number], { decide }: World): void {
  if (word === "nothing") decide((state, given) => hearNothing(state, attempt, given));
  else decide((state, given) => hear(state, attempt, reportOf(word, state, attempt), given));
}

/** Of a call that arrived SIBS does not say that it has not. */
function reportOf(word: keyof typeof REPORTS, { attempts }: Payment, attempt: AttemptId): Report {
  const isInDoubt = attempts.some((one) => one.id === attempt && one.inDoubt);
  return REPORTS[word === "not arrived" && !isInDoubt ? "pending" : word];
}

const isTry = (one: Attempt) => one.initiator === "merchant";
const refusedTries = ({ attempts }: Payment) =>
  attempts.filter((one) => isTry(one) && one.failure !== null && one.failure.reason !== "not_sent" && isRefused(one));
const isRefused = ({ submittedAt, failure }: Attempt) => submittedAt !== null || failure?.reason === "unknown_mandate";

const always = propertiesOf({ lives: life, live, runs: 2_000 });

describe("whatever happens to a plan's payment", () => {
  always("never has two attempts live", ({ payment }) =>
    expect(payment.attempts.filter(isLive).length).toBeLessThanOrEqual(1),
  );

  always("never tries more often than its policy allows, nor earlier", ({ before, facts, now }) => {
    if (!facts.some((fact) => fact.kind === "attempt_prepared" && fact.initiator === "merchant")) return;
    const refused = refusedTries(before);
    expect(refused.length).toBeLessThanOrEqual(DAYS.length);
    const [first] = refused;
    const days = DAYS[refused.length - 1] ?? 0;
    if (first !== undefined) expect(now).toBeGreaterThanOrEqual((first.submittedAt ?? 0) + days * DAY);
  });

  always(
    "begins no try while another is prepared or live, nor once it is paid, canceled, expired or for a person to settle",
    ({ before, facts, now }) => {
      if (!facts.some((fact) => fact.kind === "attempt_prepared" && fact.initiator === "merchant")) return;
      expect(before).toMatchObject({ status: "open", attention: null, charging: { isStopped: false } });
      expect(before.attempts.some((one) => isTry(one) && (one.status === "prepared" || isLive(one)))).toBe(false);
      expect(now).toBeLessThan(before.expiresAt);
    },
  );

  always(
    "ends no try unpaid of which SIBS notified that money moved, but by a refusal; and tries nothing else meanwhile",
    ({ before, payment, facts }) => {
      const claimed = before.attempts.filter(isClaimed);
      if (claimed.length === 0) return;
      expect(facts.some(({ kind }) => kind === "attempt_prepared")).toBe(false);
      for (const fact of facts) {
        const isOfClaimed = "attempt" in fact && claimed.some(({ id }) => id === fact.attempt);
        if (isOfClaimed && fact.kind === "attempt_ended") expect(fact.status).toBe("declined");
      }
      if (before.status === "pending") expect(payment.status).not.toBe("expired");
    },
  );

  always(
    "times out no try by its own clock while SIBS says nothing, or that it is working on it",
    ({ facts, payment }) => {
      for (const fact of facts) {
        if (fact.kind !== "attempt_ended" || fact.status !== "timed_out") continue;
        // The one word of these lives by which SIBS holds a try to be unpaid is that of a phone that waits.
        expect(payment.attempts.find(({ id }) => id === fact.attempt)?.phone).not.toBeNull();
      }
    },
  );

  always("is looked at again as long as it is open, and comes to an end by itself", {
    step: ({ payment }) => {
      if (payment.status === "open" || payment.status === "pending") expect(nextDue(payment)).not.toBeNull();
    },
    end: (last) => expect(last?.payment.status ?? "open").not.toBe("open"),
  });

  always("keeps no more than its amount: what is approved twice goes back", ({ payment }) => {
    const approved = payment.attempts.filter((one) => one.status === "approved" && one.id !== payment.fundedBy);
    const back = payment.operations.filter((one) => one.reason === "duplicate" || one.reason === "late");
    if (payment.attention === null) expect(back.length).toBe(approved.length);
  });
});
