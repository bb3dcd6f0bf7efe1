import type { Http } from "@caravela/platform/http";
import { type Cents, cents } from "@caravela/sibs/money";
import { Type } from "typebox";
import type { PaymentId } from "../domain/identifiers.ts";
import { cancel } from "../domain/payment/end.ts";
import type { Operation, OperationKind } from "../domain/payment/operation.ts";
import { capturable, type Payment } from "../domain/payment/state.ts";
import type { Idempotency } from "../http/idempotency.ts";
import { problem, problemOf } from "../http/problems.ts";
import { amount, answers, note, nullable, optional, params, transactionId } from "../http/schemas.ts";
import { operationSchema, refundSchema } from "../payments/operation-schemas.ts";
import { presentOperation, presentPayment, type ShowsPayments } from "../payments/present.ts";
import { attemptOf, find } from "../payments/routes.ts";
import { paymentSchema } from "../payments/schemas.ts";
import type { KeyRow } from "../storage/keys.ts";
import { type Requested, type RequestsOperations, requestOperation, returnMoney } from "./request-operation.ts";
import { findByOperation, type SettlesOperations, settleOperation } from "./settle-operation.ts";

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

function amountIn(asked: Asked): Cents | null {
  return asked?.amount == null ? null : cents(asked.amount);
}

/** What is done with an authorisation or a purchase afterwards: captures, cancellations, refunds. */
export function operationRoutes(
  http: Http,
  ports: RequestsOperations & SettlesOperations & ShowsPayments,
  { idempotency }: { idempotency: Idempotency },
): void {
  const present = (payment: Payment) => presentPayment(payment, ports.clock.now().getTime(), ports.settings.publicUrl);
  const schema = { params, body };

  const operate = async (kind: OperationKind, id: PaymentId, asked: Asked, key: KeyRow): Promise<Requested> => {
    const made = await requestOperation(ports, id, { kind, amount: amountIn(asked) }, key);
    if ("refused" in made) throw problemOf(made);
    return made;
  };

  const presentById = async (id: string) => {
    const { payment, operation } = await findByOperation(ports, id);
    return presentOperation(payment, operation);
  };

  idempotency.post(
    http,
    "/v1/payments/:id/refunds",
    {
      ...schema,
      tags: ["Refunds"],
      summary: "Refund a payment, in full or in part",
      response: answers({ 201: refundSchema }),
    },
    {
      carryOut: async ({ params: { id }, body }, key) => {
        const found = await find(ports, id);
        const { payment, operation } = await operate("refund", found.id, body, key);
        return { status: 201, body: presentOperation(payment, operation) };
      },
      recall: async (_request, refund) => ({ status: 201, body: await presentById(refund) }),
    },
  );

  idempotency.post(
    http,
    "/v1/payments/:id/attempts/:attempt/refunds",
    {
      ...schema,
      params: Type.Object({ id: Type.String(), attempt: Type.String() }),
      tags: ["Refunds"],
      summary: "Give back an attempt's money that is in none of the payment's sums",
      response: answers({ 201: operationSchema }),
    },
    {
      carryOut: async ({ params: { id, attempt }, body }, key) => {
        const payment = await find(ports, id);
        const asked = { attempt: attemptOf(payment, attempt).id, amount: amountIn(body) };
        const made = await returnMoney(ports, payment.id, asked, key);
        if ("refused" in made) throw problemOf(made);
        return { status: 201, body: presentOperation(made.payment, made.operation) };
      },
      recall: async (_request, operation) => ({ status: 201, body: await presentById(operation) }),
    },
  );

  idempotency.post(
    http,
    "/v1/operations/:id/settle",
    {
      params,
      body: settleBody,
      tags: ["Settled by a person"],
      summary: "Say what became of a capture, cancellation or refund of which nobody knows",
      response: answers({ 200: operationSchema }),
    },
    {
      carryOut: async ({ params: { id }, body: { outcome, note, transactionId = null } }, key) => {
        const settled = await settleOperation(ports, id, { outcome, note, transactionId }, key);
        if ("refused" in settled) throw problemOf(settled);
        return { status: 200, body: presentOperation(settled.payment, settled.operation) };
      },
      recall: async ({ params: { id } }) => ({ status: 200, body: await presentById(id) }),
    },
  );

  idempotency.post(
    http,
    "/v1/payments/:id/capture",
    {
      ...schema,
      tags: ["Captures"],
      summary: "Capture what is held, in full or in part",
      response: answers({ 200: paymentSchema }),
    },
    {
      carryOut: async ({ params: { id }, body }, key) => {
        const found = await find(ports, id);
        const { payment, operation } = await operate("capture", found.id, body, key);
        refuseWhatFailed(operation);
        return { status: 200, body: present(payment) };
      },
      recall: async ({ params: { id } }) => ({ status: 200, body: present(await find(ports, id)) }),
    },
  );

  idempotency.post(
    http,
    "/v1/payments/:id/cancel",
    {
      ...schema,
      tags: ["Payments"],
      summary: "Cancel a payment, or give up what is held of it, in full or in part",
      response: answers({ 200: paymentSchema }),
    },
    {
      carryOut: async ({ params: { id }, body }, key) => {
        const payment = await find(ports, id);
        if (payment.status === "authorized" || capturable(payment) > 0) {
          const given = await operate("cancellation", payment.id, body, key);
          refuseWhatFailed(given.operation);
          return { status: 200, body: present(given.payment) };
        }
        refusePart(body, payment);
        const canceled = await ports.payments.decide(payment.id, cancel, () => key(payment.id));
        if ("refused" in canceled) throw problemOf(canceled);
        return { status: 200, body: present(canceled.payment) };
      },
      recall: async ({ params: { id } }) => ({ status: 200, body: present(await find(ports, id)) }),
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
