import { type AskedAttempt, type BeginsAttempts, beginAttempt, type Started } from "../../attempts/begin.ts";
import { isMethod } from "../../domain/methods/index.ts";
import { BY_CUSTOMER } from "../../domain/payment/begin.ts";
import { liveAttempt, type Payment } from "../../domain/payment/state.ts";
import { dropWish, keepWish } from "../../domain/payment/wish.ts";
import type { Refusal } from "../../domain/refusal.ts";
import { type FormFields, seenOf, textOf } from "../form-fields.ts";
import { lastEnded } from "./view-of.ts";

/** What keeps a press from beginning for a while only. */
const FOR_A_WHILE: readonly Refusal["refused"][] = ["attempt_in_progress", "attempt_in_doubt"];

/** How often a press tries anew that neither could begin, nor had to wait any more by the time it was to be kept. */
const TRIES = 3;

/**
 * Begins what a press asks for. What cannot begin while something else may still be paid is kept until it can: null.
 */
export async function beginOrKeep(
  ports: BeginsAttempts,
  payment: Payment,
  { command, inHand }: AskedAttempt,
  tries = TRIES,
): Promise<Started | Refusal | null> {
  const begun = await beginAttempt(ports, payment.id, command, { inHand });
  if (!("refused" in begun) || !FOR_A_WHILE.includes(begun.refused)) return begun;
  const { method, phone } = command;
  const kept = await ports.payments.decide(payment.id, (state, given) => keepWish(state, { method, phone }, given));
  if ("refused" in kept) return kept;
  const isKept = kept.payment.wish?.method === method && kept.payment.wish.phone === phone;
  // what was in its way has ended just now: nothing would ever begin it
  return isKept || tries <= 1 ? null : beginOrKeep(ports, payment, { command, inHand }, tries - 1);
}

/** A fresh request to the phone that is being asked, or was asked last. */
export async function askAgain(ports: BeginsAttempts, payment: Payment, seen: number): Promise<Refusal | null> {
  const state = (await ports.payments.load(payment.id)) ?? payment;
  const phone = (liveAttempt(state) ?? lastEnded(state))?.phone ?? null;
  if (phone === null) return null;
  const command = { ...BY_CUSTOMER, method: "mbway", phone, seen } as const;
  const begun = await beginOrKeep(ports, payment, { command, inHand: {} });
  return begun !== null && "refused" in begun ? begun : null;
}

/**
 * Keeps the wish to pay by a way that its form is needed for when its time has come: a card is kept nowhere. Where the
 * form names none, the customer wants nothing kept any more.
 */
export async function wishFor({ payments }: BeginsAttempts, { id }: Payment, fields: FormFields): Promise<void> {
  const method = textOf(fields, "way");
  const seen = seenOf(fields);
  if (!isMethod(method)) await payments.record(id, (state, given) => dropWish(state, given));
  else await payments.decide(id, (state, given) => keepWish(state, { method, phone: null, seen }, given));
}
