import { type Kind, PROBLEMS_OF_ASKERS } from "./problem-kinds-of-askers.ts";

/**
 * Every problem of the API that is not of HTTP itself (those are `httpProblems`), by the code that stands at the end of
 * its `type`. Each has an entry in `docs/problems.md`.
 */
export const PROBLEMS = {
  ...PROBLEMS_OF_ASKERS,
  idempotency_key_missing: {
    status: 400,
    title: "The Idempotency-Key header is missing, too long, or sent more than once.",
    remedy:
      "Send the header `Idempotency-Key` once, with 1 to 255 characters: a new one for each thing you want, the same one when you repeat a request.",
  },
  notification_unreadable: {
    status: 400,
    title: "The notification cannot be opened.",
    remedy:
      "If it came from SIBS, compare SIBS_WEBHOOK_SECRET with the secret in SIBS Backoffice: SIBS sends it again. Anybody else's can be ignored.",
  },
  refund_limit: {
    status: 403,
    title: "The refund goes beyond what this API key, or this person, may give back.",
    remedy:
      "Refund less: `left` says how much may still be given back, `of` whether of this payment or today. Or use a key, or ask a colleague, with a higher limit.",
  },
  capture_limit: {
    status: 403,
    title: "The capture goes beyond what this API key, or this person, may capture.",
    remedy:
      "Capture less: `left` says how much may still be captured, `of` whether of this payment or today. Or use a key, or ask a colleague, with a higher limit.",
  },
  second_person: {
    status: 403,
    title: "Another person must decide about this refund.",
    remedy:
      "Ask a colleague who may refund: whoever asked for a refund neither approves nor refuses it, but may withdraw it.",
  },
  only_requester: {
    status: 403,
    title: "Only whoever asked for this refund withdraws it.",
    remedy: "Refuse it instead: `POST /v1/approvals/{id}/refuse`, with why.",
  },
  not_found: {
    status: 404,
    title: "There is nothing at this address.",
    remedy:
      "Check the id and the path: ids are never reused, and nothing is ever deleted but event endpoints, API keys, and events once the days are over for which they are kept.",
  },
  approval_over: {
    status: 409,
    title: "This refund does not wait any more.",
    remedy:
      "Read it: it was approved, refused, or has expired after seven days. Ask for the refund anew if it is wanted.",
  },
  requester_gone: {
    status: 409,
    title: "Whoever asked for this refund may not ask for it any more.",
    remedy:
      "Refuse it. Their role was taken away, or they are at work no more: whoever wants the refund asks for it anew.",
  },
  attempt_in_progress: {
    status: 409,
    title: "Another attempt is under way.",
    remedy:
      "Wait until it ends, in `secondsLeft` seconds at most when that is given: a request on a phone cannot be called off.",
  },
  attempt_in_doubt: {
    status: 409,
    title: "It is not yet known whether an earlier attempt was paid.",
    remedy:
      "Do not ask the customer to pay again. SIBS is being asked what became of it; try again when the attempt has ended.",
  },
  terminal_not_served: {
    status: 409,
    title: "Its terminal is not set up in this server.",
    remedy:
      "Nothing is charged, given back or asked at another terminal. Put the terminal that `terminal` names back into the file of CARAVELA_TERMINALS, or set SIBS_TERMINAL_ID to it, and start the server again.",
  },
  payment_already_paid: {
    status: 409,
    title: "The payment is already paid.",
    remedy: "Nothing more is needed. To give money back, refund it.",
  },
  payment_canceled: {
    status: 409,
    title: "The payment is canceled.",
    remedy: "Make a new payment.",
  },
  payment_expired: {
    status: 409,
    title: "The payment has expired.",
    remedy: "Make a new payment, with a later `expiresAt` if the customer needs more time.",
  },
  payment_needs_attention: {
    status: 409,
    title: "The payment needs a person's attention.",
    remedy: "A person has to compare it with SIBS Backoffice before anything else is charged.",
  },
  too_many_attempts: {
    status: 409,
    title: "There were too many attempts to pay this payment.",
    remedy: "Make a new payment.",
  },
  attempt_not_approved: {
    status: 422,
    title: "This attempt took no money that could be given back.",
    remedy: "Read the payment: only of an attempt that is `approved` can something be given back.",
  },
  attempt_in_sums: {
    status: 422,
    title: "This attempt's money is in the payment's sums.",
    remedy: "Refund the payment instead: `POST /v1/payments/{id}/refunds`, or cancel what is held.",
  },
  return_exceeds_taken: {
    status: 422,
    title: "More cannot be given back than the attempt took.",
    remedy:
      "Give back less: the problem says how much is left. What went back already, or is under way or in doubt, counts.",
  },
  operation_not_in_doubt: {
    status: 409,
    title: "It is known, or not yet in doubt, what became of this operation.",
    remedy:
      "Read the payment. Only what is in doubt, or waits because SIBS has not taken it, can be settled by a person.",
  },
  contradicted_by_sibs: {
    status: 409,
    title: "SIBS says otherwise.",
    remedy:
      "Read the payment again: what SIBS says, which is in `sibs`, has been recorded. If SIBS is wrong, ask SIBS; it cannot be overruled here.",
  },
  no_attention: {
    status: 409,
    title: "The payment needs no attention.",
    remedy: "Nothing is to be done: somebody resolved it already, or it became known what had happened.",
  },
  sibs_unavailable: {
    status: 503,
    title: "SIBS cannot be asked at the moment.",
    remedy:
      "Nothing has changed. Try again later with the same Idempotency-Key: SIBS is asked before a person's word is taken.",
  },
  customer_live: {
    status: 409,
    title: "Something of this customer's is not over yet.",
    remedy:
      "Do what `errors` says, which names all that is not over by its id (`live` has the same for programs: each `id`, and `why`), or wait; then ask again with a new Idempotency-Key.",
  },
  customer_erased: {
    status: 409,
    title: "The customer of this payment was erased.",
    remedy: "Make a new payment.",
  },
  attempt_over: {
    status: 409,
    title: "The attempt is over.",
    remedy: "Read the payment, and start a new attempt if it is unpaid.",
  },
  mandate_over: {
    status: 409,
    title: "The mandate is over.",
    remedy: "Nothing can be charged by it any more: ask the customer for a new one.",
  },
  too_many_plans: {
    status: 409,
    title: "Too many plans charge this mandate.",
    remedy: "Cancel one that is not needed any more.",
  },
  plan_over: {
    status: 409,
    title: "The plan is over.",
    remedy:
      "It makes no more payments. Of a plan that has ended, one that is still unpaid is tried again until you cancel that payment. Make a new plan if the customer is to be charged again.",
  },
  charge_not_next: {
    status: 409,
    title: "This period's charge is not the next one.",
    remedy: "Read the plan: `nextCharge` is the one that can be skipped. What is charged already can be refunded.",
  },
  mandate_in_progress: {
    status: 409,
    title: "The customer is being asked for this authorised payment already.",
    remedy:
      "Have them look at their phone: `mandate` names the one that waits, for `secondsLeft` more seconds. Ask again when it has ended.",
  },
  idempotency_in_flight: {
    status: 409,
    title: "The first request with this key is still being carried out.",
    remedy: "Ask again with the same key after as many seconds as `Retry-After` says.",
  },
  idempotency_key_reused: {
    status: 422,
    title: "This key was used with another request.",
    remedy: "Use a new key for a new request; repeat a request with the body it had the first time.",
  },
  method_not_served: {
    status: 422,
    title: "This way to pay is not served.",
    remedy:
      "Use a method that this server serves: `mbway`, `multibanco` or `card`, for an attempt by a saved card `token`, by an authorised payment `mandate`.",
  },
  method_not_offered: {
    status: 422,
    title: "This payment does not offer this way to pay.",
    remedy: "Use one of the payment's own `methods`, or make a payment that offers this one.",
  },
  not_possible: {
    status: 422,
    title: "The request is not possible.",
    remedy: "Change the field that is named as its message says.",
  },
  card_not_valid: {
    status: 422,
    title: "The card cannot be used as it was given.",
    remedy: "Have the fields that are named corrected; what stood in them is repeated nowhere.",
  },
  too_many_card_tries: {
    status: 429,
    title: "There were too many tries to pay by card.",
    remedy: "Wait an hour, or pay by another method. Nothing was asked of SIBS. The limits are settings of the server.",
  },
  phone_asked_too_often: {
    status: 429,
    title: "This phone was asked too often within a few minutes.",
    remedy:
      "Wait as many seconds as `Retry-After` says, or pay by another method. The phone was not asked. What its owner approved does not count. The limit is a setting of the server.",
  },
  customer_missing: {
    status: 422,
    title: "SIBS must know whose card it is.",
    remedy: "Say name, e-mail and billing address in the payment's `customer`, or in the attempt's.",
  },
  unknown_token: {
    status: 422,
    title: "There is no such saved card.",
    remedy: "Use a saved card of the payment's own customer: `GET /v1/tokens?customer=` lists them.",
  },
  mandate_not_periodic: {
    status: 422,
    title: "The customer agreed to single purchases by this mandate, not to periodic charges.",
    remedy: "Ask for a mandate of type `subscription` to make a plan on it.",
  },
  plan_exceeds_limit: {
    status: 422,
    title: "The plan's amount exceeds the limit that the customer set.",
    remedy: "Charge less, or ask the customer to raise the limit in the MB WAY app.",
  },
  unknown_mandate: {
    status: 422,
    title: "There is no such authorised payment.",
    remedy: "Use an authorised payment of the payment's own customer: `GET /v1/mandates` lists them.",
  },
  mandate_not_active: {
    status: 409,
    title: "The authorised payment is not active.",
    remedy:
      "Only an active one can be charged: wait until the customer has agreed, or has taken it up again; ask for a new one when it is over.",
  },
  method_cannot_hold: {
    status: 422,
    title: "This way to pay cannot hold money first.",
    remedy: "Use a card, MB WAY or an authorised payment, or make a payment that is captured automatically.",
  },
  amount_beyond_method: {
    status: 422,
    title: "This way to pay cannot be used for this amount.",
    remedy: "Use another method. What each pays is a setting of the server, `SIBS_METHOD_LIMITS`.",
  },
  nothing_to_capture: {
    status: 422,
    title: "There is nothing to capture.",
    remedy:
      "Nothing is held, or all of it is captured, given up, or about to be: read the payment's sums and `captures`.",
  },
  capture_exceeds_authorized: {
    status: 422,
    title: "The capture exceeds what is held.",
    remedy: "Capture less: the problem says how much is left. What is under way or in doubt counts as captured.",
  },
  capture_refused: {
    status: 422,
    title: "SIBS refused the capture.",
    remedy: "Nothing was captured. SIBS's own code is in `failure`; ask SIBS, or have the customer pay anew.",
  },
  nothing_to_cancel: {
    status: 422,
    title: "There is nothing to cancel.",
    remedy:
      "Nothing is held, or all of it is captured, given up, or about to be: read the payment's sums, `captures` and `cancellations`.",
  },
  cancellation_exceeds_authorized: {
    status: 422,
    title: "The cancellation exceeds what is held.",
    remedy: "Give up less: the problem says how much is still held.",
  },
  cancellation_refused: {
    status: 422,
    title: "SIBS refused the cancellation.",
    remedy: "The money is still held. SIBS's own code is in `failure`; a hold that is not captured ends by itself.",
  },
  nothing_to_refund: {
    status: 422,
    title: "There is nothing to refund.",
    remedy: "Nothing was captured, or all of it is refunded or being refunded: read the payment's sums and `refunds`.",
  },
  refund_exceeds_captured: {
    status: 422,
    title: "The refund exceeds what was captured.",
    remedy: "Refund less: the problem says how much is left. What is under way or in doubt counts as given back.",
  },
} as const satisfies Record<string, Kind>;

export type ProblemCode = keyof typeof PROBLEMS;
