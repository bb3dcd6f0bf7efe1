import type { Http } from "@caravela/platform/http";
import type { Pool } from "@caravela/platform/postgres/pool";
import { Type } from "typebox";
import { beginAttempt } from "../attempts/begin.ts";
import { continueAtSibs } from "../attempts/continue.ts";
import type { Attempt } from "../domain/payment/attempt.ts";
import type { Payment } from "../domain/payment/state.ts";
import type { Idempotency } from "../http/idempotency.ts";
import { problem, problemOf } from "../http/problems.ts";
import { answers, idempotencyHeaders, pageOfSchema, pageQuery, params, text } from "../http/schemas.ts";
import type { Services } from "../services.ts";
import type { Answer } from "../storage/keys.ts";
import { isId } from "../storage/paging.ts";
import { chargeSavedCard, checkSavedCard, withSavedCard } from "./charge-saved-card.ts";
import { createPayment } from "./create-payment.ts";
import { listPayments } from "./list-payments.ts";
import { checkMandates, withMandate } from "./named-mandate.ts";
import { presentAttempt, presentPayment } from "./present.ts";
import { withoutCard } from "./read-card.ts";
import { readAttempt, readCreate } from "./read-request.ts";
import { attemptBody, attemptSchema, continueBody, createBody, paymentSchema, paymentStatus } from "./schemas.ts";

const tags = ["Payments"];

/** What a shop asks for: payments, read and made, and the attempts to pay them. */
export function paymentRoutes(
  http: Http,
  services: Services,
  { pool, idempotency }: { pool: Pool; idempotency: Idempotency },
): void {
  const now = () => services.clock.now().getTime();
  const present = (payment: Payment) => presentPayment(payment, now(), services.settings.publicUrl);
  const recall = async (id: string): Promise<Answer> => ({ status: 201, body: present(await find(services, id)) });

  http.post(
    "/v1/payments",
    {
      schema: {
        tags,
        summary: "Ask for a payment",
        headers: idempotencyHeaders,
        body: createBody,
        response: answers({ 201: paymentSchema }),
      },
    },
    (request, reply) => {
      return idempotency.answer(request, reply, {
        carryOut: async (key) => {
          const asked = await checkSavedCard(services, readCreate(request.body, now()));
          const wanted = await checkMandates(services, asked);
          if (wanted.initiator === "merchant") {
            return { status: 201, body: present(await chargeSavedCard(services, wanted, key)) };
          }
          return { status: 201, body: present(await createPayment(services, wanted, key)) };
        },
        recall,
      });
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
      const page = await listPayments(pool, request.query);
      return { ...page, data: page.data.map(present) };
    },
  );

  http.get(
    "/v1/payments/:id",
    { schema: { tags, summary: "Read a payment", params, response: answers({ 200: paymentSchema }) } },
    async (request) => present(await find(services, request.params.id)),
  );

  http.post(
    "/v1/payments/:id/attempts",
    {
      schema: {
        tags,
        summary: "Try to pay by a method",
        params,
        headers: idempotencyHeaders,
        body: attemptBody,
        response: answers({ 201: attemptSchema }),
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      return idempotency.answer(request, reply, {
        traceOf: withoutCard,
        carryOut: async (key) => {
          const payment = await find(services, id);
          const asked = readAttempt(request.body, payment, services.clock.now());
          const { command, inHand } = await withMandate(services, payment, await withSavedCard(services, id, asked));
          const begun = await beginAttempt(services, id, command, { key, inHand });
          if ("refused" in begun) throw problemOf(begun);
          return { status: 201, body: presentAttempt(begun.payment, begun.attempt, now()) };
        },
        recall: async (attempt) => ({ status: 201, body: presentOne(await find(services, id), attempt, now()) }),
      });
    },
  );

  http.post(
    "/v1/payments/:id/attempts/:attempt/continue",
    {
      schema: {
        tags,
        summary: "Go on after the browser did what the issuer wanted",
        params: Type.Object({ id: Type.String(), attempt: Type.String() }),
        headers: idempotencyHeaders,
        body: continueBody,
        response: answers({ 200: attemptSchema }),
      },
    },
    async (request, reply) => {
      const { id, attempt } = request.params;
      const asItIs = async () => ({ status: 200, body: presentOne(await find(services, id), attempt, now()) });
      return idempotency.answer(request, reply, {
        carryOut: async () => {
          await asItIs();
          await continueAtSibs(services, id, attempt, request.body);
          return asItIs();
        },
        recall: asItIs,
      });
    },
  );
}

/** @throws Problem 404. */
export async function find(services: Pick<Services, "store">, id: string): Promise<Payment> {
  const payment = isId(id) ? await services.store.load(id) : null;
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
