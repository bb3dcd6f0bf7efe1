import type { Http } from "@caravela/platform/http";
import type { Problem } from "@caravela/platform/problems";
import { Type } from "typebox";
import { type BeginsAttempts, beginAttempt } from "../attempts/begin.ts";
import { type ContinuesAttempts, continueAtSibs } from "../attempts/continue.ts";
import type { Caller } from "../domain/api-key.ts";
import { asPaymentId } from "../domain/identifiers.ts";
import { rulesOf } from "../domain/methods/index.ts";
import type { Attempt } from "../domain/payment/attempt.ts";
import type { Payment } from "../domain/payment/state.ts";
import type { Idempotency } from "../http/idempotency.ts";
import { problem, problemOf } from "../http/problems.ts";
import { answers, pageOfSchema, pageQuery, params } from "../http/schemas.ts";
import { chosenTerminal, EMPTY_PAGE, ownFilter, type ServesTerminals } from "../http/whose.ts";
import type { ListsPayments, PortsOf, ReadsMandates, ReadsPayments } from "../storage/ports.ts";
import { type ChargesSavedCards, chargeSavedCard, checkSavedCard, withSavedCard } from "./charge-saved-card.ts";
import { createPayment } from "./create-payment.ts";
import { paymentFilters, readPaymentFilter } from "./list-filter.ts";
import { checkMandates, withMandate } from "./named-mandate.ts";
import { presentAttempt, presentPayment, type ShowsPayments } from "./present.ts";
import { withoutCard } from "./read-card.ts";
import { readAttempt, readCreate, readMethod } from "./read-request.ts";
import { attemptBody, attemptSchema, continueBody, createBody, paymentSchema } from "./schemas.ts";

/** What the routes of payments may touch. */
export type ServesPayments = ChargesSavedCards &
  BeginsAttempts &
  ContinuesAttempts &
  ReadsMandates &
  ListsPayments &
  ServesTerminals;

const tags = ["Payments"];

/** What a shop asks for: payments, read and made, and the attempts to pay them. */
export function paymentRoutes(
  http: Http,
  portsOf: PortsOf<ServesPayments>,
  { idempotency }: { readonly idempotency: Idempotency },
): void {
  const choose = (ports: ServesPayments, caller: Caller) => (named: string | null) =>
    chosenTerminal(ports, caller, named).id;

  idempotency.post(
    http,
    "/v1/payments",
    {
      tags,
      operationId: "createPayment",
      summary: "Create a payment",
      body: createBody,
      response: answers({ 201: paymentSchema }),
    },
    {
      scope: "payments:write",
      audited: "people",
      problems: [
        "not_possible",
        "method_not_served",
        "method_cannot_hold",
        "amount_beyond_method",
        "terminal_not_served",
        "unknown_token",
        "unknown_mandate",
      ],
      keepsToTerminal: true,
      carryOut: async ({ body, caller }, key) => {
        if (caller.person !== null && body.initiator === "merchant") throw forPrograms("/initiator");
        const ports = portsOf(caller);
        const asked = await checkSavedCard(ports, readCreate(body, nowOf(ports), choose(ports, caller)));
        const wanted = await checkMandates(ports, asked);
        const create = wanted.initiator === "merchant" ? chargeSavedCard : createPayment;
        return { status: 201, body: present(ports, await create(ports, wanted, key)) };
      },
      recall: async ({ caller }, id) => ({ status: 201, body: await show(portsOf(caller), id) }),
    },
  );

  http.get(
    "/v1/payments",
    {
      schema: {
        tags,
        operationId: "listPayments",
        summary: "List payments, newest first",
        querystring: Type.Object({ ...pageQuery, ...paymentFilters }),
        response: answers({ 200: pageOfSchema(paymentSchema) }),
      },
      config: {
        scope: "payments:read",
        keepsToTerminal: true,
        filterFaults: (query) => readPaymentFilter(query).faults,
      },
    },
    async ({ query, caller }) => {
      const ports = portsOf(caller);
      const filter = ownFilter(caller, readPaymentFilter(query).filter);
      const page = filter === null ? EMPTY_PAGE : await ports.payments.list(filter, query);
      return { ...page, data: page.data.map((payment) => present(ports, payment)) };
    },
  );

  http.get(
    "/v1/payments/:id",
    {
      schema: {
        tags,
        operationId: "getPayment",
        summary: "Read a payment",
        params,
        response: answers({ 200: paymentSchema }),
      },
      config: { scope: "payments:read" },
    },
    ({ params: { id }, caller }) => show(portsOf(caller), id),
  );

  idempotency.post(
    http,
    "/v1/payments/:id/attempts",
    {
      tags,
      operationId: "startAttempt",
      summary: "Start an attempt",
      params,
      body: attemptBody,
      response: answers({ 201: attemptSchema }),
    },
    {
      scope: "payments:write",
      audited: "people",
      problems: [
        "method_not_served",
        "not_possible",
        "method_not_offered",
        "method_cannot_hold",
        "amount_beyond_method",
        "too_many_attempts",
        "attempt_in_progress",
        "attempt_in_doubt",
        "attempt_over",
        "payment_already_paid",
        "payment_canceled",
        "payment_expired",
        "payment_needs_attention",
        "customer_erased",
        "terminal_not_served",
        "card_not_valid",
        "customer_missing",
        "too_many_card_tries",
        "phone_asked_too_often",
        "unknown_token",
        "unknown_mandate",
        "mandate_not_active",
      ],
      traceOf: withoutCard,
      carryOut: async ({ params: { id }, body, caller }, key) => {
        const method = readMethod(body.method, "/method");
        if (caller.person !== null && !rulesOf(method).asksCustomer) throw forPrograms("/method");
        const ports = portsOf(caller);
        const payment = await find(ports, id);
        const asked = readAttempt(body, payment, ports);
        const { command, inHand } = await withMandate(ports, payment, await withSavedCard(ports, payment, asked));
        const begun = await beginAttempt(ports, payment.id, command, { key, inHand });
        if ("refused" in begun) throw problemOf(begun);
        return { status: 201, body: presentAttempt(begun.payment, begun.attempt, nowOf(ports)) };
      },
      recall: async ({ params: { id }, caller }, attempt) => ({
        status: 201,
        body: await showAttempt(portsOf(caller), id, attempt),
      }),
    },
  );

  idempotency.post(
    http,
    "/v1/payments/:id/attempts/:attempt/continue",
    {
      tags,
      operationId: "continueAttempt",
      summary: "Continue an attempt",
      params: Type.Object({ id: Type.String(), attempt: Type.String() }),
      body: continueBody,
      response: answers({ 200: attemptSchema }),
    },
    {
      scope: "payments:write",
      audited: "people",
      carryOut: async ({ params: { id, attempt }, body, caller }) => {
        const ports = portsOf(caller);
        const payment = await find(ports, id);
        await continueAtSibs(ports, payment.id, attemptOf(payment, attempt).id, body);
        return { status: 200, body: await showAttempt(ports, id, attempt) };
      },
      recall: async ({ params: { id, attempt }, caller }) => ({
        status: 200,
        body: await showAttempt(portsOf(caller), id, attempt),
      }),
    },
  );
}

/** A person at work asks a customer to pay; what charges them without being asked, or takes a card, a program does. */
function forPrograms(field: string): Problem {
  const detail = "Only a program may charge somebody who is not asked, or by a card's number, by an API key.";
  return problem("role_missing", detail, { field, members: { roles: [] } });
}

/** What the clock shows, in milliseconds. */
export function nowOf({ clock }: Pick<ShowsPayments, "clock">): number {
  return clock.now().getTime();
}

/** A payment as the API shows it now. */
export function present(ports: ShowsPayments, payment: Payment) {
  return presentPayment(payment, nowOf(ports), ports.settings.publicUrl);
}

/** The same, by its id. @throws Problem 404. */
export async function show(ports: ShowsPayments & ReadsPayments, id: string) {
  return present(ports, await find(ports, id));
}

/** An attempt as the API shows it now. @throws Problem 404. */
export async function showAttempt(ports: Pick<ShowsPayments, "clock"> & ReadsPayments, id: string, attempt: string) {
  return presentOne(await find(ports, id), attempt, nowOf(ports));
}

/** @throws Problem 404. */
export async function find(ports: ReadsPayments, id: string): Promise<Payment> {
  const known = asPaymentId(id);
  const payment = known === null ? null : await ports.payments.load(known);
  if (payment === null) throw problem("not_found", "There is no payment of this id.");
  return payment;
}

/** @throws Problem 404. */
export function attemptOf(payment: Payment, id: string): Attempt {
  const attempt = payment.attempts.find((one) => one.id === id);
  if (attempt === undefined) throw problem("not_found", "There is no attempt of this id.");
  return attempt;
}

/** An attempt as the API shows it. @throws Problem 404. */
export function presentOne(payment: Payment, id: string, now: number) {
  return presentAttempt(payment, attemptOf(payment, id), now);
}
