import type { Http } from "@caravela/platform/http";
import { cents } from "@caravela/sibs/money";
import { Type } from "typebox";
import type { Caller } from "../domain/api-key.ts";
import type { Decision, Given } from "../domain/decision.ts";
import type { PlanId } from "../domain/identifiers.ts";
import type { MandateFact } from "../domain/mandate/facts.ts";
import type { Mandate } from "../domain/mandate/state.ts";
import { changeAmount, pausePlan, resumePlan } from "../domain/plan/begin.ts";
import { skipCharge } from "../domain/plan/charge.ts";
import { cancelPlan } from "../domain/plan/end.ts";
import type { Timed } from "../given.ts";
import { wasBefore } from "../http/audited.ts";
import type { Idempotency } from "../http/idempotency.ts";
import { problemOf } from "../http/problems.ts";
import { answers, noBody, pageOfSchema, pageQuery, params } from "../http/schemas.ts";
import { EMPTY_PAGE, ownFilter } from "../http/whose.ts";
import { planFilters, readPlanFilter } from "../mandates/list-filter.ts";
import { presentPlan } from "../mandates/present.ts";
import { findMandate } from "../mandates/routes.ts";
import { planSchema } from "../mandates/schemas.ts";
import type { KeyRow } from "../storage/keys.ts";
import { type Page, type PageRequest, pageOf, startOf } from "../storage/paging.ts";
import type { DecidesMandates, PortsOf, ReadsMandates } from "../storage/ports.ts";
import { createPlan } from "./create-plan.ts";
import { findPlan, type PlanOfMandate, withPlan } from "./find-plan.ts";
import { readCreatePlan } from "./read-request.ts";
import { amountBody, createPlanBody, skipBody } from "./schemas.ts";

/** What the routes of plans may touch. */
export type ServesPlans = ReadsMandates & DecidesMandates & Timed;

const tags = ["Plans"];

type Decide = (mandate: Mandate, id: PlanId, given: Given) => Decision<MandateFact>;

/** What may be asked of a plan without saying more. */
const CHANGES: readonly { path: string; operationId: string; summary: string; decide: Decide }[] = [
  {
    path: "pause",
    operationId: "pausePlan",
    summary: "Charge nothing until the plan is resumed",
    decide: pausePlan,
  },
  {
    path: "resume",
    operationId: "resumePlan",
    summary: "Let a paused plan go on with its next date",
    decide: resumePlan,
  },
  { path: "cancel", operationId: "cancelPlan", summary: "End a plan", decide: cancelPlan },
];

/** Schedules of charges on a mandate: made, read, stopped. */
export function planRoutes(
  http: Http,
  portsOf: PortsOf<ServesPlans>,
  { idempotency }: { idempotency: Idempotency },
): void {
  const present = ({ mandate, plan }: PlanOfMandate) => presentPlan(mandate, plan);
  const asItIs = async (caller: Caller, id: string, status: number) => ({
    status,
    body: present(await findPlan(portsOf(caller), id)),
  });

  idempotency.post(
    http,
    "/v1/mandates/:id/plans",
    {
      tags,
      operationId: "createPlan",
      summary: "Charge a mandate by a schedule",
      params,
      body: createPlanBody,
      response: answers({ 201: planSchema }),
    },
    {
      scope: "payments:write",
      audited: "people",
      problems: [
        "mandate_over",
        "mandate_not_periodic",
        "plan_exceeds_limit",
        "not_possible",
        "too_many_plans",
        "customer_erased",
      ],
      carryOut: async ({ params, body, caller }, key) => {
        const ports = portsOf(caller);
        const mandate = await findMandate(ports, params.id);
        const created = await createPlan(ports, mandate, readCreatePlan(body, ports.clock.now().getTime()), key);
        if ("refused" in created) throw problemOf(created);
        return { status: 201, body: present(created) };
      },
      recall: ({ caller }, id) => asItIs(caller, id, 201),
    },
  );

  http.get(
    "/v1/mandates/:id/plans",
    {
      schema: {
        tags,
        operationId: "listPlansOfMandate",
        summary: "List a mandate's plans, newest first",
        params,
        querystring: Type.Object(pageQuery),
        response: answers({ 200: pageOfSchema(planSchema) }),
      },
      config: { scope: "payments:read" },
    },
    async ({ params: { id }, query, caller }) => plansOf(await findMandate(portsOf(caller), id), query),
  );

  http.get(
    "/v1/plans",
    {
      schema: {
        tags,
        operationId: "listPlans",
        summary: "List plans, newest first",
        querystring: Type.Object({ ...pageQuery, ...planFilters }),
        response: answers({ 200: pageOfSchema(planSchema) }),
      },
      config: {
        scope: "payments:read",
        keepsToTerminal: true,
        filterFaults: (query) => readPlanFilter(query).faults,
      },
    },
    async ({ query, caller }) => {
      const filter = ownFilter(caller, readPlanFilter(query).filter);
      const page = filter === null ? EMPTY_PAGE : await portsOf(caller).mandates.listPlans(filter, query);
      return { ...page, data: page.data.map(present) };
    },
  );

  http.get(
    "/v1/plans/:id",
    {
      schema: { tags, operationId: "getPlan", summary: "Read a plan", params, response: answers({ 200: planSchema }) },
      config: { scope: "payments:read" },
    },
    async ({ params: { id }, caller }) => present(await findPlan(portsOf(caller), id)),
  );

  const change = async (caller: Caller, id: string, decide: Decide, key: KeyRow) => {
    const ports = portsOf(caller);
    const { mandate, plan } = await findPlan(ports, id);
    const decided = await ports.mandates.decide(
      mandate.id,
      (state, given) => decide(state, plan.id, given),
      () => key(plan.id),
    );
    if ("refused" in decided) throw problemOf(decided);
    return { status: 200, body: present(withPlan(decided.mandate, plan.id)) };
  };

  for (const { path, operationId, summary, decide } of CHANGES) {
    idempotency.post(
      http,
      `/v1/plans/:id/${path}`,
      {
        tags,
        operationId,
        summary,
        params,
        body: noBody,
        response: answers({ 200: planSchema }),
      },
      {
        scope: "payments:write",
        audited: "people",
        problems: ["plan_over"],
        carryOut: ({ params: { id }, caller }, key) => change(caller, id, decide, key),
        recall: ({ params: { id }, caller }) => asItIs(caller, id, 200),
      },
    );
  }

  idempotency.post(
    http,
    "/v1/plans/:id/amount",
    {
      tags,
      operationId: "changePlanAmount",
      summary: "Charge another amount",
      description:
        "From the first charge on that is not announced yet: what was announced is charged as it was announced.",
      params,
      body: amountBody,
      response: answers({ 200: planSchema }),
    },
    {
      scope: "payments:write",
      audited: "people",
      problems: ["plan_over", "mandate_over", "plan_exceeds_limit"],
      carryOut: async (request, key) => {
        const { params, body, caller } = request;
        if (request.inAudit !== null) wasBefore(request, present(await findPlan(portsOf(caller), params.id)));
        const amount = cents(body.amount);
        return change(caller, params.id, (mandate, plan, given) => changeAmount(mandate, { plan, amount }, given), key);
      },
      recall: ({ params: { id }, caller }) => asItIs(caller, id, 200),
    },
  );

  idempotency.post(
    http,
    "/v1/plans/:id/skip",
    {
      tags,
      operationId: "skipCharge",
      summary: "Leave the next charge out",
      params,
      body: skipBody,
      response: answers({ 200: planSchema }),
    },
    {
      scope: "payments:write",
      audited: "people",
      problems: ["plan_over", "charge_not_next"],
      carryOut: ({ params: { id }, body, caller }, key) => {
        const period = body?.period ?? null;
        return change(caller, id, (mandate, plan, given) => skipCharge(mandate, { plan, period }, given), key);
      },
      recall: ({ params: { id }, caller }) => asItIs(caller, id, 200),
    },
  );
}

function plansOf(mandate: Mandate, { limit, after }: PageRequest): Page<ReturnType<typeof presentPlan>> {
  const newest = mandate.plans.toReversed();
  const before = startOf({ after });
  const start = before === null ? 0 : newest.findIndex(({ id }) => id === before) + 1;
  return pageOf(newest.slice(start, start + limit + 1), limit, (plan) => presentPlan(mandate, plan));
}
