import type { Chance } from "@caravela/platform/chance";
import type { Clock } from "@caravela/platform/clock";
import type { Http } from "@caravela/platform/http";
import type { Pool } from "@caravela/platform/postgres/pool";
import { inTransaction } from "@caravela/platform/postgres/transaction";
import { Type } from "typebox";
import { type Idempotency, storeKey } from "../http/idempotency.ts";
import { notPossible, problem } from "../http/problems.ts";
import {
  answers,
  idempotencyHeaders,
  instant,
  noBody,
  nullable,
  optional,
  pageOfSchema,
  pageQuery,
  params,
  webAddress,
} from "../http/schemas.ts";
import { isId } from "../storage/paging.ts";
import type { AddressRules } from "./addresses.ts";
import { deleteEndpoint, listEndpoints, saveEndpoint } from "./endpoints.ts";
import { listEvents, readEvent, resendEvent } from "./read.ts";
import { faultsOf } from "./registration.ts";

const tags = ["Events"];

const endpointBody = Type.Object(
  {
    url: webAddress("Where events are sent."),
    secret: optional(
      Type.String({
        pattern: "^whsec_([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$",
        minLength: 38,
        maxLength: 94,
        description: "As Standard Webhooks writes it: `whsec_` and Base64 of 24 to 64 bytes. Made by us unless given.",
      }),
    ),
    types: optional(
      Type.Array(Type.String({ pattern: "^(\\*|[a-z_]+\\.[a-z_]+)$" }), {
        minItems: 1,
        maxItems: 50,
        description: "`*`, or for instance `payment.paid`.",
      }),
    ),
  },
  { additionalProperties: false },
);

const endpointSchema = Type.Object(
  {
    id: Type.String(),
    url: Type.String(),
    types: Type.Array(Type.String()),
    secret: nullable(Type.String({ description: "Only in the first answer." })),
    createdAt: instant,
    endedAt: nullable(
      Type.String({ format: "date-time", description: "Since when nothing is sent there; null: it is." }),
    ),
    endReason: nullable(
      Type.Enum(["gone"], { description: "`gone`: it answered 410. Register it again to take it up." }),
    ),
  },
  { title: "EventEndpoint", description: "Where events are sent." },
);

const eventMembers = {
  id: Type.String(),
  type: Type.String(),
  timestamp: instant,
  sequence: Type.Integer({ minimum: 1, description: "Counts the events of one payment, or of one mandate." }),
  // open: an event is shown as it was sent, by whichever version of the server
  data: Type.Object(
    {},
    {
      additionalProperties: true,
      description:
        "`payment`, and of `refund.*` also `refund`, likewise `capture`, `cancellation` and `token`; of `mandate.*` `mandate`, and of `plan.*` also `plan`: the whole resources as `GET` gave them at that moment.",
    },
  ),
};
const eventSchema = Type.Object(eventMembers, {
  title: "Event",
  description: "Something that happened, as it was sent.",
});
const eventWithDeliveries = Type.Object(
  {
    ...eventMembers,
    deliveries: Type.Array(
      Type.Object({
        endpoint: Type.String(),
        at: instant,
        status: nullable(Type.Integer({ description: "Null: no answer." })),
        ms: Type.Integer({ description: "How long the answer took." }),
      }),
    ),
  },
  { title: "EventWithDeliveries", description: "An event, and every try to deliver it." },
);

interface EventServices {
  readonly pool: Pool;
  readonly clock: Clock;
  readonly chance: Chance;
  readonly idempotency: Idempotency;
  /** Where events may go. */
  readonly rules: AddressRules;
  /** Something is due at an endpoint. */
  readonly poke: () => void;
}

/** What the shop is told, and where. */
export function eventRoutes(http: Http, services: EventServices): void {
  const { pool, clock, chance, idempotency } = services;

  http.get(
    "/v1/events",
    {
      schema: {
        tags,
        summary: "List events, newest first",
        querystring: Type.Object(pageQuery),
        response: answers({ 200: pageOfSchema(eventSchema) }),
      },
    },
    (request) => listEvents(pool, request.query),
  );

  http.get(
    "/v1/events/:id",
    {
      schema: {
        tags,
        summary: "Read an event and its deliveries",
        params,
        response: answers({ 200: eventWithDeliveries }),
      },
    },
    (request) => findEvent(request.params.id),
  );

  http.post(
    "/v1/events/:id/resend",
    {
      schema: {
        tags,
        summary: "Send an event again",
        params,
        headers: idempotencyHeaders,
        body: noBody,
        response: answers({ 200: eventWithDeliveries }),
      },
    },
    (request, reply) => {
      const { id } = request.params;
      return idempotency.answer(request, reply, {
        carryOut: async (key) => {
          const answer = { status: 200, body: await findEvent(id) };
          await inTransaction(pool, async (connection) => {
            await resendEvent(connection, id, clock.now());
            await storeKey(connection, key(id, answer), clock.now());
          });
          services.poke();
          return answer;
        },
      });
    },
  );

  http.post(
    "/v1/event-endpoints",
    {
      schema: {
        tags,
        summary: "Say where events are sent",
        headers: idempotencyHeaders,
        body: endpointBody,
        response: answers({ 200: endpointSchema, 201: endpointSchema }),
      },
    },
    (request, reply) => {
      const { url, secret = null, types = null } = request.body;
      return idempotency.answer(request, reply, {
        carryOut: async (key) => {
          const faults = await faultsOf({ url, types }, services);
          if (faults.length > 0) throw notPossible(faults);
          return inTransaction(pool, async (connection) => {
            const saved = await saveEndpoint({ connection, chance, clock }, { url, secret, types });
            const body = { ...saved.endpoint, secret: saved.secret };
            // The secret is told once: a replay of this answer does not have it.
            const answer = { status: saved.isNew ? 201 : 200, body, kept: { ...body, secret: null } };
            await storeKey(connection, key(saved.endpoint.id, answer), clock.now());
            return answer;
          });
        },
      });
    },
  );

  http.get(
    "/v1/event-endpoints",
    {
      schema: {
        tags,
        summary: "List where events are sent, newest first",
        querystring: Type.Object(pageQuery),
        response: answers({ 200: pageOfSchema(endpointSchema) }),
      },
    },
    async (request) => {
      const page = await listEndpoints(pool, request.query);
      return { ...page, data: page.data.map((endpoint) => ({ ...endpoint, secret: null })) };
    },
  );

  http.delete(
    "/v1/event-endpoints/:id",
    {
      schema: {
        tags,
        summary: "Send no more events there",
        params,
        response: answers({ 204: Type.Null({ description: "Removed." }) }),
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      if (isId(id) && (await deleteEndpoint(pool, id))) return reply.code(204).send();
      throw problem("not_found", "There is no endpoint of this id.");
    },
  );

  async function findEvent(id: string) {
    const event = isId(id) ? await readEvent(pool, id) : null;
    if (event === null) throw problem("not_found", "There is no event of this id.");
    return event;
  }
}
