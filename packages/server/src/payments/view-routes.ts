import type { Chance } from "@caravela/platform/chance";
import type { Clock } from "@caravela/platform/clock";
import type { Http } from "@caravela/platform/http";
import type { Pool } from "@caravela/platform/postgres/pool";
import { inTransaction } from "@caravela/platform/postgres/transaction";
import { type FieldError, httpProblems } from "@caravela/platform/problems";
import { Type } from "typebox";
import type { Caller } from "../domain/api-key.ts";
import { asViewId, type OperatorId } from "../domain/identifiers.ts";
import type { Idempotency } from "../http/idempotency.ts";
import { problem } from "../http/problems.ts";
import { answers, instant, pageOfSchema, pageQuery, params, text } from "../http/schemas.ts";
import { storeKey } from "../storage/kept-answers.ts";
import { MOST_VIEWS, type OwnView, type SavedView, SavedViews } from "../storage/views.ts";
import { paymentFilters, readPaymentFilter } from "./list-filter.ts";

const tags = ["Payments"];

/** What says who a customer is, or may: it is kept nowhere but with what is theirs. */
export const OF_CUSTOMERS = ["q", "customer", "reference"];

const KEPT = Object.keys(paymentFilters).filter((name) => !OF_CUSTOMERS.includes(name));

/** Which columns stand, as the dashboard's address has them. */
const COLUMNS = "columns";

/** A view as the API shows it. */
export const viewSchema = Type.Object(
  {
    id: Type.String(),
    name: Type.String(),
    query: Type.String({ description: "Its filters, as the query of `GET /v1/payments` has them, and its `columns`." }),
    createdAt: instant,
  },
  { title: "View", description: "What you keep of the list of payments under a name. Nobody else sees it." },
);

const name = text(60, "What you know it by.");

interface KeepsViews {
  readonly pool: Pool;
  readonly clock: Clock;
  readonly chance: Chance;
  readonly idempotency: Idempotency;
}

/** What each colleague keeps of the list of payments, for themselves. */
export function viewRoutes(http: Http, { pool, clock, chance, idempotency }: KeepsViews): void {
  const views = new SavedViews(pool);

  http.get(
    "/v1/views",
    {
      schema: {
        tags,
        operationId: "listViews",
        summary: "List your views of payments, newest first",
        querystring: Type.Object(pageQuery),
        response: answers({ 200: pageOfSchema(viewSchema) }),
      },
      config: { scope: null, keepsToTerminal: true },
    },
    async ({ query, caller }) => {
      const page = await views.list(personOf(caller), query);
      return { ...page, data: page.data.map(present) };
    },
  );

  idempotency.post(
    http,
    "/v1/views",
    {
      tags,
      operationId: "keepView",
      summary: "Keep a view of payments",
      description: `Filters that say who a customer is are not kept: ${OF_CUSTOMERS.map((one) => `\`${one}\``).join(", ")}.`,
      body: Type.Object(
        { name, query: Type.String({ maxLength: 1000, description: "As the query of `GET /v1/payments`." }) },
        { additionalProperties: false, examples: [{ name: "Held by card", query: "status=authorized&method=card" }] },
      ),
      response: answers({ 201: viewSchema }),
    },
    {
      scope: null,
      problems: ["not_possible"],
      keepsToTerminal: true,
      carryOut: async ({ body, caller }, row) => {
        const faults = faultsOf(body.query);
        if (faults.length > 0) throw httpProblems.invalidRequest(faults);
        const operator = personOf(caller);
        const view = { id: chance.id("view"), name: body.name.trim(), query: body.query, createdAt: clock.now() };
        const answer = { status: 201, body: present(view) };
        await inTransaction(pool, async (connection) => {
          const added = await views.add(connection, operator, view);
          if (added !== "kept") throw added === "full" ? tooMany() : none();
          await storeKey(connection, row(view.id, answer), view.createdAt);
        });
        return answer;
      },
    },
  );

  idempotency.post(
    http,
    "/v1/views/:id",
    {
      tags,
      operationId: "renameView",
      summary: "Call a view otherwise",
      params,
      description: "What is left out stays as it is.",
      body: Type.Object({ name: Type.Optional(name) }, { additionalProperties: false, examples: [{ name: "Held" }] }),
      response: answers({ 200: viewSchema }),
    },
    {
      scope: null,
      keepsToTerminal: true,
      carryOut: ({ params: { id }, body, caller }, row) =>
        inTransaction(pool, async (connection) => {
          const view = await views.rename(connection, own(caller, id), body.name?.trim() ?? null);
          if (view === null) throw none();
          const answer = { status: 200, body: present(view) };
          await storeKey(connection, row(view.id, answer), clock.now());
          return answer;
        }),
    },
  );

  http.delete(
    "/v1/views/:id",
    {
      schema: {
        tags,
        operationId: "removeView",
        summary: "Keep a view no more",
        params,
        response: answers({ 204: Type.Null({ description: "Removed." }) }),
      },
      config: { scope: null, keepsToTerminal: true },
    },
    async ({ params: { id }, caller }, reply) => {
      if (!(await views.remove(own(caller, id)))) throw none();
      return reply.code(204).send();
    },
  );
}

/** What is wrong with a query: what the list itself would refuse, and what is not kept. */
function faultsOf(query: string): readonly FieldError[] {
  const { [COLUMNS]: columns = "", ...filters } = Object.fromEntries(new URLSearchParams(query));
  const strangers = Object.keys(filters).filter((one) => !KEPT.includes(one));
  return [
    ...strangers.map((one) => ({ field: "/query", message: `has ${one}, which a view does not keep` })),
    ...readPaymentFilter(filters).faults.map(({ field, message }) => ({
      field: "/query",
      message: `${field}: ${message}`,
    })),
    ...(/^[a-z_,]*$/.test(columns)
      ? []
      : [{ field: "/query", message: `${COLUMNS}: must be names with commas between` }]),
  ];
}

/** Nobody but a person comes here: no API key may (`domain/role.ts`). */
function personOf({ person }: Caller): OperatorId {
  if (person === null) throw none();
  return person.id;
}

/** @throws Problem 404. */
function own(caller: Caller, text: string): OwnView {
  const id = asViewId(text);
  if (id === null) throw none();
  return { operator: personOf(caller), id };
}

const none = () => problem("not_found", "You have no view of this id.");
const tooMany = () =>
  problem("not_possible", `You keep ${MOST_VIEWS} views already: remove one first.`, { field: "/query" });

function present({ id, name, query, createdAt }: SavedView) {
  return { id, name, query, createdAt: createdAt.toISOString() };
}
