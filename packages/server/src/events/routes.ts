import type { Http } from "@caravela/platform/http";
import type { Pool } from "@caravela/platform/postgres/pool";
import { inTransaction } from "@caravela/platform/postgres/transaction";
import { httpProblems, type Problem } from "@caravela/platform/problems";
import { type Static, Type } from "typebox";
import type { Caller } from "../domain/api-key.ts";
import { asEventId } from "../domain/identifiers.ts";
import type { Timed } from "../given.ts";
import type { Idempotency } from "../http/idempotency.ts";
import { problem } from "../http/problems.ts";
import { answers, noBody, pageOfSchema, pageQuery, params, VALUES } from "../http/schemas.ts";
import { EMPTY_PAGE, ownFilter, type ServesTerminals } from "../http/whose.ts";
import { storeKey } from "../storage/kept-answers.ts";
import { isSentTo } from "./endpoints.ts";
import { listEvents } from "./list.ts";
import { type EventFilter, eventFilters, readEventFilter } from "./list-filter.ts";
import { readEvent, resendEvent } from "./read.ts";
import { resendEvents } from "./resend.ts";
import { eventSchema, eventWithDeliveries } from "./schemas.ts";
import { EVENT_TYPES } from "./types.ts";

const tags = ["Events"];

const resendBody = Type.Object(
  {
    filter: Type.Object(
      {
        ...eventFilters,
        type: Type.Optional(
          Type.Array(Type.String({ [VALUES]: EVENT_TYPES }), { minItems: 1, description: "What they tell." }),
        ),
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

interface ServesEvents extends Pick<Timed, "clock">, ServesTerminals {
  readonly pool: Pool;
  readonly idempotency: Idempotency;
  /** Something is due at an endpoint. */
  readonly poke: () => void;
  /** Aborted when the server stops. */
  readonly closing: { readonly signal: AbortSignal };
}

/** The events of payments and mandates. */
export function eventRoutes(
  http: Http,
  { pool, clock, idempotency, terminals, poke, closing: { signal } }: ServesEvents,
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
