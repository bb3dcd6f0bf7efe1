import { expiryText, readExpiry } from "@caravela/sibs/card-data";
import type { Cents } from "@caravela/sibs/money";
import { formatPhone, maskPhone, parsePhone } from "@caravela/sibs/phone";
import type { PageLang } from "@caravela/web/lang";
import {
  type CardOnPage,
  COUNTRIES,
  type DeclineReason,
  drawAlong,
  namedCountries,
  type PayMethod,
  type PayScreen,
  type PayView,
  regionOf,
  type UsableMandate,
  writtenReceipt,
} from "@caravela/web/pay";
import type { FailureReason } from "../../domain/failure.ts";
import { knownOf, type Mandate } from "../../domain/mandate/state.ts";
import { type Method, rulesOf } from "../../domain/methods/index.ts";
import { limitAgainst, type MethodLimits } from "../../domain/methods/limits.ts";
import { ANSWER_LIMIT } from "../../domain/patience.ts";
import { type Attempt, isClaimed } from "../../domain/payment/attempt.ts";
import { endedBeside } from "../../domain/payment/overlap.ts";
import { UNSENT_WISH } from "../../domain/payment/schedule.ts";
import {
  type FundedPayment,
  fundedAttempt,
  heldAt,
  liveAttempt,
  type Payment,
  type Wish,
} from "../../domain/payment/state.ts";
import { wishIsDue } from "../../domain/payment/wish.ts";
import { earliest, type Instant, MINUTE } from "../../domain/time.ts";
import type { Shop } from "../../shop/shop.ts";
import type { SavedCard } from "../../storage/cards.ts";
import type { Terminal } from "../../terminals.ts";
import { RETURN_AFTER_SECONDS, waysBack } from "../returning.ts";
import { whoIsPaid } from "../shop.ts";
import { besideOf, withoutPhone } from "./beside.ts";
import { asksOf, brandOf } from "./card-forms.ts";
import { givenBack } from "./given-back.ts";
import { HOW_FAR } from "./how-far.ts";
import { asksFor, methodsOnPage, onPageOf } from "./methods/index.ts";
import type { FaultyForm, Standpoint } from "./methods/types.ts";
import { paidPaymentOf } from "./paid-payment-of.ts";

export interface Showing extends Standpoint {
  readonly lang: PageLang;
  /** The languages of the customer's browser, the most wanted first: they tell where somebody is at home. */
  readonly languages?: readonly string[];
  readonly shop: Shop;
  /** Whether customers can be sent e-mails. */
  readonly sendsMail?: boolean;
  /** A form that comes back to whoever sent it. */
  readonly faulty?: FaultyForm;
  /** The saved cards that may be used on this page now. */
  readonly saved?: readonly SavedCard[];
  /** The mandates that may be charged from this page now. */
  readonly mandates?: readonly Mandate[];
  /** What the payment's terminal takes; null: it is not served here. */
  readonly terminal?: Pick<Terminal, "limits" | "requiresCustomer"> | null;
  /** Whether the field of another number was asked for. */
  readonly otherNumber?: boolean;
  /** Whether the page stays once it is paid, because it was asked to. */
  readonly stay?: boolean;
}

/** What the customer's page shows of a payment at a moment. Pure. */
export function viewOf(asked: Payment, showing: Showing): PayView {
  const { lang, shop, faulty = {}, saved = [], terminal = null, stay = false } = showing;
  const limits = terminal?.limits ?? {};
  const reaches = (method: Method) => limitAgainst(limits, method, asked.amount) === null;
  const payment = { ...asked, methods: asked.methods.filter(reaches) };
  const mandates = reaches("mandate") ? (showing.mandates ?? []) : [];
  const methods = methodsToChoose(payment, mandates);
  const screen = offering(methods, screenOf(payment, showing, stay));
  const beside = besideOf(payment, showing.now);
  const reference = shownReference(payment);
  const items = payment.items.map(({ name, quantity, amount }) => ({ name, quantity, amount }));
  const isReceipt = payment.status === "paid" && payment.attention === null;
  const what = isReceipt ? "receipt" : screen.kind === "reference" ? "reference" : null;
  const view = {
    lang,
    path: `/pay/${payment.payToken}`,
    version: payment.version,
    request: String(payment.attempts.length),
    ...whoIsPaid(shop),
    amount: payment.amount,
    description: payment.description,
    reference,
    items,
    methods,
    outOfReach: outOfReach(asked, limits),
    tried: triedLast(payment),
    phone: givenPhone(payment),
    typed: faulty.typed ?? null,
    country: regionOf(showing.languages ?? [], COUNTRIES),
    card: asksFor("card", payment) ? cardOnPage(payment, { saved, asks: asksOf(payment, terminal), lang }) : null,
    cardTyped: faulty.cardTyped ?? null,
    mandates: mandates.map((mandate) => mandateOnPage(mandate, payment)),
    mandateGone: faulty.mandateGone ?? false,
    phoneRests: faulty.phoneRests ?? minutesOfRest(payment, showing.now),
    ...waysBack(payment, beside === null ? HOW_FAR[screen.kind] : "under_way", {
      payment: payment.id,
      status: payment.status,
    }),
    askShop: isLong(payment, showing.now) ? { payment: payment.id, contact: shop.contact } : null,
    wish: wishOnPage(payment),
    bothAtOnce: payment.overlap === "allow",
    beside,
    embedded: null,
    otherNumber: showing.otherNumber ?? false,
    receipt: isReceipt ? writtenReceipt(paidPaymentOf(payment, shop.taxNumber), { lang, reference, items }) : null,
    mail: what === null || !showing.sendsMail ? null : { what, outcome: null, typed: "", ...faulty.mailed },
    screen,
  } satisfies Omit<PayView, "along">;
  return { ...view, along: drawAlong(view) };
}

/** From then on nobody is asked to wait on the page for how a payment ended. */
const LONG = 10 * MINUTE;

function isLong(payment: Payment, now: Instant): boolean {
  if (payment.attention !== null) return true;
  const live = payment.status === "pending" ? liveAttempt(payment) : null;
  return live !== null && now >= (uncertainSince(live) ?? now) + LONG;
}

/** Since when the customer has nothing to do but wait for SIBS; null: not yet. */
function uncertainSince(attempt: Attempt): Instant | null {
  const { phone, status, method, submittedAt, expiresAt, paidNoticeAt, doubtSince } = attempt;
  const isAsked = status === "pending" && !rulesOf(method).canBeCalledOff;
  return earliest(paidNoticeAt, doubtSince, isAsked ? (phone === null ? submittedAt : expiresAt) : null);
}

/** An authorised payment comes first, where there is one to use; without it there is nothing to be chosen about it. */
function methodsToChoose({ methods }: Payment, mandates: readonly Mandate[]): PayMethod[] {
  const usable = mandates.length > 0 ? methodsOnPage.map(onPageOf).filter(({ isOfMandates }) => isOfMandates) : [];
  const others = methods.map(onPageOf).filter(({ isOfMandates }) => !isOfMandates);
  return [...new Set([...usable, ...others].map(({ shownAs }) => shownAs))];
}

/** The ways that the payment offers and that do not pay this amount, each with what it pays. */
function outOfReach({ methods, amount }: Payment, limits: MethodLimits): PayView["outOfReach"] {
  return methods.flatMap((method) => {
    const limit = limitAgainst(limits, method, amount);
    return limit === null ? [] : { method: onPageOf(method).shownAs, ...limit };
  });
}

/** The screen, but where there is nothing to choose it says so. */
function offering(methods: readonly PayMethod[], screen: PayScreen): PayScreen {
  return screen.kind === "choose" && methods.length === 0 ? { kind: "nothing_to_choose" } : screen;
}

/** How long the phone of a wish that was dropped for that still rests, in minutes; null: it does not. */
function minutesOfRest({ phoneRestsUntil }: Payment, now: Instant): number | null {
  return phoneRestsUntil === null || phoneRestsUntil <= now ? null : Math.ceil((phoneRestsUntil - now) / MINUTE);
}

/** What the customer wants next, as they know it. */
function wishOnPage({ wish }: Payment): PayView["wish"] {
  if (wish === null) return null;
  return { way: onPageOf(wish.method).shownAs, phone: wish.phone === null ? null : maskPhone(wish.phone) };
}

function mandateOnPage(mandate: Mandate, { amount }: Payment): UsableMandate {
  const { id, limit } = mandate;
  const { phone, description } = knownOf(mandate);
  return { id, phone: maskPhone(phone), description, aboveLimit: limit !== null && amount > limit };
}

function cardOnPage(
  payment: Payment,
  { saved, asks, lang }: { saved: readonly SavedCard[]; asks: CardOnPage["asks"]; lang: PageLang },
): CardOnPage {
  return {
    asks,
    countries: asks.includes("billingAddress") ? namedCountries(lang) : [],
    canBeKept: payment.saveCard,
    saved: saved.map(({ id, brand, lastFour, expiry }) => {
      const until = readExpiry(expiry ?? "");
      return { id, brand: brandOf(brand), lastFour: lastFour ?? "", expiry: until === null ? null : expiryText(until) };
    }),
  };
}

/** The shop's own number for it. A plan without one calls its payments by its id, which says nothing to a customer. */
function shownReference({ reference, plan }: Payment): string | null {
  return plan?.id === reference ? null : reference;
}

/** The phone that the shop gave, as people read it. */
function givenPhone({ customer }: Payment): string | null {
  const parsed = parsePhone(customer?.phone ?? "");
  return parsed.ok ? formatPhone(parsed.phone) : null;
}

function screenOf(payment: Payment, at: Standpoint, stay: boolean): PayScreen {
  if (payment.attention !== null) return { kind: "under_review" };
  switch (payment.status) {
    case "paid":
      return screenOfPaid(payment, { amount: payment.amountCaptured, at: payment.paidAt }, stay);
    case "authorized":
      return screenOfPaid(payment, { amount: payment.amountAuthorized, at: heldAt(payment) }, stay);
    case "canceled":
      return { kind: "canceled", givenBack: givenBack(payment) };
    case "expired":
      return { kind: "expired", givenBack: givenBack(payment) };
    case "open":
    case "pending":
      return screenOfUnpaid(payment, at);
  }
}

function screenOfPaid(
  payment: FundedPayment,
  { amount, at }: { readonly amount: Cents; readonly at: Instant },
  stay: boolean,
): PayScreen {
  const { status: kind, amountCaptured, amountRefunded } = payment;
  if (amountRefunded > 0) return { kind: "refunded", amount: amountCaptured, amountRefunded };
  const funded = fundedAttempt(payment);
  return {
    kind,
    method: funded === null ? null : onPageOf(funded.method).shownAs,
    card: funded?.card == null ? null : { brand: brandOf(funded.card.brand), lastFour: funded.card.lastFour },
    amount,
    paidAt: new Date(at).toISOString(),
    returnAfterSeconds: payment.returnUrl === null || stay ? null : RETURN_AFTER_SECONDS,
    givenBack: givenBack(payment),
  };
}

function screenOfUnpaid(payment: Payment, at: Standpoint): PayScreen {
  const { now } = at;
  const claimed = payment.attempts.find(isClaimed);
  if (claimed !== undefined) return screenOfClaimed(payment, claimed, at);
  const live = liveAttempt(payment);
  if (besideOf(payment, now) !== null) {
    const ended = endedBeside(payment);
    return ended === null ? { kind: "choose" } : withoutPhone(screenOfEnded(payment, ended));
  }
  if (live !== null) return onPageOf(live.method).screen(payment, live, at);
  if (now >= payment.expiresAt) return { kind: "expired", givenBack: givenBack(payment) };
  // SIBS is done with the old request; what was wished for meanwhile goes out at this moment.
  const { wish } = payment;
  if (wish !== null && wishIsDue(payment)) return beginning(wish);
  const starts = ({ createdAt, wished }: Attempt) => now < createdAt + (wished ? UNSENT_WISH : ANSWER_LIMIT);
  const starting = payment.attempts.find((one) => one.status === "prepared" && starts(one));
  if (starting !== undefined) return onPageOf(starting.method).screen(payment, starting, at);
  return screenOfEnded(payment, lastEnded(payment));
}

/**
 * SIBS has notified that money moved: nobody is told how to pay any more. Its notification may come before its answer,
 * and a card's one moment, which asks nothing of anybody, goes on until that.
 */
function screenOfClaimed(payment: Payment, claimed: Attempt, at: Standpoint): PayScreen {
  const { shownAs, screen } = onPageOf(claimed.method);
  const isAnsweredSoon = claimed.status === "submitted" && at.now < (claimed.sentAt ?? 0) + ANSWER_LIMIT;
  const own = isAnsweredSoon ? screen(payment, claimed, at) : null;
  return own?.kind === "card_moment" ? own : { kind: "unconfirmed", method: shownAs };
}

function beginning(wish: Wish): PayScreen {
  const { beginning, shownAs } = onPageOf(wish.method);
  return beginning === undefined ? { kind: "unconfirmed", method: shownAs } : beginning(wish);
}

/** The attempt that ended last; null when none has. */
export function lastEnded(payment: Payment): Attempt | null {
  return payment.attempts
    .filter((one) => one.endedAt !== null)
    .reduce<Attempt | null>((last, one) => ((last?.endedAt ?? 0) > (one.endedAt ?? 0) ? last : one), null);
}

/** By what the customer tried to pay last, in their own words for it; null: nothing has ended without money. */
function triedLast(payment: Payment): PayMethod | null {
  const last = lastEnded(payment);
  return last === null ? null : onPageOf(last.method).shownAs;
}

const DECLINED: Readonly<Partial<Record<FailureReason, DeclineReason>>> = {
  declined_by_customer: "refused",
  unknown_phone: "unknown_phone",
  invalid_phone: "unknown_phone",
  insufficient_funds: "no_funds",
  mandate_refused: "mandate_refused",
  unknown_mandate: "mandate_refused",
  declined: "other",
};

const CARD_DECLINED: typeof DECLINED = {
  insufficient_funds: "card_no_funds",
  card_refused: "card_refused",
  card_expired: "card_expired",
  wrong_code: "card_wrong_code",
  issuer_unavailable: "card_issuer_unavailable",
  authentication_failed: "card_not_authenticated",
  not_answered: "card_not_answered",
  declined: "card_refused",
};

function screenOfEnded(payment: Payment, attempt: Attempt | null): PayScreen {
  const reason = attempt?.failure?.reason;
  // Whoever turned away from the bank to pay another way is asked which, and reproached with nothing.
  if (attempt?.leftChallenge === true && reason === "authentication_failed") return { kind: "choose" };
  // The phone that SIBS asked for a mandate is asked again only as MB WAY would.
  const canAsk = attempt !== null && asksFor("phone", payment);
  const phone = canAsk && attempt.phone !== null ? maskPhone(attempt.phone) : null;
  if (reason === "not_answered" && attempt?.phone) return { kind: "not_answered", phone };
  if (reason === "technical" || reason === "not_sent") return { kind: "failed", phone };
  const declined = reason === undefined ? undefined : (attempt?.card ? CARD_DECLINED : DECLINED)[reason];
  return declined === undefined ? { kind: "choose" } : { kind: "declined", reason: declined, phone };
}
