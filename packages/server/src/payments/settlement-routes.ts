import type { Http } from "@caravela/platform/http";
import { cents } from "@caravela/sibs/money";
import { Type } from "typebox";
import type { Idempotency } from "../http/idempotency.ts";
import { problemOf } from "../http/problems.ts";
import { amount, answers, note, optional, params, transactionId } from "../http/schemas.ts";
import type { PortsOf } from "../storage/ports.ts";
import type { ShowsPayments } from "./present.ts";
import { attemptOf, find, nowOf, present, presentOne, show, showAttempt } from "./routes.ts";
import { attemptSchema, paymentSchema } from "./schemas.ts";
import { resolveAttention, type SettlesAttempts, settleAttempt } from "./settle-attempt.ts";

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
export function settlementRoutes(
  http: Http,
  portsOf: PortsOf<SettlesAttempts & ShowsPayments>,
  { idempotency }: { idempotency: Idempotency },
): void {
  idempotency.post(
    http,
    "/v1/payments/:id/attempts/:attempt/settle",
    {
      tags,
      operationId: "settleAttempt",
      summary: "Say what became of an attempt of which nobody knows",
      params: Type.Object({ id: Type.String(), attempt: Type.String() }),
      body: settleBody,
      response: answers({ 200: attemptSchema }),
    },
    {
      scope: "payments:write",
      problems: ["attempt_in_progress", "attempt_over", "not_possible", "contradicted_by_sibs", "sibs_unavailable"],
      carryOut: async ({ params: { id, attempt }, body, caller }, key) => {
        const { outcome, note, amount, transactionId = null } = body;
        const ports = portsOf(caller);
        const payment = await find(ports, id);
        const command = { outcome, note, amount: amount == null ? null : cents(amount), transactionId };
        const settled = await settleAttempt(ports, payment, attemptOf(payment, attempt), command, key);
        if ("refused" in settled) throw problemOf(settled);
        return { status: 200, body: presentOne(settled, attempt, nowOf(ports)) };
      },
      recall: async ({ params: { id, attempt }, caller }) => ({
        status: 200,
        body: await showAttempt(portsOf(caller), id, attempt),
      }),
    },
  );

  idempotency.post(
    http,
    "/v1/payments/:id/attention/resolve",
    {
      tags,
      operationId: "resolveAttention",
      summary: "End the attention that a payment needs",
      params,
      body: Type.Object(
        { note },
        { additionalProperties: false, examples: [{ note: "Compared with SIBS Backoffice on 28 November." }] },
      ),
      response: answers({ 200: paymentSchema }),
    },
    {
      scope: "payments:write",
      problems: [
        "no_attention",
        "attempt_in_progress",
        "attempt_over",
        "not_possible",
        "contradicted_by_sibs",
        "sibs_unavailable",
      ],
      carryOut: async ({ params: { id }, body: { note }, caller }, key) => {
        const ports = portsOf(caller);
        const resolved = await resolveAttention(ports, await find(ports, id), note, key);
        if ("refused" in resolved) throw problemOf(resolved);
        return { status: 200, body: present(ports, resolved) };
      },
      recall: async ({ params: { id }, caller }) => ({ status: 200, body: await show(portsOf(caller), id) }),
    },
  );
}
