import type { Http } from "@caravela/platform/http";
import type { Queries } from "@caravela/platform/postgres/pool";
import { Type } from "typebox";
import type { Caller } from "../domain/api-key.ts";
import { asApprovalId } from "../domain/identifiers.ts";
import type { Idempotency } from "../http/idempotency.ts";
import { problem, problemOf } from "../http/problems.ts";
import { answers, noBody, pageOfSchema, pageQuery, params, text } from "../http/schemas.ts";
import { refundSchema } from "../payments/operation-schemas.ts";
import { presentOperation } from "../payments/present.ts";
import { APPROVAL_STATUSES, type Approval, type ApprovalStatus } from "../storage/approvals.ts";
import { storeKey } from "../storage/kept-answers.ts";
import type { KeyRow } from "../storage/keys.ts";
import type { PortsOf, ReadsPayments } from "../storage/ports.ts";
import { approvalSchema, presentApproval, refuseBody } from "./approval-schemas.ts";
import { type ApprovesRefunds, approveRefund, refuseRefund, withdrawRefund } from "./approve-refund.ts";
import { personOf } from "./ask-approval.ts";
import { findByOperation } from "./settle-operation.ts";

const tags = ["Refunds"];

const shown = (approval: Approval) => ({ status: 200, body: presentApproval(approval) });

/** Refunds that wait for a second person: listed, approved, refused, withdrawn. */
export function approvalRoutes(
  http: Http,
  portsOf: PortsOf<ApprovesRefunds & ReadsPayments>,
  { idempotency }: { readonly idempotency: Idempotency },
): void {
  const now = (ports: ApprovesRefunds) => ports.clock.now().getTime();

  http.get(
    "/v1/approvals",
    {
      schema: {
        tags,
        operationId: "listApprovals",
        summary: "List refunds that wait for a second person, or waited, newest first",
        querystring: Type.Object({
          ...pageQuery,
          status: Type.Optional(Type.Enum([...APPROVAL_STATUSES], { description: "How it stands." })),
          payment: Type.Optional(text(40, "The payment that it is of.")),
        }),
        response: answers({ 200: pageOfSchema(approvalSchema) }),
      },
      config: { scope: "payments:read", keepsToTerminal: true },
    },
    async ({ query, caller }) => {
      const ports = portsOf(caller);
      const { status = null, payment = null } = query as { status?: ApprovalStatus; payment?: string };
      const page = await ports.approvals.list({ status, payment, terminal: caller.terminal }, query, now(ports));
      return { ...page, data: page.data.map(presentApproval) };
    },
  );

  idempotency.post(
    http,
    "/v1/approvals/:id/approve",
    {
      tags,
      operationId: "approveRefund",
      summary: "Approve a refund that a colleague asked for: it is made now",
      description: "Within the limits of both. Never by whoever asked.",
      params,
      body: noBody,
      response: answers({ 201: refundSchema }),
    },
    {
      scope: null,
      problems: [
        "second_person",
        "approval_over",
        "requester_gone",
        "nothing_to_refund",
        "refund_exceeds_captured",
        "refund_limit",
        "attempt_not_approved",
        "attempt_in_sums",
        "not_possible",
        "return_exceeds_taken",
        "terminal_not_served",
      ],
      carryOut: async ({ params: { id }, caller }, row) => {
        const ports = portsOf(caller);
        const made = await approveRefund(ports, await find(ports, id), { by: personOf(caller), caller, row });
        if ("refused" in made) throw problemOf(made);
        return { status: 201, body: presentOperation(made.payment, made.operation) };
      },
      recall: async ({ caller }, refund) => {
        const { payment, operation } = await findByOperation(portsOf(caller), refund);
        return { status: 201, body: presentOperation(payment, operation) };
      },
    },
  );

  idempotency.post(
    http,
    "/v1/approvals/:id/refuse",
    {
      tags,
      operationId: "refuseRefund",
      summary: "Refuse a refund that a colleague asked for",
      description: "Nothing is given back by it. Never by whoever asked.",
      params,
      body: refuseBody,
      response: answers({ 200: approvalSchema }),
    },
    {
      scope: null,
      problems: ["second_person", "approval_over"],
      carryOut: async ({ params: { id }, body: { note }, caller }, row) => {
        const ports = portsOf(caller);
        const refused = await refuseRefund(ports, await find(ports, id), { ...ending(ports, caller, row), note });
        if ("refused" in refused) throw problemOf(refused);
        return shown(refused);
      },
    },
  );

  idempotency.post(
    http,
    "/v1/approvals/:id/withdraw",
    {
      tags,
      operationId: "withdrawRefund",
      summary: "Withdraw a refund that you asked for and that waits",
      description: "Nothing is given back by it. By whoever asked alone.",
      params,
      body: noBody,
      response: answers({ 200: approvalSchema }),
    },
    {
      scope: null,
      problems: ["only_requester", "approval_over"],
      carryOut: async ({ params: { id }, caller }, row) => {
        const ports = portsOf(caller);
        const withdrawn = await withdrawRefund(ports, await find(ports, id), ending(ports, caller, row));
        if ("refused" in withdrawn) throw problemOf(withdrawn);
        return shown(withdrawn);
      },
    },
  );

  /** Who ends what waits; its answer is kept with it. */
  function ending(ports: ApprovesRefunds, caller: Caller, row: KeyRow) {
    return {
      by: personOf(caller),
      commit: (connection: Queries, one: Approval) => storeKey(connection, row(one.id, shown(one)), ports.clock.now()),
    };
  }

  /** @throws Problem 404. */
  async function find(ports: ApprovesRefunds, text: string): Promise<Approval> {
    const id = asApprovalId(text);
    const approval = id === null ? null : await ports.approvals.find(id, now(ports));
    if (approval === null) throw problem("not_found", "There is no refund of this id that waits for a second person.");
    return approval;
  }
}

/** What a request may have made: a refund, or one that waits. */
export async function waitingById(ports: ApprovesRefunds, id: string): Promise<Approval | null> {
  const known = asApprovalId(id);
  return known === null ? null : ports.approvals.find(known, ports.clock.now().getTime());
}
