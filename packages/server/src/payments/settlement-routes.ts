import type { Http } from "@caravela/platform/http";
import { cents } from "@caravela/sibs/money";
import { Type } from "typebox";
import type { Payment } from "../domain/payment/state.ts";
import type { Idempotency } from "../http/idempotency.ts";
import { problemOf } from "../http/problems.ts";
import { amount, answers, idempotencyHeaders, note, optional, params, transactionId } from "../http/schemas.ts";
import type { Services } from "../services.ts";
import { presentPayment } from "./present.ts";
import { attemptOf, find, presentOne } from "./routes.ts";
import { attemptSchema, paymentSchema } from "./schemas.ts";
import { resolveAttention, settleAttempt } from "./settle-attempt.ts";

const tags = ["Settled by a person"];

const settleBody = Type.Object(
  {
    outcome: Type.Enum(["approved", "not_paid"]),
    amount: optional(amount),
    transactionId: optional(transactionId),
    note,
  },
  {
    additionalProperties: false,
    description: "`approved` needs `amount`, and `transactionId` where the attempt has none.",
    examples: [{ outcome: "not_paid", note: "SIBS Backoffice has no such transaction; asked SIBS on 27 November." }],
  },
);

/** What a person ends of a payment, where no rule may and no inquiry can. */
export function settlementRoutes(http: Http, services: Services, { idempotency }: { idempotency: Idempotency }): void {
  const now = () => services.clock.now().getTime();
  const present = (payment: Payment) => presentPayment(payment, now(), services.settings.publicUrl);

  http.post(
    "/v1/payments/:id/attempts/:attempt/settle",
    {
      schema: {
        tags,
        summary: "Say what became of an attempt of which nobody knows",
        params: Type.Object({ id: Type.String(), attempt: Type.String() }),
        headers: idempotencyHeaders,
        body: settleBody,
        response: answers({ 200: attemptSchema }),
      },
    },
    (request, reply) => {
      const { id, attempt } = request.params;
      const { outcome, note, ...said } = request.body;
      return idempotency.answer(request, reply, {
        carryOut: async (key) => {
          const payment = await find(services, id);
          const amount = said.amount == null ? null : cents(said.amount);
          const command = { outcome, note, amount, transactionId: said.transactionId ?? null };
          const settled = await settleAttempt(services, payment, attemptOf(payment, attempt), command, key);
          if ("refused" in settled) throw problemOf(settled);
          return { status: 200, body: presentOne(settled, attempt, now()) };
        },
        recall: async () => ({ status: 200, body: presentOne(await find(services, id), attempt, now()) }),
      });
    },
  );

  http.post(
    "/v1/payments/:id/attention/resolve",
    {
      schema: {
        tags,
        summary: "End the attention that a payment needs",
        params,
        headers: idempotencyHeaders,
        body: Type.Object({ note }, { additionalProperties: false }),
        response: answers({ 200: paymentSchema }),
      },
    },
    (request, reply) => {
      const { id } = request.params;
      return idempotency.answer(request, reply, {
        carryOut: async (key) => {
          const resolved = await resolveAttention(services, await find(services, id), request.body.note, key);
          if ("refused" in resolved) throw problemOf(resolved);
          return { status: 200, body: present(resolved) };
        },
        recall: async () => ({ status: 200, body: present(await find(services, id)) }),
      });
    },
  );
}
