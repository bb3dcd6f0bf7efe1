import type { Cents } from "@caravela/sibs/money";
import { asOf } from "../domain/asked.ts";
import type { Attempt } from "../domain/payment/attempt.ts";
import {
  settleAttempt as decide,
  resolveAttention as decideResolution,
  doubtToResolve,
} from "../domain/payment/settle.ts";
import type { AttemptResult } from "../domain/payment/settlement.ts";
import type { Payment } from "../domain/payment/state.ts";
import type { Refusal } from "../domain/refusal.ts";
import { given, type Timed } from "../given.ts";
import { type AskedFirst, type AsksFirst, askFirst } from "../inquiries/ask-first.ts";
import { askMandatesFirst } from "../inquiries/ask-mandate-soon.ts";
import { chargedOn, type RecordsReports, recordReport } from "../inquiries/attempt.ts";
import { keepToken } from "../inquiries/keep-card.ts";
import { ownIdIn } from "../inquiries/look-up.ts";
import type { KeyRow } from "../storage/keys.ts";
import type { KeepsSavedCards, ReadsSavedCards } from "../storage/ports.ts";

/** What settling an attempt may touch. */
export type SettlesAttempts = RecordsReports & KeepsSavedCards & AsksFirst & ReadsSavedCards & Timed;

/** What a person says became of an attempt. */
export interface SaidOfAttempt {
  readonly outcome: AttemptResult;
  readonly note: string;
  /** In cents. */
  readonly amount: Cents | null;
  readonly transactionId: string | null;
}

/**
 * Settles, by a person's word, an attempt of which nobody knows whether it was paid. SIBS is asked once more first: a
 * final word of its own is recorded in any case, and not contradicted.
 */
export async function settleAttempt(
  ports: SettlesAttempts,
  payment: Payment,
  attempt: Attempt,
  said: SaidOfAttempt,
  key: KeyRow,
): Promise<Payment | Refusal> {
  const command = { ...said, attempt: attempt.id };
  const early = decide(payment, command, null, given(ports));
  if ("refused" in early) {
    if (early.refused !== "attempt_over" || attempt.submittedAt === null) return early;
    // SIBS may have been quicker than the person: they are told what it says
    const known = await ask(ports, payment, attempt, said.transactionId);
    if ("refused" in known) return known;
    const late = decide(payment, command, known.said?.report ?? null, given(ports));
    return "refused" in late ? late : early;
  }
  const heard = await ask(ports, payment, attempt, said.transactionId);
  if ("refused" in heard) return heard;
  const report = heard.said?.report ?? null;
  const decided = await ports.payments.decide(
    payment.id,
    (state, given) => asOf(heard.askedAt, decide(state, command, report, given)),
    () => key(attempt.id),
    askMandatesFirst(ports),
  );
  if (!("refused" in decided)) return decided.payment;
  if (report !== null && decided.refused === "contradicted_by_sibs") {
    await recordReport(ports, payment.id, attempt.id, report, heard.askedAt ?? undefined);
  }
  return decided;
}

/**
 * Ends, by a person's word, the attention that a payment needs. Where that is because of an attempt in doubt, SIBS is
 * asked once more first.
 */
export async function resolveAttention(
  ports: SettlesAttempts,
  payment: Payment,
  note: string,
  key: KeyRow,
): Promise<Payment | Refusal> {
  const doubted = doubtToResolve(payment);
  const heard = doubted === null ? NOT_ASKED : await ask(ports, payment, doubted, null);
  if ("refused" in heard) return heard;
  const decided = await ports.payments.decide(
    payment.id,
    (state, given) => asOf(heard.askedAt, decideResolution(state, { note }, heard.said?.report ?? null, given)),
    () => key(payment.id),
    askMandatesFirst(ports),
  );
  return "refused" in decided ? decided : decided.payment;
}

const NOT_ASKED: AskedFirst = { said: null, askedAt: null };

async function ask(
  ports: SettlesAttempts,
  payment: Payment,
  attempt: Attempt,
  said: string | null,
): Promise<AskedFirst | Refusal> {
  const { id, transactionId } = attempt;
  const subject = { own: id, transactionId, madeOn: await chargedOn(ports, attempt), said, payment };
  const asked = await askFirst(ports, subject);
  if ("refused" in asked || asked.said === null) return asked;
  const { report, token } = asked.said;
  if ((ownIdIn(asked.said) ?? id) !== id) return { refused: "anothers_transaction", says: "sibs" };
  if (report.paymentStatus === "Success") await keepToken(ports, payment.id, id, token);
  return asked;
}
