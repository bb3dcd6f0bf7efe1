import type { Clock } from "@caravela/platform/clock";
import type { Http } from "@caravela/platform/http";
import type { Pool } from "@caravela/platform/postgres/pool";
import { inTransaction } from "@caravela/platform/postgres/transaction";
import type { Problem } from "@caravela/platform/problems";
import { REMEDY } from "@caravela/platform/validation";
import { Type } from "typebox";
import { asEndpointId } from "../domain/identifiers.ts";
import type { Timed } from "../given.ts";
import type { Idempotency } from "../http/idempotency.ts";
import { notPossible, problem } from "../http/problems.ts";
import {
  answers,
  instant,
  noBody,
  nullable,
  onlyTerminal,
  optional,
  pageOfSchema,
  pageQuery,
  params,
  VALUES,
  webAddress,
} from "../http/schemas.ts";
import { type ServesTerminals, terminalGiven } from "../http/whose.ts";
import { storeKey } from "../storage/kept-answers.ts";
import type { AddressRules } from "./addresses.ts";
import { MOST_WAITING } from "./endpoint-hours.ts";
import { deleteEndpoint, listEndpoints, saveEndpoint } from "./endpoints.ts";
import { PING, ping } from "./ping.ts";
import type { Reach } from "./reach.ts";
import { faultsOf } from "./registration.ts";
import { EVENT_TYPES } from "./types.ts";

const tags = ["Events"];

const count = (description: string) => Type.Integer({ minimum: 0, description });
const status = nullable(Type.Integer({ description: "What it answered. Null: nothing in time." }));
const sendFailure = nullable(
  Type.Enum(["refused", "timeout", "unreachable", "address_not_allowed"], {
    description:
      "`refused`: it answered something else than 2xx. `timeout`: nothing within 15 seconds. `unreachable`: nobody answers there. `address_not_allowed`: its address is inside.",
  }),
);

const endpointBody = Type.Object(
  {
    url: webAddress("Where events are sent."),
    secret: optional(
      Type.String({
        pattern: "^whsec_([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$",
        minLength: 38,
        maxLength: 94,
        [REMEDY]: "must be `whsec_` and Base64 of 24 to 64 bytes, as Standard Webhooks writes it, or be left out",
        description: "As Standard Webhooks writes it: `whsec_` and Base64 of 24 to 64 bytes. Made by us unless given.",
      }),
    ),
    types: optional(
      Type.Array(
        Type.String({
          pattern: "^(\\*|[a-z_]+\\.[a-z_]+)$",
          [VALUES]: ["*", ...EVENT_TYPES],
          [REMEDY]: "must be `*`, or a type of event as payment.paid",
        }),
        {
          minItems: 1,
          maxItems: 50,
          description: "`*`, or for instance `payment.paid`.",
        },
      ),
    ),
    terminal: optional(
      onlyTerminal("The one terminal whose events are sent there. Your key's unless given; with none of its own, all."),
    ),
  },
  { additionalProperties: false, examples: [{ url: "https://shop.example/events", types: ["payment.paid"] }] },
);

export const endpointSchema = Type.Object(
  {
    id: Type.String(),
    url: Type.String(),
    types: Type.Array(Type.String({ [VALUES]: ["*", ...EVENT_TYPES] })),
    terminal: nullable(Type.String({ description: "Whose events are sent there; null: those of all terminals." })),
    secret: nullable(Type.String({ description: "Only in the first answer." })),
    createdAt: instant,
    endedAt: nullable(
      Type.String({ format: "date-time", description: "Since when nothing is sent there; null: it is." }),
    ),
    endReason: nullable(
      Type.Enum(["gone"], { description: "`gone`: it answered 410. Register it again to take it up." }),
    ),
    deliveries: Type.Object(
      {
        delivered: count("Tries that were taken, by any 2xx."),
        failed: count("Tries that were not."),
        waiting: count(
          `Events that are to be sent there still, whenever they happened; ${MOST_WAITING.toLocaleString("en")} at most are counted.`,
        ),
        lastError: nullable(
          Type.Object(
            { at: instant, status, failure: sendFailure },
            { description: "The last try that was not taken." },
          ),
        ),
        lastDeliveredAt: nullable(Type.String({ format: "date-time", description: "When one was taken last." })),
      },
      { description: "How it has taken its events in the last 24 hours: in this one, and the 23 before." },
    ),
  },
  { title: "EventEndpoint", description: "Where events are sent." },
);

export const pinged = Type.Object(
  {
    endpoint: Type.String(),
    event: Type.String({ description: "The id that it was sent by: its header `webhook-id`." }),
    delivered: Type.Boolean({ description: "Whether it was taken: answered by any 2xx." }),
    status,
    failure: sendFailure,
    ms: Type.Integer({ description: "How long the answer took." }),
  },
  { title: "Pinged", description: "How an endpoint took what it was tried by." },
);

interface ServesEndpoints extends Timed, ServesTerminals {
  readonly pool: Pool;
  readonly idempotency: Idempotency;
  /** Where events may go. */
  readonly rules: AddressRules;
  readonly reach: Pick<Reach, "post">;
  readonly systemClock: Clock;
}

/** Where events are sent. */
export function endpointRoutes(
  http: Http,
  { pool, clock, chance, idempotency, terminals, rules, reach, systemClock }: ServesEndpoints,
): void {
  idempotency.post(
    http,
    "/v1/event-endpoints/:id/ping",
    {
      tags,
      operationId: "pingEventEndpoint",
      summary: "Try an endpoint",
      description: `Sends it one event of the type \`${PING}\`, signed as all are, whatever types it takes, and answers how it was taken. It is not sent again, and stands in no list.`,
      params,
      body: noBody,
      response: answers({ 200: pinged }),
    },
    {
      scope: "events",
      carryOut: async ({ params: { id } }, key) => {
        const endpoint = asEndpointId(id);
        const body = endpoint === null ? null : await ping({ pool, clock, chance, reach, systemClock }, endpoint);
        if (endpoint === null || body === null) throw noEndpoint();
        const answer = { status: 200, body };
        await storeKey(pool, key(endpoint, answer), clock.now());
        return answer;
      },
    },
  );

  idempotency.post(
    http,
    "/v1/event-endpoints",
    {
      tags,
      operationId: "createEventEndpoint",
      summary: "Say where events are sent",
      body: endpointBody,
      response: answers({ 200: endpointSchema, 201: endpointSchema }),
    },
    {
      scope: "events",
      problems: ["not_possible", "terminal_not_served"],
      keepsToTerminal: true,
      carryOut: async ({ body: { url, secret = null, types = null, ...body }, caller }, key) => {
        const terminal = terminalGiven({ terminals }, caller, body.terminal);
        const faults = await faultsOf({ url, types, terminal }, { pool, rules });
        if (faults.length > 0) throw notPossible(faults);
        return inTransaction(pool, async (connection) => {
          const saved = await saveEndpoint({ connection, chance, clock }, { url, secret, types, terminal });
          const told = { ...saved.endpoint, secret: saved.secret };
          // The secret is shown once: a replay of this answer does not have it.
          const answer = { status: saved.isNew ? 201 : 200, body: told, kept: { ...told, secret: null } };
          await storeKey(connection, key(saved.endpoint.id, answer), clock.now());
          return answer;
        });
      },
    },
  );

  http.get(
    "/v1/event-endpoints",
    {
      schema: {
        tags,
        operationId: "listEventEndpoints",
        summary: "List where events are sent, newest first",
        querystring: Type.Object(pageQuery),
        response: answers({ 200: pageOfSchema(endpointSchema) }),
      },
      config: { scope: "events", keepsToTerminal: true },
    },
    async ({ query, caller }) => {
      const page = await listEndpoints({ pool, now: clock.now() }, query, caller.terminal);
      return { ...page, data: page.data.map((endpoint) => ({ ...endpoint, secret: null })) };
    },
  );

  http.delete(
    "/v1/event-endpoints/:id",
    {
      schema: {
        tags,
        operationId: "deleteEventEndpoint",
        summary: "Send no more events there",
        params,
        response: answers({ 204: Type.Null({ description: "Removed." }) }),
      },
      config: { scope: "events" },
    },
    async (request, reply) => {
      const id = asEndpointId(request.params.id);
      if (id !== null && (await deleteEndpoint(pool, id, clock.now()))) return reply.code(204).send();
      throw noEndpoint();
    },
  );
}

function noEndpoint(): Problem {
  return problem("not_found", "There is no endpoint of this id.");
}
