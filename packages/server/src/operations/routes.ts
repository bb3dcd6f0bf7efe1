import type { Http } from "@caravela/platform/http";
import { type Cents, cents } from "@caravela/sibs/money";
import { Type } from "typebox";
import type { Caller } from "../domain/api-key.ts";
import type { PaymentId } from "../domain/identifiers.ts";
import { cancel } from "../domain/payment/end.ts";
import type { Operation, OperationKind, Stated, StatedReason } from "../domain/payment/operation.ts";
import { capturable, type Payment } from "../domain/payment/state.ts";
import type { Refusal } from "../domain/refusal.ts";
import type { Idempotency } from "../http/idempotency.ts";
import { problem, problemOf } from "../http/problems.ts";
import {
  amount,
  answers,
  note,
  nullable,
  optional,
  pageOfSchema,
  pageQuery,
  params,
  transactionId,
} from "../http/schemas.ts";
import { EMPTY_PAGE, ownFilter } from "../http/whose.ts";
import { operationSchema, refundSchema } from "../payments/operation-schemas.ts";
import { presentOperation, type ShowsPayments } from "../payments/present.ts";
import { attemptOf, find, present, show } from "../payments/routes.ts";
import { paymentSchema } from "../payments/schemas.ts";
import type { Answer, KeyRow } from "../storage/keys.ts";
import type { PageRequest } from "../storage/paging.ts";
import type { ListsOperations, PortsOf } from "../storage/ports.ts";
import { waitingById } from "./approval-routes.ts";
import { approvalSchema, refundBody } from "./approval-schemas.ts";
import type { ApprovesRefunds } from "./approve-refund.ts";
import { answerOf, askApproval, type ForTwo } from "./ask-approval.ts";
import { operationFilters, readOperationFilter } from "./list-filter.ts";
import { type Requested, type RequestsOperations, requestOperation, returnMoney } from "./request-operation.ts";
import { findByOperation, type SettlesOperations, settleOperation } from "./settle-operation.ts";

const body = nullable(
  Type.Object(
    { amount: optional(amount) },
    { additionalProperties: false, description: "Without an amount: all that is left.", examples: [{ amount: 100 }] },
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

type AskedRefund = {
  readonly reason?: StatedReason | null | undefined;
  readonly note?: string | null | undefined;
} | null;

/** What is said of a refund; blank is not said. */
function statedIn(asked: AskedRefund): Partial<Stated> {
  const [statedReason, note] = [asked?.reason ?? null, asked?.note ?? null];
  return { ...(statedReason !== null && { statedReason }), ...(note !== null && { note }) };
}

const FOR_TWO =
  "Answered 202 where a person asks for more than they may give back without a second one (`CARAVELA_SECOND_PERSON_ABOVE`, `CARAVELA_SECOND_PERSON_DAY`): then nothing is given back until a colleague approves it.";

/** What the routes of operations may touch. */
export type ServesOperations = ApprovesRefunds & SettlesOperations & ShowsPayments & ListsOperations;

const LISTS = [
  { kind: "refund", path: "/v1/refunds", tags: "Refunds", item: refundSchema },
  { kind: "capture", path: "/v1/captures", tags: "Captures", item: operationSchema },
] as const;

/** What is done with an authorisation or a purchase afterwards: captures, cancellations, refunds. */
export function operationRoutes(
  http: Http,
  portsOf: PortsOf<ServesOperations>,
  { idempotency }: { idempotency: Idempotency },
): void {
  const schema = { params, body };

  const presentById = async (caller: Caller, id: string) => {
    const { payment, operation } = await findByOperation(portsOf(caller), id);
    return presentOperation(payment, operation);
  };

  const refundById = async (caller: Caller, id: string): Promise<Answer> => {
    const waiting = await waitingById(portsOf(caller), id);
    return waiting === null ? { status: 201, body: await presentById(caller, id) } : answerOf(waiting);
  };

  for (const { kind, path, tags, item } of LISTS) {
    http.get(
      path,
      {
        schema: {
          tags: [tags],
          operationId: `list${tags}`,
          summary: `List ${tags.toLowerCase()}, newest first`,
          querystring: Type.Object({ ...pageQuery, ...operationFilters(kind) }),
          response: answers({ 200: pageOfSchema(item) }),
        },
        config: {
          scope: "payments:read",
          keepsToTerminal: true,
          filterFaults: (query) => readOperationFilter(kind, query).faults,
        },
      },
      async ({ query, caller }) => {
        const filter = ownFilter(caller, readOperationFilter(kind, query).filter);
        const { payments } = portsOf(caller);
        const page = filter === null ? EMPTY_PAGE : await payments.listOperations(kind, filter, query as PageRequest);
        return { ...page, data: page.data.map(({ payment, operation }) => presentOperation(payment, operation)) };
      },
    );
  }

  idempotency.post(
    http,
    "/v1/payments/:id/refunds",
    {
      params,
      body: refundBody,
      tags: ["Refunds"],
      operationId: "refundPayment",
      summary: "Refund a payment, in full or in part",
      description: FOR_TWO,
      response: answers({ 201: refundSchema, 202: approvalSchema }),
    },
    {
      scope: "refunds:write",
      audited: "people",
      problems: [
        "nothing_to_refund",
        "refund_exceeds_captured",
        "refund_limit",
        "terminal_not_served",
        "touch_required",
      ],
      carryOut: async ({ params: { id }, body, caller }, key) => {
        const ports = portsOf(caller);
        const payment = await find(ports, id);
        const [stated, keys] = [statedIn(body), { caller, row: key }];
        const asked = { kind: "refund", amount: amountIn(body), stated } as const;
        const made = await requestOperation(ports, payment.id, asked, keys);
        return answerTo(ports, made, { payment, attempt: null, stated }, keys);
      },
      recall: ({ caller }, id) => refundById(caller, id),
    },
  );

  idempotency.post(
    http,
    "/v1/payments/:id/attempts/:attempt/refunds",
    {
      params: Type.Object({ id: Type.String(), attempt: Type.String() }),
      body: refundBody,
      tags: ["Refunds"],
      operationId: "refundAttempt",
      summary: "Give back an attempt's money that is in none of the payment's sums",
      description: FOR_TWO,
      response: answers({ 201: operationSchema, 202: approvalSchema }),
    },
    {
      scope: "refunds:write",
      audited: "people",
      problems: [
        "attempt_not_approved",
        "attempt_in_sums",
        "not_possible",
        "return_exceeds_taken",
        "refund_limit",
        "touch_required",
        "terminal_not_served",
      ],
      carryOut: async ({ params: { id, attempt }, body, caller }, key) => {
        const ports = portsOf(caller);
        const payment = await find(ports, id);
        const [stated, keys] = [statedIn(body), { caller, row: key }];
        const asked = { attempt: attemptOf(payment, attempt).id, amount: amountIn(body), stated };
        const made = await returnMoney(ports, payment.id, asked, keys);
        return answerTo(ports, made, { payment, attempt: asked.attempt, stated }, keys);
      },
      recall: ({ caller }, id) => refundById(caller, id),
    },
  );

  idempotency.post(
    http,
    "/v1/operations/:id/settle",
    {
      params,
      body: settleBody,
      tags: ["Settled by a person"],
      operationId: "settleOperation",
      summary: "Say what became of a capture, cancellation or refund of which nobody knows",
      response: answers({ 200: operationSchema }),
    },
    {
      scope: "payments:write",
      problems: ["operation_not_in_doubt", "contradicted_by_sibs", "not_possible", "sibs_unavailable"],
      carryOut: async ({ params: { id }, body: { outcome, note, transactionId = null }, caller }, key) => {
        const settled = await settleOperation(portsOf(caller), id, { outcome, note, transactionId }, key);
        if ("refused" in settled) throw problemOf(settled);
        return { status: 200, body: presentOperation(settled.payment, settled.operation) };
      },
      recall: async ({ params: { id }, caller }) => ({ status: 200, body: await presentById(caller, id) }),
    },
  );

  idempotency.post(
    http,
    "/v1/payments/:id/capture",
    {
      ...schema,
      tags: ["Captures"],
      operationId: "capturePayment",
      summary: "Capture what is held, in full or in part",
      response: answers({ 200: paymentSchema }),
    },
    {
      scope: "payments:write",
      audited: "people",
      problems: [
        "nothing_to_capture",
        "capture_exceeds_authorized",
        "capture_limit",
        "capture_refused",
        "terminal_not_served",
      ],
      carryOut: async ({ params: { id }, body, caller }, key) => {
        const ports = portsOf(caller);
        const found = await find(ports, id);
        const { payment, operation } = await operate(ports, found.id, { kind: "capture", asked: body, caller }, key);
        refuseWhatFailed(operation);
        return { status: 200, body: present(ports, payment) };
      },
      recall: async ({ params: { id }, caller }) => ({ status: 200, body: await show(portsOf(caller), id) }),
    },
  );

  idempotency.post(
    http,
    "/v1/payments/:id/cancel",
    {
      ...schema,
      tags: ["Payments"],
      operationId: "cancelPayment",
      summary: "Cancel a payment, or give up what is held of it, in full or in part",
      response: answers({ 200: paymentSchema }),
    },
    {
      scope: "payments:write",
      audited: "people",
      problems: [
        "nothing_to_cancel",
        "cancellation_exceeds_authorized",
        "cancellation_refused",
        "not_possible",
        "payment_already_paid",
        "payment_expired",
        "terminal_not_served",
      ],
      carryOut: async ({ params: { id }, body, caller }, key) => {
        const ports = portsOf(caller);
        const payment = await find(ports, id);
        if (payment.status === "authorized" || capturable(payment) > 0) {
          const given = await operate(ports, payment.id, { kind: "cancellation", asked: body, caller }, key);
          refuseWhatFailed(given.operation);
          return { status: 200, body: present(ports, given.payment) };
        }
        refusePart(body, payment);
        const canceled = await ports.payments.decide(payment.id, cancel, () => key(payment.id));
        if ("refused" in canceled) throw problemOf(canceled);
        return { status: 200, body: present(ports, canceled.payment) };
      },
      recall: async ({ params: { id }, caller }) => ({ status: 200, body: await show(portsOf(caller), id) }),
    },
  );
}

interface Wanted {
  readonly kind: OperationKind;
  readonly asked: Asked;
  readonly caller: Caller;
}

/** @throws Problem */
async function operate(
  ports: RequestsOperations,
  id: PaymentId,
  { kind, asked, caller }: Wanted,
  key: KeyRow,
): Promise<Requested> {
  const made = await requestOperation(ports, id, { kind, amount: amountIn(asked) }, { caller, row: key });
  if ("refused" in made) throw problemOf(made);
  return made;
}

/** A refund that was made, or that waits for a second person. @throws Problem */
async function answerTo(
  ports: ApprovesRefunds,
  made: Requested | Refusal,
  asked: Omit<ForTwo, "amount">,
  keys: { readonly caller: Caller; readonly row: KeyRow },
): Promise<Answer> {
  if (!("refused" in made)) return { status: 201, body: presentOperation(made.payment, made.operation) };
  if (made.refused === "second_person") return askApproval(ports, { ...asked, amount: made.amount }, keys);
  throw problemOf(made);
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
