import { CLOCK, SIBS } from "../domain/by.ts";
import { type Given, isRefusal } from "../domain/decision.ts";
import type { AttemptId, MandateId, PaymentId } from "../domain/identifiers.ts";
import { limitAgainst } from "../domain/methods/limits.ts";
import { CHECKOUT_LIFE } from "../domain/patience.ts";
import type { Attempt } from "../domain/payment/attempt.ts";
import {
  doubtAttempt,
  endRefused,
  endUnsent,
  type StartAttempt,
  startAttempt,
  whyNeverBegun,
} from "../domain/payment/begin.ts";
import { toBeAskedFirst } from "../domain/payment/overlap.ts";
import type { Payment } from "../domain/payment/state.ts";
import { giveUpWish, keepWhileWithdrawn, WAITS_ON, wishAgain } from "../domain/payment/wish.ts";
import type { Refusal } from "../domain/refusal.ts";
import type { Instant } from "../domain/time.ts";
import { given } from "../given.ts";
import { askMandatesFirst } from "../inquiries/ask-mandate-soon.ts";
import { askAttempt } from "../inquiries/attempt.ts";
import type { WaitsForSibs } from "../sibs/in-flight.ts";
import type { Charges } from "../sibs/port.ts";
import type { KeyRow } from "../storage/keys.ts";
import type { CountsTries, KeepsContinuations } from "../storage/ports.ts";
import { at, type ByTerminal, whyNotServed } from "../terminals.ts";
import { type Prepared, type PreparesCheckouts, prepareCheckout } from "./checkout.ts";
import { callsOf } from "./methods/index.ts";
import type { InHand } from "./methods/types.ts";
import { type RecordsSubmissions, recordSubmission } from "./submit.ts";
import { takeOutcome } from "./take.ts";
import { type WithdrawsReferences, withdrawAtSibs } from "./withdraw.ts";

/** What beginning an attempt may touch. */
export type BeginsAttempts = PreparesCheckouts &
  RecordsSubmissions &
  WithdrawsReferences &
  KeepsContinuations &
  CountsTries &
  WaitsForSibs & { readonly sibs: ByTerminal<Charges> };

/** What became of an attempt, as far as it is known when the caller is answered. */
export interface Started {
  readonly payment: Payment;
  readonly attempt: Attempt;
}

/**
 * Starts an attempt: a live reference is withdrawn first, what it may begin beside is asked about, the attempt is
 * recorded, its checkout is prepared, the call is recorded as sent, and only then is it sent, once. Waits for SIBS up
 * to ten seconds; then the attempt is in doubt and SIBS is asked.
 */
export async function beginAttempt(
  ports: BeginsAttempts,
  paymentId: PaymentId,
  command: StartAttempt,
  { key, inHand = {} }: { readonly key?: KeyRow | undefined; readonly inHand?: InHand } = {},
): Promise<Started | Refusal> {
  const tries = await triedTooOften(ports, paymentId, command, inHand);
  if (tries !== null) return tries;
  await askWhatIsLive(ports, paymentId, command);
  const id = ports.chance.id("att");
  const tooOften = await askedTooOften(ports, paymentId, { ...command, id });
  if (tooOften !== null) return tooOften;
  const begun = await recordAttempt(ports, paymentId, { ...command, id }, key);
  if ("refused" in begun) return begun;
  const outcome = await ports.inFlight.waitFor(id, carryOut(ports, begun, id, inHand));
  if (outcome !== "timeout") return outcome;
  const { payment } = await ports.payments
    .by(CLOCK)
    .record(paymentId, (state, given) => doubtAttempt(state, id, given));
  return started(payment, id);
}

/** Where the shop lets an attempt begin beside what is live, SIBS is asked first how that stands. */
async function askWhatIsLive(ports: BeginsAttempts, paymentId: PaymentId, command: StartAttempt): Promise<void> {
  const payment = await ports.payments.lately(paymentId);
  if (payment === null || whyNotHere(ports, payment, command) !== null) return;
  if (whyNeverBegun(payment, command, given(ports)) !== null) return;
  const all = toBeAskedFirst(payment, command.method, given(ports));
  await Promise.all(all.map(({ id, transactionId }) => askAttempt(ports, paymentId, id, transactionId)));
}

/** Whoever tests stolen cards needs many tries. */
async function triedTooOften(
  { cardTries, payments }: BeginsAttempts,
  paymentId: PaymentId,
  { card }: StartAttempt,
  { device }: InHand,
): Promise<Refusal | null> {
  const payment = card === null ? null : await payments.lately(paymentId);
  return payment === null ? null : cardTries.count(payment, device?.ipAddress ?? null);
}

/**
 * A phone that this attempt may have ring is left alone when it was asked too often. What does not begin anyway is not
 * counted.
 */
async function askedTooOften(
  ports: BeginsAttempts,
  paymentId: PaymentId,
  command: StartAttempt & { id: AttemptId },
): Promise<Refusal | null> {
  const phone = command.phone ?? command.mandate?.phone ?? null;
  const payment = phone === null ? null : await ports.payments.lately(paymentId);
  if (phone === null || payment === null) return null;
  const decision = whyNotHere(ports, payment, command) ?? startAttempt(payment, command, given(ports));
  const begins = !isRefusal(decision) || decision.refused === "reference_must_be_withdrawn";
  return begins ? ports.phoneRequests.count(phone, { id: command.id, of: paymentId }) : null;
}

/**
 * What a payment's terminal has against an attempt. What the customer, or a shop for them, tries to pay by must reach
 * the amount; a plan and a shop charge as agreed.
 */
function whyNotHere(ports: BeginsAttempts, payment: Payment, { method, initiator }: StartAttempt): Refusal | null {
  const unserved = whyNotServed(ports, payment);
  if (unserved !== null) return unserved;
  const limits = ports.terminals.of(payment)?.limits ?? {};
  const limit = initiator === "customer" ? limitAgainst(limits, method, payment.amount) : null;
  return limit === null ? null : { refused: "amount_beyond_method", ...limit };
}

async function recordAttempt(
  ports: BeginsAttempts,
  paymentId: PaymentId,
  command: StartAttempt & { id: AttemptId },
  key: KeyRow | undefined,
): Promise<Payment | Refusal> {
  let isKept = false;
  const choose = () =>
    ports.payments.decide(
      paymentId,
      (state, given) => {
        const decision = whyNotHere(ports, state, command) ?? startAttempt(state, command, given);
        // kept, and not wished for any more: its customer has said so meanwhile
        const isDropped = isKept && !isWishedFor(state, command);
        return isDropped && !isRefusal(decision) ? { refused: "attempt_meanwhile" } : decision;
      },
      key === undefined ? undefined : () => key(command.id),
    );
  let begun = await choose();
  if ("refused" in begun && begun.refused === "reference_must_be_withdrawn") {
    const { seen, wished = false, method, phone } = command;
    // a shop asks again by its request's key; a customer would have to press again
    const isPressed = seen !== undefined && !wished && command.initiator === "customer";
    const keep = (state: Payment, given: Given) => {
      const facts = isPressed ? keepWhileWithdrawn(state, { method, phone }, given) : [];
      isKept = facts.length > 0;
      return facts;
    };
    const refused = await withdrawAtSibs(ports, paymentId, begun.attempt, keep);
    // Over by now: what it came to decides whether another may begin.
    begun = refused !== null && refused.refused !== "attempt_over" ? refused : await choose();
    if ("refused" in begun && isPressed && !WAITS_ON.includes(begun.refused)) await forget(ports, paymentId, command);
  }
  return "refused" in begun ? begun : begun.payment;
}

/** A press that did not begin is answered: it is wished for no more. */
async function forget({ payments }: BeginsAttempts, id: PaymentId, command: StartAttempt): Promise<void> {
  await payments.record(id, (state, given) =>
    state.wish !== null && isWishedFor(state, command) ? giveUpWish(state, state.wish, given, null) : [],
  );
}

function isWishedFor({ wish }: Payment, { method, phone }: StartAttempt): boolean {
  return wish?.method === method && wish.phone === phone;
}

async function carryOut(
  ports: BeginsAttempts,
  payment: Payment,
  id: AttemptId,
  inHand: InHand,
): Promise<Started | Refusal> {
  const ready = await prepareFresh(ports, payment, id, inHand);
  if (ready === null) return current(ports, payment.id, id);
  // Whichever process the customer's browser comes back to must be able to go on.
  const mayGoOn = callsOf(started(payment, id).attempt.method).goOn !== undefined;
  if (mayGoOn) await ports.continuations.keep(payment, id, ready.checkout);
  const submitted = await submit(ports, payment, id, ready);
  if ("refused" in submitted) return submitted;
  await send(ports, submitted, ready, inHand);
  return current(ports, payment.id, id);
}

interface Ready extends Prepared {
  /** By our clock: SIBS prints its own, from the timestamp it was sent. */
  readonly expiresAt: Instant;
}

/**
 * A checkout that has not lapsed; null when SIBS would not make one. One that lapsed before it could be used is
 * replaced, unseen.
 */
async function prepareFresh(
  ports: BeginsAttempts,
  payment: Payment,
  id: AttemptId,
  inHand: InHand,
): Promise<Ready | null> {
  const now = () => ports.clock.now().getTime();
  for (let number = 1; ; ) {
    const askedAt = now();
    const prepared = await prepare(ports, payment, id, { first: number, inHand });
    if (prepared === null) return null;
    const expiresAt = askedAt + CHECKOUT_LIFE;
    if (now() < expiresAt) return { ...prepared, expiresAt };
    number = prepared.number + 1;
  }
}

/** The attempt's checkout; null when SIBS would not make one: the attempt has failed, and nothing was charged. */
async function prepare(
  ports: BeginsAttempts,
  payment: Payment,
  id: AttemptId,
  terms: { readonly first: number; readonly inHand: InHand },
): Promise<Prepared | null> {
  const { attempt } = started(payment, id);
  const outcome = await prepareCheckout(ports, payment, attempt, terms);
  if (outcome.kind === "prepared") return outcome;
  ports.log.warn({ attempt: id, ...outcome.fault }, "no checkout could be prepared");
  await ports.payments
    .by(SIBS)
    .record(payment.id, (state, given) => endRefused(state, id, outcome.code, given), askMandatesFirst(ports));
  return null;
}

/** From here on the attempt counts as sent. Refused, it ends without having been live. */
async function submit(
  ports: BeginsAttempts,
  begun: Payment,
  attempt: AttemptId,
  { checkout: { transactionId }, merchantTransactionId, expiresAt: checkoutExpiresAt }: Ready,
): Promise<Started | Refusal> {
  const command = { attempt, transactionId, merchantTransactionId, checkoutExpiresAt };
  const submitted = await recordSubmission(ports, begun, command);
  if (!("refused" in submitted)) return started(submitted.payment, attempt);
  const end = WAITS_ON.includes(submitted.refused) ? wishAgain : endUnsent;
  await ports.payments.record(begun.id, (state, given) => end(state, attempt, given));
  return submitted;
}

/** The one call that may move money, and what its answer, or the lack of one, means. */
async function send(ports: BeginsAttempts, { payment, attempt }: Started, { checkout }: Prepared, inHand: InHand) {
  const { transactionId } = checkout;
  const call = callsOf(attempt.method).send(at(ports.sibs, payment), checkout, attempt, inHand);
  await takeOutcome(ports, { payment: payment.id, attempt: attempt.id, transactionId }, call);
}

async function current(ports: BeginsAttempts, paymentId: PaymentId, attempt: AttemptId): Promise<Started> {
  const payment = await ports.payments.lately(paymentId);
  if (payment === null) throw new TypeError(`payment ${paymentId} is gone`);
  return started(payment, attempt);
}

function started(payment: Payment, id: AttemptId): Started {
  const attempt = payment.attempts.find((one) => one.id === id);
  if (attempt === undefined) throw new TypeError(`attempt ${id} is not of payment ${payment.id}`);
  return { payment, attempt };
}

/** An attempt as it was asked for: what may be written down, and what may not. */
export interface AskedAttempt {
  readonly command: StartAttempt;
  readonly inHand: InHand;
  /** The mandate to be charged, as it was named, and whose it was said to be: still to be found. */
  readonly mandate?: NamedMandate;
}

/** A mandate as a request names it. */
export interface NamedMandate {
  readonly id: MandateId;
  /** The shop's own id of its customer, where the request says it. */
  readonly customer: string | null;
}
