import type { Http } from "@caravela/platform/http";
import { Type } from "typebox";
import { type BeginsAttempts, beginAttempt } from "../attempts/begin.ts";
import { type ContinuesAttempts, continueAtSibs } from "../attempts/continue.ts";
import { asPaymentId } from "../domain/identifiers.ts";
import type { Attempt } from "../domain/payment/attempt.ts";
import type { Payment } from "../domain/payment/state.ts";
import type { Idempotency } from "../http/idempotency.ts";
import { problem, problemOf } from "../http/problems.ts";
import { answers, pageOfSchema, pageQuery, params, text } from "../http/schemas.ts";
import { chosenTerminal, type ServesTerminals } from "../http/whose.ts";
import type { ListsPayments, ReadsMandates, ReadsPayments } from "../storage/ports.ts";
import { type ChargesSavedCards, chargeSavedCard, checkSavedCard, withSavedCard } from "./charge-saved-card.ts";
import { createPayment } from "./create-payment.ts";
import { checkMandates, withMandate } from "./named-mandate.ts";
import { presentAttempt, presentPayment } from "./present.ts";
import { withoutCard } from "./read-card.ts";
import { readAttempt, readCreate } from "./read-request.ts";
import { attemptBody, attemptSchema, continueBody, createBody, paymentSchema, paymentStatus } from "./schemas.ts";

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
  ports: ServesPayments,
  { idempotency }: { readonly idempotency: Idempotency },
): void {
  const now = () => ports.clock.now().getTime();
  const choose = (named: string | null) => chosenTerminal(ports, { terminal: null }, named).id;
  const present = (payment: Payment) => presentPayment(payment, now(), ports.settings.publicUrl);
  const showAttempt = async (id: string, attempt: string) => presentOne(await find(ports, id), attempt, now());

  idempotency.post(
    http,
    "/v1/payments",
    {
      tags,
      summary: "Create a payment",
      body: createBody,
      response: answers({ 201: paymentSchema }),
    },
    {
      carryOut: async ({ body }, key) => {
        const asked = await checkSavedCard(ports, readCreate(body, now(), choose));
        const wanted = await checkMandates(ports, asked);
        const create = wanted.initiator === "merchant" ? chargeSavedCard : createPayment;
        return { status: 201, body: present(await create(ports, wanted, key)) };
      },
      recall: async (_request, id) => ({ status: 201, body: present(await find(ports, id)) }),
    },
  );

  http.get(
    "/v1/payments",
    {
      schema: {
        tags,
        summary: "List payments, newest first",
        querystring: Type.Object({
          ...pageQuery,
          reference: Type.Optional(text(100, "Your own reference.")),
          status: Type.Optional(paymentStatus),
          mandate: Type.Optional(text(40, "The authorised payment that it was charged by.")),
          plan: Type.Optional(text(40, "The plan that made it.")),
        }),
        response: answers({ 200: pageOfSchema(paymentSchema) }),
      },
    },
    async (request) => {
      const page = await ports.payments.list(request.query);
      return { ...page, data: page.data.map(present) };
    },
  );

  http.get(
    "/v1/payments/:id",
    { schema: { tags, summary: "Read a payment", params, response: answers({ 200: paymentSchema }) } },
    async (request) => present(await find(ports, request.params.id)),
  );

  idempotency.post(
    http,
    "/v1/payments/:id/attempts",
    {
      tags,
      summary: "Start an attempt",
      params,
      body: attemptBody,
      response: answers({ 201: attemptSchema }),
    },
    {
      traceOf: withoutCard,
      carryOut: async ({ params: { id }, body }, key) => {
        const payment = await find(ports, id);
        const asked = readAttempt(body, payment, ports.clock.now());
        const { command, inHand } = await withMandate(ports, payment, await withSavedCard(ports, payment, asked));
        const begun = await beginAttempt(ports, payment.id, command, { key, inHand });
        if ("refused" in begun) throw problemOf(begun);
        return { status: 201, body: presentAttempt(begun.payment, begun.attempt, now()) };
      },
      recall: async ({ params: { id } }, attempt) => ({ status: 201, body: await showAttempt(id, attempt) }),
    },
  );

  idempotency.post(
    http,
    "/v1/payments/:id/attempts/:attempt/continue",
    {
      tags,
      summary: "Continue an attempt",
      params: Type.Object({ id: Type.String(), attempt: Type.String() }),
      body: continueBody,
      response: answers({ 200: attemptSchema }),
    },
    {
      carryOut: async ({ params: { id, attempt }, body }) => {
        const payment = await find(ports, id);
        await continueAtSibs(ports, payment.id, attemptOf(payment, attempt).id, body);
        return { status: 200, body: await showAttempt(id, attempt) };
      },
      recall: async ({ params: { id, attempt } }) => ({ status: 200, body: await showAttempt(id, attempt) }),
    },
  );
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
