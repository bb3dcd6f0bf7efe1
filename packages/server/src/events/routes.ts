import type { Http } from "@caravela/platform/http";
import type { Pool } from "@caravela/platform/postgres/pool";
import { inTransaction } from "@caravela/platform/postgres/transaction";
import { httpProblems, type Problem } from "@caravela/platform/problems";
import { REMEDY } from "@caravela/platform/validation";
import { type Static, Type } from "typebox";
import type { Caller } from "../domain/api-key.ts";
import { asEndpointId, asEventId } from "../domain/identifiers.ts";
import type { Timed } from "../given.ts";
import type { Idempotency } from "../http/idempotency.ts";
import { notPossible, problem } from "../http/problems.ts";
import { said } from "../http/said.ts";
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
  webAddress,
} from "../http/schemas.ts";
import { chosenTerminal, EMPTY_PAGE, ownFilter, type ServesTerminals } from "../http/whose.ts";
import { storeKey } from "../storage/kept-answers.ts";
import type { AddressRules } from "./addresses.ts";
import { deleteEndpoint, isSentTo, listEndpoints, saveEndpoint } from "./endpoints.ts";
import { listEvents } from "./list.ts";
import { type EventFilter, eventFilters, readEventFilter } from "./list-filter.ts";
import { readEvent, resendEvent } from "./read.ts";
import { faultsOf } from "./registration.ts";
import { resendEvents } from "./resend.ts";
import { eventSchema, eventWithDeliveries } from "./schemas.ts";

const tags = ["Events"];

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

const endpointSchema = Type.Object(
  {
    id: Type.String(),
    url: Type.String(),
    types: Type.Array(Type.String()),
    terminal: nullable(Type.String({ description: "Whose events are sent there; null: those of all terminals." })),
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

const resendBody = Type.Object(
  {
    filter: Type.Object(
      {
        ...eventFilters,
        type: Type.Optional(Type.Array(Type.String(), { minItems: 1, description: "What they tell." })),
      },
      { additionalProperties: false, description: "As `GET /v1/events` takes them; at least one." },
    ),
  },
  { additionalProperties: false, examples: [{ filter: { undelivered: true, created_from: "2026-11-27" } }] },
);

const NAMES_NOTHING = `names nothing: give at least one of ${Object.keys(eventFilters).join(", ")}`;

const resent = Type.Object(
  { count: Type.Integer({ minimum: 0, description: "So many events are sent again." }) },
  { title: "ResentEvents", description: "They are due, in their order." },
);

interface ServesEvents extends Timed, ServesTerminals {
  readonly pool: Pool;
  readonly idempotency: Idempotency;
  /** Where events may go. */
  readonly rules: AddressRules;
  /** Something is due at an endpoint. */
  readonly poke: () => void;
  /** Aborted when the server stops. */
  readonly closing: { readonly signal: AbortSignal };
}

/** The events of payments and mandates, and where they are sent. */
export function eventRoutes(
  http: Http,
  { pool, clock, chance, idempotency, terminals, rules, poke, closing: { signal } }: ServesEvents,
): void {
  http.get(
    "/v1/events",
    {
      schema: {
        tags,
        operationId: "listEvents",
        summary: "List events, newest first",
        querystring: Type.Object({ ...pageQuery, ...eventFilters }),
        response: answers({ 200: pageOfSchema(eventSchema) }),
      },
      config: {
        scope: "events",
        keepsToTerminal: true,
        problems: ["not_possible"],
        filterFaults: (query) => readEventFilter(query).faults,
      },
    },
    async ({ query, caller }) => {
      const filter = ownFilter(caller, readEventFilter(query).filter);
      return filter === null ? EMPTY_PAGE : await listEvents({ pool, before: terminals.before }, filter, query);
    },
  );

  http.get(
    "/v1/events/:id",
    {
      schema: {
        tags,
        operationId: "getEvent",
        summary: "Read an event and its deliveries",
        params,
        response: answers({ 200: eventWithDeliveries }),
      },
      config: { scope: "events" },
    },
    (request) => findEvent(request.params.id),
  );

  idempotency.post(
    http,
    "/v1/events/:id/resend",
    {
      tags,
      operationId: "resendEvent",
      summary: "Send an event again",
      params,
      body: noBody,
      response: answers({ 200: eventWithDeliveries }),
    },
    {
      scope: "events",
      carryOut: async ({ params: { id } }, key) => {
        const event = await findEvent(id);
        const answer = { status: 200, body: event };
        await inTransaction(pool, async (connection) => {
          const subject = await resendEvent(connection, event.id, clock.now(), terminals.before);
          if (subject === null) throw noEvent();
          // of whose payment it tells, so that the answer is erased with that
          await storeKey(connection, key(subject, answer), clock.now());
        });
        poke();
        return answer;
      },
    },
  );

  idempotency.post(
    http,
    "/v1/events/resend",
    {
      tags,
      operationId: "resendEvents",
      summary: "Send many events again",
      body: resendBody,
      response: answers({ 200: resent }),
    },
    {
      scope: "events",
      problems: ["not_possible"],
      keepsToTerminal: true,
      carryOut: async ({ body, caller }, key) => {
        const filter = await wantedAgain(body, caller);
        const at = clock.now();
        // what is sent again already is told by this moment, should the rest not come to it
        await storeKey(pool, key(at.toISOString()), at);
        return sendAgain(filter, at);
      },
      recall: async ({ body, caller }, at) => sendAgain(await wantedAgain(body, caller), new Date(at)),
    },
  );

  /** Null: it asks for another terminal's. @throws Problem 400 or 422. */
  async function wantedAgain(
    { filter: asked }: Static<typeof resendBody>,
    caller: Caller,
  ): Promise<EventFilter | null> {
    const { filter, faults } = readEventFilter({ ...asked, type: asked.type?.join(",") });
    const blank = Object.entries(asked).filter(([, value]) => String(value).trim() === "");
    const errors = [
      ...faults.map(({ field, message }) => ({ field: `/filter/${field}`, message })),
      // one that is overlooked would send everything
      ...blank.map(([name]) => ({ field: `/filter/${name}`, message: "is empty: give it a value, or leave it out" })),
      ...(Object.keys(asked).length > 0 ? [] : [{ field: "/filter", message: NAMES_NOTHING }]),
    ];
    if (errors.length > 0) throw httpProblems.invalidRequest(errors);
    if (filter.endpoint !== null && !(await isSentTo(pool, filter.endpoint, caller.terminal)))
      throw problem("not_possible", "Nothing is sent to an endpoint of this id: name another, or leave it out.", {
        field: "/filter/endpoint",
      });
    return ownFilter(caller, filter);
  }

  /** @throws Problem 503 when the server stops: asked again by the same key, it goes on. */
  async function sendAgain(filter: EventFilter | null, at: Date) {
    const lists = { pool, before: terminals.before };
    try {
      const count = filter === null ? 0 : await resendEvents(lists, { filter, at, poke, signal });
      return { status: 200, body: { count } };
    } catch (error) {
      throw signal.aborted
        ? httpProblems.unavailable("Ask again with the same key: what is left is sent then.")
        : error;
    }
  }

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
        const named = said(body.terminal);
        const terminal = named === null ? caller.terminal : chosenTerminal({ terminals }, caller, named).id;
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
      const page = await listEndpoints(pool, query, caller.terminal);
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
      if (id !== null && (await deleteEndpoint(pool, id))) return reply.code(204).send();
      throw problem("not_found", "There is no endpoint of this id.");
    },
  );

  async function findEvent(text: string) {
    const id = asEventId(text);
    const event = id === null ? null : await readEvent(pool, id);
    if (event === null) throw noEvent();
    return event;
  }
}

function noEvent(): Problem {
  return problem("not_found", "There is no event of this id, or it was forgotten: events are kept for a while only.");
}
