import { type FieldError, Problem } from "@caravela/platform/problems";
import type { Live } from "../domain/erasing.ts";
import type { Limited } from "../domain/limit.ts";
import { describeLimit } from "../domain/methods/limits.ts";
import type { Refusal, SaidBySibs } from "../domain/refusal.ts";
import { PROBLEMS, type ProblemCode } from "./problem-kinds.ts";
import type { Membered, MembersOf } from "./problem-members.ts";

interface Details {
  readonly field?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A problem whose code has members of its own must have them, and no other has any. */
type DetailsOf<Code extends ProblemCode> = Code extends Membered
  ? [details: Details & { readonly members: MembersOf<Code> }]
  : [details?: Details & { readonly members?: undefined }];

/** A problem to throw: what happened and what to do next, in a sentence; the field at fault where there is one. */
export function problem<Code extends ProblemCode>(
  code: Code,
  detail: string,
  ...[details = {}]: DetailsOf<Code>
): Problem {
  const { status, title } = PROBLEMS[code];
  return new Problem({
    code,
    status,
    title,
    detail,
    errors: details.field === undefined ? [] : [{ field: details.field, message: detail }],
    headers: details.headers,
    members: details.members,
  });
}

/** Some fields that cannot be as they are, each with what is to be changed: all at once. */
export function notPossible(errors: readonly FieldError[]): Problem {
  const { status, title } = PROBLEMS.not_possible;
  const detail = errors.map(({ field, message }) => `${field} ${message}.`).join(" ");
  return new Problem({ code: "not_possible", status, title, detail, errors });
}

/** What a refused command is to the caller. */
export function problemOf(refusal: Refusal): Problem {
  switch (refusal.refused) {
    case "attempt_in_progress":
      return problem("attempt_in_progress", "Wait until it ends; it cannot be called off.", {
        members: { attempt: refusal.attempt, secondsLeft: refusal.secondsLeft },
      });
    case "attempt_in_doubt":
      return problem("attempt_in_doubt", "SIBS is being asked; try again when the attempt has ended.", {
        members: { attempt: refusal.attempt },
      });
    case "terminal_not_served":
      return problem("terminal_not_served", `It is of terminal ${refusal.terminal}: set that terminal up here again.`, {
        members: { terminal: refusal.terminal },
      });
    case "reference_must_be_withdrawn":
    case "attempt_meanwhile":
      return problem("attempt_in_progress", "Another request was quicker; read the payment and decide again.", {
        members: {},
      });
    case "too_many_attempts":
      return problem("too_many_attempts", "Make a new payment.");
    case "method_not_offered":
      return problem("method_not_offered", "Use one of the payment's methods.", { field: "/method" });
    case "amount_beyond_method": {
      const pays = describeLimit(refusal);
      return problem("amount_beyond_method", `It pays amounts ${pays}: use another method.`, { field: "/method" });
    }
    case "payment_already_paid":
      return problem("payment_already_paid", "Nothing more is needed; to give money back, refund it.");
    case "payment_canceled":
      return problem("payment_canceled", "Make a new payment.");
    case "payment_expired":
      return problem("payment_expired", "Make a new payment.");
    case "payment_needs_attention":
      return problem("payment_needs_attention", "Compare it with SIBS Backoffice before anything else is charged.");
    case "method_cannot_hold":
      return problem("method_cannot_hold", "Use another method, or a payment captured automatically.", {
        field: "/method",
      });
    case "nothing_to_capture":
      return problem("nothing_to_capture", "Nothing is held, or all of it is captured, given up, or about to be.");
    case "capture_exceeds_authorized":
      return problem("capture_exceeds_authorized", `At most ${refusal.capturable} cents can still be captured.`, {
        field: "/amount",
      });
    case "nothing_to_cancel":
      return problem("nothing_to_cancel", "Nothing is held, or all of it is captured, given up, or about to be.");
    case "cancellation_exceeds_authorized":
      return problem("cancellation_exceeds_authorized", `At most ${refusal.capturable} cents are still held.`, {
        field: "/amount",
      });
    case "nothing_to_refund":
      return problem("nothing_to_refund", "Nothing was captured, or all of it is refunded or being refunded.");
    case "refund_exceeds_captured":
      return problem("refund_exceeds_captured", `At most ${refusal.refundable} cents can still be refunded.`, {
        field: "/amount",
      });
    case "refund_limit":
    case "capture_limit":
      return problem(refusal.refused, withinLimit(refusal), {
        field: "/amount",
        members: { of: refusal.of, left: refusal.left },
      });
    case "touch_required":
      return touchRequired(`Beyond ${refusal.above} cents ${TOUCH_OF[refusal.of]}, touch your passkey first`);
    case "second_person":
    case "own_approval":
      return problem("second_person", "Ask a colleague who may refund to approve it.");
    case "not_own_approval":
      return problem("only_requester", "Refuse it, if it shall not be made.");
    case "approval_over":
      return problem("approval_over", `It is ${refusal.status}: nothing is to be decided any more.`, {
        members: { approvalStatus: refusal.status },
      });
    case "requester_gone":
      return problem("requester_gone", "Refuse it, and ask for the refund yourself if it is still wanted.");
    case "nothing_to_return":
      return NOTHING_TO_RETURN[refusal.why]();
    case "return_exceeds_taken":
      return problem("return_exceeds_taken", `At most ${refusal.returnable} cents can still be given back.`, {
        field: "/amount",
      });
    case "operation_not_in_doubt":
      return problem("operation_not_in_doubt", `It is ${refusal.status}: nothing is to be settled by a person.`);
    case "contradicted_by_sibs":
      return contradicted(refusal.report);
    case "no_attention":
      return problem("no_attention", "It was resolved already, or it became known what had happened.");
    case "settle_needs":
      return notPossible(refusal.members.map((member) => ({ field: `/${member}`, message: SETTLE_NEEDS[member] })));
    case "other_transaction":
      return problem("not_possible", `SIBS's transaction of this attempt is ${refusal.transactionId}.`, {
        field: "/transactionId",
      });
    case "anothers_transaction":
      return problem("not_possible", ANOTHERS_TRANSACTION[refusal.says], { field: "/transactionId" });
    case "sibs_not_asked":
      return problem("sibs_unavailable", "SIBS is asked before a person's word is taken, and did not answer.");
    case "customer_live":
      return customerLive(refusal.live);
    case "customer_erased":
      return problem("customer_erased", "Make a new payment for whoever pays.");
    case "attempt_over":
      return problem("attempt_over", "Read the payment, and start a new attempt if it is unpaid.");
    case "card_forgotten":
      return problem("unknown_token", "This saved card was forgotten meanwhile: use another.", { field: "/token" });
    case "too_many_card_tries":
      return problem("too_many_card_tries", "Wait an hour, or pay by another method.", {
        headers: { "Retry-After": "3600" },
      });
    case "phone_asked_too_often":
      return problem("phone_asked_too_often", "Wait as long as `Retry-After` says, or pay by another method.", {
        headers: { "Retry-After": String(refusal.secondsLeft) },
        members: { secondsLeft: refusal.secondsLeft },
      });
    case "mandate_over":
      return problem("mandate_over", `The mandate is ${refusal.status}: ask the customer for a new one.`);
    case "mandate_not_active":
      return problem("mandate_not_active", `It is ${refusal.status}: have the customer pay by another way.`, {
        field: "/mandate",
        members: { mandate: refusal.mandate, mandateStatus: refusal.status },
      });
    case "mandate_not_periodic":
      return problem("mandate_not_periodic", "Ask for a mandate of type `subscription`.");
    case "plan_exceeds_limit":
      return problem("plan_exceeds_limit", `The customer's limit is ${refusal.limit} cents a month: charge less.`, {
        field: "/amount",
      });
    case "plan_after_mandate":
      return problem("not_possible", `The mandate ends on ${refusal.validUntil}: begin before.`, {
        field: "/firstDate",
      });
    case "too_many_plans":
      return problem("too_many_plans", `At most ${refusal.most} plans charge one mandate: cancel one.`);
    case "plan_over":
      return problem("plan_over", `The plan is ${refusal.status}: make a new one.`);
    case "charge_not_next":
      return problem("charge_not_next", `The next charge is that of period ${refusal.next}.`, { field: "/period" });
  }
}

/** @param what is wanted, and for what. */
export function touchRequired(what: string): Problem {
  return problem("touch_required", `${what}: \`/dashboard/touch\`, or \`POST /v1/session/touch-options\`.`);
}

const TOUCH_OF = { payment: "of one payment", day: "within your day" } as const;

function withinLimit({ refused, of, left }: Extract<Refusal, { refused: `${Limited}_limit` }>): string {
  const done = refused === "refund_limit" ? "given back" : "captured";
  return of === "payment"
    ? `Within your limit ${left} cents of this payment can still be ${done}.`
    : `Within your limit ${left} cents can still be ${done} today.`;
}

/** All that keeps a customer from being erased, each by its identifier. */
function customerLive(live: readonly Live[]): Problem {
  const { status, title } = PROBLEMS.customer_live;
  const errors = live.map(({ id, why }) => ({ field: id, message: STILL_LIVE[why] }));
  return new Problem({
    code: "customer_live",
    status,
    title,
    detail: "`errors` says what is not over yet.",
    errors,
    members: { live: live.map(({ id, why }) => ({ id, why })) } satisfies MembersOf<"customer_live">,
  });
}

const STILL_LIVE: Readonly<Record<Live["why"], string>> = {
  attempt_under_way: "is under way: wait until it has ended",
  attempt_claimed: "was notified as paid, and SIBS has not confirmed it: wait until it is known",
  reference_being_withdrawn: "is a reference that is being withdrawn at SIBS: wait until that is done",
  new_request_wanted: "waits to ask its customer anew: cancel it, or wait until that has ended",
  charged_again: "is charged again by itself: cancel it",
  operation_under_way: "is under way or in doubt: wait, or settle it where a person must",
  money_held: "holds money: capture it, or give it up",
  money_owed: "owes its customer money, or you: wait until SIBS has done it, or settle it",
  needs_attention: "needs a person's attention: settle or resolve it",
  mandate_live: "is asked for or can be charged: cancel it",
  mandate_asked_about:
    "is over, and SIBS has not confirmed that yet: wait until it has, a day at most where nobody agreed",
  plan_live: "is not over: cancel it",
};

const NOTHING_TO_RETURN = {
  in_sums: () => problem("attempt_in_sums", "Refund the payment instead, or cancel what is held of it."),
  not_approved: () =>
    problem("attempt_not_approved", "Only of an attempt that is approved can something be given back."),
  amount_unknown: () =>
    problem(
      "not_possible",
      "SIBS did not say legibly how much was taken: settle the attempt as approved, with its amount.",
    ),
} as const;

const SETTLE_NEEDS = {
  amount: "must say what was paid, in whole cents",
  transactionId:
    "must be SIBS's id of the transaction, as SIBS Backoffice shows it: without it nothing could be refunded",
} as const;

const ANOTHERS_TRANSACTION = {
  we: "This transaction of SIBS's is of another attempt or operation.",
  sibs: "SIBS says that this transaction is of another order.",
} as const;

/** What SIBS says stands in the answer, so that the person can see it. */
function contradicted({ paymentStatus, paymentType, amount, transactionId, code }: SaidBySibs): Problem {
  const readable = amount === "unreadable" ? null : amount;
  return problem("contradicted_by_sibs", "What SIBS says is in `sibs`, and has been recorded.", {
    members: { sibs: { paymentStatus, paymentType, amount: readable, transactionId, code } },
  });
}
