import type { Http } from "@caravela/platform/http";
import { Type } from "typebox";
import type { Decision, Given } from "../domain/decision.ts";
import type { MandateFact } from "../domain/mandate/facts.ts";
import type { Mandate } from "../domain/mandate/state.ts";
import { cancelPlan, pausePlan, resumePlan, skipCharge } from "../domain/plan/decisions.ts";
import type { Idempotency } from "../http/idempotency.ts";
import { problemOf } from "../http/problems.ts";
import { answers, idempotencyHeaders, noBody, pageOfSchema, pageQuery, params } from "../http/schemas.ts";
import { presentPlan } from "../mandates/present.ts";
import { findMandate } from "../mandates/routes.ts";
import { planSchema } from "../mandates/schemas.ts";
import type { Services } from "../services.ts";
import type { KeyRow } from "../storage/keys.ts";
import { type Page, type PageRequest, pageOf, rowBefore } from "../storage/paging.ts";
import { createPlan } from "./create-plan.ts";
import { findPlan, type PlanOfMandate, withPlan } from "./find-plan.ts";
import { readCreatePlan } from "./read-request.ts";
import { createPlanBody, skipBody } from "./schemas.ts";

const tags = ["Plans"];

type Decide = (mandate: Mandate, id: string, given: Given) => Decision<MandateFact>;

/** What may be asked of a plan without saying more. */
const CHANGES: readonly { readonly path: string; readonly summary: string; readonly decide: Decide }[] = [
  { path: "pause", summary: "Charge nothing until the plan is resumed", decide: pausePlan },
  { path: "resume", summary: "Let a paused plan go on with its next date", decide: resumePlan },
  { path: "cancel", summary: "End a plan", decide: cancelPlan },
];

/** Schedules of charges on a mandate: made, read, stopped. */
export function planRoutes(http: Http, services: Services, { idempotency }: { idempotency: Idempotency }): void {
  const present = ({ mandate, plan }: PlanOfMandate) => presentPlan(mandate, plan);
  const asItIs = async (id: string, status: number) => ({ status, body: present(await findPlan(services, id)) });

  http.post(
    "/v1/mandates/:id/plans",
    {
      schema: {
        tags,
        summary: "Charge a mandate by a schedule",
        params,
        headers: idempotencyHeaders,
        body: createPlanBody,
        response: answers({ 201: planSchema }),
      },
    },
    (request, reply) =>
      idempotency.answer(request, reply, {
        carryOut: async (key) => {
          const mandate = await findMandate(services, request.params.id);
          const wanted = readCreatePlan(request.body, services.clock.now().getTime());
          const created = await createPlan(services, mandate, wanted, key);
          if ("refused" in created) throw problemOf(created);
          return { status: 201, body: present(created) };
        },
        recall: (id) => asItIs(id, 201),
      }),
  );

  http.get(
    "/v1/mandates/:id/plans",
    {
      schema: {
        tags,
        summary: "List a mandate's plans, newest first",
        params,
        querystring: Type.Object(pageQuery),
        response: answers({ 200: pageOfSchema(planSchema) }),
      },
    },
    async (request) => plansOf(await findMandate(services, request.params.id), request.query),
  );

  http.get(
    "/v1/plans/:id",
    { schema: { tags, summary: "Read a plan", params, response: answers({ 200: planSchema }) } },
    async (request) => present(await findPlan(services, request.params.id)),
  );

  const change = async (id: string, decide: Decide, key: KeyRow) => {
    const { mandate } = await findPlan(services, id);
    const decided = await services.mandates.decide(
      mandate.id,
      (state, given) => decide(state, id, given),
      () => key(id),
    );
    if ("refused" in decided) throw problemOf(decided);
    return { status: 200, body: present(withPlan(decided.mandate, id)) };
  };

  for (const { path, summary, decide } of CHANGES) {
    http.post(
      `/v1/plans/:id/${path}`,
      {
        schema: {
          ...{ tags, summary, params, headers: idempotencyHeaders, body: noBody },
          response: answers({ 200: planSchema }),
        },
      },
      (request, reply) => {
        const { id } = request.params;
        return idempotency.answer(request, reply, {
          carryOut: (key) => change(id, decide, key),
          recall: () => asItIs(id, 200),
        });
      },
    );
  }

  http.post(
    "/v1/plans/:id/skip",
    {
      schema: {
        tags,
        summary: "Leave the next charge out",
        params,
        headers: idempotencyHeaders,
        body: skipBody,
        response: answers({ 200: planSchema }),
      },
    },
    (request, reply) => {
      const { id } = request.params;
      const period = request.body?.period ?? null;
      const skip: Decide = (mandate, plan, given) => skipCharge(mandate, { plan, period }, given);
      return idempotency.answer(request, reply, {
        carryOut: (key) => change(id, skip, key),
        recall: () => asItIs(id, 200),
      });
    },
  );
}

function plansOf(mandate: Mandate, { limit, after }: PageRequest): Page<ReturnType<typeof presentPlan>> {
  const newest = mandate.plans.toReversed();
  const before = rowBefore(after);
  const start = before === null ? 0 : newest.findIndex(({ id }) => id === before) + 1;
  return pageOf(newest.slice(start, start + limit + 1), limit, (plan) => presentPlan(mandate, plan));
}
