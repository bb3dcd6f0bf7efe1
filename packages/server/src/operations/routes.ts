import type { Http } from "@caravela/platform/http";
import { cents } from "@caravela/sibs/money";
import { Type } from "typebox";
import { cancel } from "../domain/payment/hear.ts";
import type { Operation, OperationKind } from "../domain/payment/operation.ts";
import { capturable, type Payment } from "../domain/payment/state.ts";
import type { Idempotency } from "../http/idempotency.ts";
import { problem, problemOf } from "../http/problems.ts";
import {
  amount,
  answers,
  idempotencyHeaders,
  note,
  nullable,
  optional,
  params,
  transactionId,
} from "../http/schemas.ts";
import { operationSchema, refundSchema } from "../payments/operation-schemas.ts";
import { presentOperation, presentPayment } from "../payments/present.ts";
import { attemptOf, find } from "../payments/routes.ts";
import { paymentSchema } from "../payments/schemas.ts";
import type { Services } from "../services.ts";
import type { KeyRow } from "../storage/keys.ts";
import { operationOf, type Requested, requestOperation, returnMoney } from "./request-operation.ts";
import { findByOperation, settleOperation } from "./settle-operation.ts";

const body = nullable(
  Type.Object(
    { amount: optional(amount) },
    { additionalProperties: false, description: "Without an amount: all that is left." },
  ),
);

const settleBody = Type.Object(
  { outcome: Type.Enum(["done", "not_done"]), note, transactionId: optional(transactionId) },
  {
    additionalProperties: false,
    description: "`transactionId`: SIBS's transaction of what was done, where you know it.",
    examples: [{ outcome: "not_done", note: "SIBS Backoffice shows no refund; asked SIBS on 27 November." }],
  },
);

type Asked = { readonly amount?: number | null | undefined } | null;

/** What is done with an authorisation or a purchase afterwards: captures, cancellations, refunds. */
export function operationRoutes(http: Http, services: Services, { idempotency }: { idempotency: Idempotency }): void {
  const present = (payment: Payment) =>
    presentPayment(payment, services.clock.now().getTime(), services.settings.publicUrl);
  const schema = { params, headers: idempotencyHeaders, body };

  const request = async (kind: OperationKind, id: string, asked: Asked, key: KeyRow): Promise<Requested> => {
    const wanted = asked?.amount ?? null;
    const made = await requestOperation(services, id, { kind, amount: wanted === null ? null : cents(wanted) }, key);
    if ("refused" in made) throw problemOf(made);
    return made;
  };

  const presentById = async (id: string) => {
    const payment = await findByOperation(services, id);
    return presentOperation(payment, operationOf(payment, id));
  };

  http.post(
    "/v1/payments/:id/refunds",
    {
      schema: {
        ...schema,
        tags: ["Refunds"],
        summary: "Refund a payment, in full or in part",
        response: answers({ 201: refundSchema }),
      },
    },
    async (http, reply) => {
      const { id } = http.params;
      return idempotency.answer(http, reply, {
        carryOut: async (key) => {
          await find(services, id);
          const { payment, operation } = await request("refund", id, http.body, key);
          return { status: 201, body: presentOperation(payment, operation) };
        },
        recall: async (refund) => ({ status: 201, body: await presentById(refund) }),
      });
    },
  );

  http.post(
    "/v1/payments/:id/attempts/:attempt/refunds",
    {
      schema: {
        ...schema,
        params: Type.Object({ id: Type.String(), attempt: Type.String() }),
        tags: ["Refunds"],
        summary: "Give back an attempt's money that is in none of the payment's sums",
        response: answers({ 201: operationSchema }),
      },
    },
    async (http, reply) => {
      const { id, attempt } = http.params;
      const amount = http.body?.amount == null ? null : cents(http.body.amount);
      return idempotency.answer(http, reply, {
        carryOut: async (key) => {
          attemptOf(await find(services, id), attempt);
          const made = await returnMoney(services, id, { attempt, amount }, key);
          if ("refused" in made) throw problemOf(made);
          return { status: 201, body: presentOperation(made.payment, made.operation) };
        },
        recall: async (operation) => ({ status: 201, body: await presentById(operation) }),
      });
    },
  );

  http.post(
    "/v1/operations/:id/settle",
    {
      schema: {
        params,
        headers: idempotencyHeaders,
        body: settleBody,
        tags: ["Settled by a person"],
        summary: "Say what became of a capture, cancellation or refund of which nobody knows",
        response: answers({ 200: operationSchema }),
      },
    },
    async (http, reply) => {
      const { id } = http.params;
      const { outcome, note, transactionId = null } = http.body;
      return idempotency.answer(http, reply, {
        carryOut: async (key) => {
          const settled = await settleOperation(services, id, { outcome, note, transactionId }, key);
          if ("refused" in settled) throw problemOf(settled);
          return { status: 200, body: presentOperation(settled.payment, settled.operation) };
        },
        recall: async () => ({ status: 200, body: await presentById(id) }),
      });
    },
  );

  http.post(
    "/v1/payments/:id/capture",
    {
      schema: {
        ...schema,
        tags: ["Captures"],
        summary: "Capture what is held, in full or in part",
        response: answers({ 200: paymentSchema }),
      },
    },
    async (http, reply) => {
      const { id } = http.params;
      return idempotency.answer(http, reply, {
        carryOut: async (key) => {
          await find(services, id);
          const { payment, operation } = await request("capture", id, http.body, key);
          refuseWhatFailed(operation);
          return { status: 200, body: present(payment) };
        },
        recall: async () => ({ status: 200, body: present(await find(services, id)) }),
      });
    },
  );

  http.post(
    "/v1/payments/:id/cancel",
    {
      schema: {
        ...schema,
        tags: ["Payments"],
        summary: "Cancel a payment, or give up what is held of it, in full or in part",
        response: answers({ 200: paymentSchema }),
      },
    },
    async (http, reply) => {
      const { id } = http.params;
      return idempotency.answer(http, reply, {
        carryOut: async (key) => {
          const payment = await find(services, id);
          if (payment.status === "authorized" || capturable(payment) > 0) {
            const given = await request("cancellation", id, http.body, key);
            refuseWhatFailed(given.operation);
            return { status: 200, body: present(given.payment) };
          }
          refusePart(http.body, payment);
          const canceled = await services.store.decide(id, cancel, () => key(id));
          if ("refused" in canceled) throw problemOf(canceled);
          return { status: 200, body: present(canceled.payment) };
        },
        recall: async () => ({ status: 200, body: present(await find(services, id)) }),
      });
    },
  );
}

/** SIBS's refusal of a capture or a cancellation. @throws Problem 422 with SIBS's code. */
function refuseWhatFailed({ kind, status, failure }: Operation): void {
  if (status !== "failed" || failure === null || kind === "refund") return;
  throw problem(kind === "capture" ? "capture_refused" : "cancellation_refused", failure.message, {
    members: { failure },
  });
}

/** Nothing is held yet: a part of it cannot be given up. @throws Problem 422. */
function refusePart(asked: Asked, payment: Payment): void {
  if ((asked?.amount ?? payment.amount) === payment.amount) return;
  throw problem("not_possible", "Nothing is held: leave `amount` out to cancel the whole payment.", {
    field: "/amount",
  });
}
