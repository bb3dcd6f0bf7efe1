import fc from "fast-check";
import { type Given, isRefusal } from "../../decision.ts";
import type { AttemptId } from "../../identifiers.ts";
import { propertiesOf } from "../../testing/properties.ts";
import { DAY, HOUR, type Instant, MINUTE, SECOND } from "../../time.ts";
import type { Attempt } from "../attempt.ts";
import { doubtAttempt, startAttempt, submitAttempt } from "../begin.ts";
import type { Decision } from "../decision.ts";
import { after } from "../decision.ts";
import { nextDue, tasksOf } from "../due.ts";
import { expire, giveUpCharge } from "../end.ts";
import { tellExpiry } from "../expiring.ts";
import type { Fact, Recorded } from "../facts.ts";
import { hear } from "../hear.ts";
import { hearNothingOfOperation } from "../operate.ts";
import { isInSums, isUnderWay, type Operation } from "../operation.ts";
import { requestOwed } from "../owed.ts";
import type { Report } from "../report.ts";
import type { NewPayment, Payment, PaymentStatus } from "../state.ts";
import { endLeft } from "../wish.ts";
import { withdrawalDone, withdrawReference } from "../withdraw.ts";
import {
  created,
  kept,
  mbwayWaiting,
  newPayment,
  OF_PLAN,
  replayed,
  said,
  saidOfReference,
  TEN,
  TERMS,
  written,
} from "./builders.ts";
import { command, type Move } from "./commands.ts";

const wait = fc.oneof(
  { weight: 5, arbitrary: fc.integer({ min: 0, max: 3 * SECOND }) },
  { weight: 8, arbitrary: fc.integer({ min: 0, max: 90 * SECOND }) },
  { weight: 3, arbitrary: fc.constantFrom(4 * MINUTE, 330 * SECOND, 7 * MINUTE, 11 * MINUTE) },
  { weight: 1, arbitrary: fc.constantFrom(HOUR, DAY, 4 * DAY) },
);
/**
 * The first of a few decisions that changes something, after a while: else most steps of a life would change nothing.
 */
const move = fc.record(
  { tries: fc.array(command, { minLength: 1, maxLength: 4 }), waitMs: wait },
  { noNullPrototype: true },
);
export const life = fc.record({
  moves: fc.array(move, { minLength: 5, maxLength: 60, size: "max" }),
  latePayments: fc.constantFrom("refund" as const, "accept" as const),
  overlap: fc.constantFrom("refuse" as const, "allow" as const),
  capture: fc.constantFrom("automatic" as const, "manual" as const),
  /** Half begin as most do: with a phone that is asked, and an inquiry that says so. */
  isPhoneAsked: fc.nat(1).map((number) => number === 0),
  chargedBy: fc.oneof(
    { weight: 4, arbitrary: fc.constant("customer" as const) },
    fc.constantFrom("shop" as const, "plan" as const),
  ),
});
export type Life = typeof life extends fc.Arbitrary<infer One> ? One : never;

/** Who charges: the customer alone; the shop, a saved card at once; or a plan, its mandate, day after day. */
const CHARGED_BY = {
  customer: {},
  shop: { initiator: "merchant", token: "tok_1" },
  plan: OF_PLAN,
} as const satisfies Record<Life["chargedBy"], Partial<NewPayment>>;

export const LIVES = 1_500;

/** How a payment may move besides when SIBS says the opposite of what a person had settled. */
export const MOVES: Readonly<Record<PaymentStatus, readonly PaymentStatus[]>> = {
  open: ["pending", "authorized", "paid", "canceled", "expired"],
  pending: ["open", "authorized", "paid", "canceled"],
  authorized: ["paid", "canceled"],
  paid: [],
  canceled: ["authorized", "paid"],
  expired: ["authorized", "paid"],
};

/** Whose payment it is, and what the shop wrote about them. */
export const PERSON = {
  customer: {
    id: "maria@example.pt",
    name: "Maria Quitéria",
    email: "maria.q@example.pt",
    phone: "+351 961 234 567",
    billingAddress: {
      street1: "Rua das Flores 7",
      street2: "3.º Dto.",
      city: "Ponte",
      postcode: "4000-123",
      country: "PT",
    },
    shippingAddress: { street1: "Beco do Carmo 2", street2: null, city: "Vila", postcode: "1200-094", country: "PT" },
    signedIn: true,
  },
  description: "Anel para o Zé",
  metadata: { gift: "para o Zé", "nota da Maria": "tocar à campainha" },
  returnUrl: "https://loja.example/obrigado?cliente=maria",
  cancelUrl: "https://loja.example/cesto?cliente=maria",
  items: [{ name: "Anel gravado: Maria", quantity: 1, amount: 550 }],
} as const;

const PHONE_ASKED: readonly Fact[] = [
  ...mbwayWaiting(TEN, "att_0"),
  { kind: "attempt_asked", at: TEN, attempt: "att_0", said: "Pending", answered: true, unpaid: true },
];

/** Lives a payment's life, as the server keeps it, and looks at it after every step. */
export function live({ moves, chargedBy, isPhoneAsked, ...terms }: Life, look: Look): void {
  const first = newPayment({
    ...PERSON,
    ...terms,
    ...CHARGED_BY[chargedBy],
    methods: ["mbway", "multibanco", "card", "mandate"],
  });
  const asked = isPhoneAsked && chargedBy === "customer" ? PHONE_ASKED : [];
  const journal: Recorded[] = [created(first), ...written(replayed([created(first)]), asked).lines];
  const lines = [...journal];
  let payment = replayed(journal);
  let told = payment;
  let now = TEN;
  let count = 0;
  for (const { tries, waitMs } of moves) {
    now += waitMs;
    const given: Given = { now, id: (prefix) => `${prefix}_${++count}` };
    let facts: readonly Fact[] = [];
    let made = tries[0];
    for (const one of tries) {
      const decision = one.command(payment, given);
      facts = isRefusal(decision) ? [] : decision;
      made = one;
      if (facts.length > 0) break;
    }
    if (made === undefined) continue;
    const { name, report } = made;
    const before = payment;
    const [inFull, asKept] = [written(told, facts), kept(before, facts)];
    journal.push(...inFull.lines);
    lines.push(...asKept.lines);
    told = inFull.payment;
    payment = asKept.payment;
    look({ before, payment, told, facts, journal, lines, now, name, said: HEARS.includes(name) ? report : null });
  }
}

/** The commands by which SIBS says something of an attempt. */
const HEARS: readonly string[] = ["hear", "settleAttempt", "resolveAttention"];
export const FINAL: readonly string[] = ["Declined", "Timeout", "Error", "Expired"];
export const UNPAID: readonly string[] = ["Pending", "Partial"];

/**
 * SIBS answers at once from now on, for a day: it does whatever it is asked for, it holds each reference to be payable
 * until it is withdrawn, and nothing else to be paid.
 */
export function reachable(from: { readonly payment: Payment; readonly now: Instant }): {
  payment: Payment;
  now: Instant;
} {
  let { payment, now } = from;
  let count = 0;
  const given = (): Given => ({ now, id: (prefix) => `${prefix}_${++count}_late` });
  const decide = (decision: Decision) => {
    if (!isRefusal(decision)) payment = after(payment, decision);
  };
  for (let due = nextDue(payment); due !== null && due < from.now + DAY && count < 1_000; due = nextDue(payment)) {
    now = Math.max(now, due);
    count += 1;
    for (const task of tasksOf(payment, given())) {
      if (task.do === "withdraw_reference") {
        decide(withdrawReference(payment, task.attempt, given()));
        decide(withdrawalDone(payment, task.attempt, given()));
      }
      if (task.do === "begin_wish") {
        const attempt = given().id("att");
        const { method, phone } = task.wish;
        decide(startAttempt(payment, { ...TERMS, method, phone, wished: true, id: attempt }, given()));
        const checkoutExpiresAt = now + 10 * MINUTE;
        const sent = { attempt, transactionId: `s2_${count}_late`, merchantTransactionId: attempt, checkoutExpiresAt };
        decide(submitAttempt(payment, sent, given()));
        decide(hear(payment, attempt, said("Pending"), given()));
      }
      if (task.do === "doubt_attempt") decide(doubtAttempt(payment, task.attempt, given()));
      if (task.do === "end_unsent") decide(endLeft(payment, task.attempt, given()));
      if (task.do === "ask_attempt") {
        const { method } = payment.attempts.find(({ id }) => id === task.attempt) ?? {};
        const says = method === "multibanco" ? saidOfReference("Pending", "UNPAID") : said("Declined");
        decide(hear(payment, task.attempt, says, given()));
      }
      if (task.do === "request_owed") decide(requestOwed(payment, task.attempt, given()));
      if (task.do === "tell_expiry") decide(tellExpiry(payment, task.attempt, given()));
      if (task.do === "expire_payment") decide(expire(payment, given()));
      if (task.do === "give_up_charge") decide(giveUpCharge(payment, given()));
      if ("operation" in task) {
        const { operation } = task;
        // what counts as never sent was not: it is found no more than before
        const isOpen = payment.operations.some((one) => one.id === operation && isUnderWay(one));
        if (isOpen) decide([{ kind: "operation_succeeded", at: now, operation, transactionId: null }]);
        else decide(hearNothingOfOperation(payment, operation, "unknown", given()));
      }
    }
  }
  return { payment, now };
}

export type Look = (seen: Seen) => void;

/** What a step of a life made of the payment. */
export interface Seen {
  readonly before: Payment;
  readonly payment: Payment;
  /** The same payment, had every inquiry been written down. */
  readonly told: Payment;
  readonly facts: readonly Fact[];
  /** All that happened, every inquiry included. */
  readonly journal: readonly Recorded[];
  /** What of it is written down. */
  readonly lines: readonly Recorded[];
  readonly now: Instant;
  /** The command of this step. */
  readonly name: Move["name"];
  /** What SIBS said in this step; null: nothing. */
  readonly said: Report | null;
}

/**
 * Whether SIBS has said the opposite of what a person had settled, or a person that a success which SIBS took back was
 * none.
 */
export const isCorrection = (fact: Fact): boolean =>
  fact.kind === "attempt_refuted" || (fact.kind === "attention_raised" && fact.reason === "proved_after_all");

export const wasRefuted = (journal: readonly Fact[], attempt: AttemptId): boolean =>
  journal.some((one) => isCorrection(one) && "attempt" in one && one.attempt === attempt);

/** Whether what an operation was for is asked for anew by itself, because SIBS refused nothing. */
export const isTriedAnew = ({ failure }: Operation): boolean =>
  failure?.reason === "not_taken" || failure?.reason === "not_sent";

/**
 * Whether a person leads on with an attempt's money: SIBS refused what must happen by itself, or has failed to do it
 * ten times, or they have acted.
 */
export const isForPerson = ({ operations, fundedBy }: Payment, { id, takenBackAt }: Attempt): boolean => {
  const own = operations.filter((one) => one.attempt === id && (id !== fundedBy || one.kind !== "refund"));
  const failed = own.filter(({ status, reason }) => status === "failed" && reason !== "returned");
  const tenth = failed.filter((one) => isTriedAnew(one)).length >= 10;
  const isTheirs = own.some(({ settled, reason }) => settled !== null || reason === "requested");
  return tenth || isTheirs || takenBackAt !== null || failed.some((one) => !isTriedAnew(one));
};

/**
 * What of an attempt's money is not where it must go, in cents: late or double money that is still here, a hold that is
 * still to be captured.
 */
export const misplaced = (payment: Payment, { id, taken }: Attempt): number => {
  if (id === payment.fundedBy) {
    const { capture, status, amountAuthorized, amountCaptured, amountReleased } = payment;
    return capture === "automatic" && status === "authorized" ? amountAuthorized - amountCaptured - amountReleased : 0;
  }
  const back = payment.operations.filter((one) => one.attempt === id && one.status === "succeeded" && !isInSums(one));
  return (taken?.amount ?? 0) - back.reduce((sum, { amount }) => sum + amount, 0);
};

/** Properties that are held by the same random lives. */
export const propertiesOfLives = () => propertiesOf({ lives: life, live, runs: LIVES });
