import { cents } from "@caravela/sibs/money";
import { formatPhone, maskPhone, type Phone, parsePhone } from "@caravela/sibs/phone";
import type { Lang } from "@caravela/web/lang";
import type { DeclineReason, GivenBack, PayScreen, PayView } from "@caravela/web/pay";
import type { Attempt, FailureReason } from "../domain/attempt.ts";
import { ANSWER_LIMIT } from "../domain/operation.ts";
import { capturedAttempt, liveAttempt, type Payment } from "../domain/payment.ts";
import type { Instant } from "../domain/time.ts";
import { onPageOf } from "./methods/index.ts";

/** How long the page stays before it goes back to the shop. */
const RETURN_AFTER_SECONDS = 5;

export interface Showing {
  readonly now: Instant;
  readonly lang: Lang;
  readonly merchantName: string;
  /** What was typed as a phone and is none. */
  readonly typed?: PayView["typed"];
  /** Whether the page stays once it is paid, because it was asked to. */
  readonly stay?: boolean;
}

/** What the customer's page shows of a payment at a moment. Pure. */
export function viewOf(payment: Payment, { now, lang, merchantName, typed = null, stay = false }: Showing): PayView {
  return {
    lang,
    path: `/pay/${payment.payToken}`,
    version: payment.version,
    request: String(payment.attempts.length),
    merchant: merchantName,
    amount: payment.amount,
    description: payment.description,
    reference: payment.reference,
    methods: [...payment.methods],
    phone: toldPhone(payment),
    typed,
    returnUrl: returnUrlOf(payment),
    screen: screenOf(payment, now, stay),
  };
}

/** The phone that the shop told, as people read it. */
function toldPhone({ customer }: Payment): string | null {
  const parsed = parsePhone(customer?.phone ?? "");
  return parsed.ok ? formatPhone(parsed.phone) : null;
}

function screenOf(payment: Payment, now: Instant, stay: boolean): PayScreen {
  if (payment.attention !== null) return { kind: "under_review" };
  switch (payment.status) {
    case "paid":
    case "authorized":
      return screenOfPaid(payment, stay);
    case "canceled":
      return { kind: "canceled", givenBack: givenBack(payment) };
    case "expired":
      return { kind: "expired", givenBack: givenBack(payment) };
    case "open":
    case "pending":
      return screenOfUnpaid(payment, now);
  }
}

function screenOfPaid(payment: Payment, stay: boolean): PayScreen {
  if (payment.amountRefunded > 0) return { kind: "refunded", amountRefunded: payment.amountRefunded };
  return {
    kind: "paid",
    method: capturedAttempt(payment)?.method ?? null,
    paidAt: new Date(payment.paidAt ?? payment.createdAt).toISOString(),
    returnAfterSeconds: payment.returnUrl === null || stay ? null : RETURN_AFTER_SECONDS,
    givenBack: givenBack(payment),
  };
}

function screenOfUnpaid(payment: Payment, now: Instant): PayScreen {
  const live = liveAttempt(payment);
  if (live !== null) return onPageOf(live.method).screen(payment, live, now);
  if (now >= payment.expiresAt) return { kind: "expired", givenBack: givenBack(payment) };
  // SIBS is done with the old request; the new one that was wished for goes out at this moment.
  if (payment.again !== null) {
    return { kind: "mbway_confirming", phone: maskPhone(payment.again.phone as Phone), again: "kept" };
  }
  const starting = payment.attempts.find((one) => one.status === "prepared" && now < one.createdAt + ANSWER_LIMIT);
  if (starting !== undefined) return { kind: "unconfirmed", method: starting.method };
  return screenOfEnded(lastEnded(payment));
}

/** The attempt that ended last; null when none has. */
export function lastEnded(payment: Payment): Attempt | null {
  return payment.attempts
    .filter((one) => one.endedAt !== null)
    .reduce<Attempt | null>((last, one) => ((last?.endedAt ?? 0) > (one.endedAt ?? 0) ? last : one), null);
}

const DECLINED: Readonly<Partial<Record<FailureReason, DeclineReason>>> = {
  declined_by_customer: "refused",
  unknown_phone: "unknown_phone",
  invalid_phone: "unknown_phone",
  insufficient_funds: "no_funds",
  declined: "other",
};

function screenOfEnded(attempt: Attempt | null): PayScreen {
  const reason = attempt?.failure?.reason;
  const phone = attempt?.phone ? maskPhone(attempt.phone as Phone) : null;
  if (reason === "not_answered" && phone !== null) return { kind: "not_answered", phone };
  if (reason === "technical" || reason === "not_sent") return { kind: "failed", phone };
  const declined = reason === undefined ? undefined : DECLINED[reason];
  return declined === undefined ? { kind: "choose" } : { kind: "declined", reason: declined, phone };
}

/** Money that was taken late or twice and goes back by itself; null when there is none. */
function givenBack(payment: Payment): GivenBack | null {
  const returns = payment.refunds.filter((refund) => refund.reason !== "requested");
  if (returns.length === 0) return null;
  return {
    amount: cents(returns.reduce((sum, refund) => sum + refund.amount, 0)),
    done: returns.every((refund) => refund.status === "succeeded"),
  };
}

/** The shop's address with what it may want to know at once; its own query stays. The shop trusts the event or a `GET`, never this. */
function returnUrlOf(payment: Payment): string | null {
  if (payment.returnUrl === null) return null;
  const url = new URL(payment.returnUrl);
  url.searchParams.set("payment", payment.id);
  url.searchParams.set("status", payment.status);
  return url.href;
}
