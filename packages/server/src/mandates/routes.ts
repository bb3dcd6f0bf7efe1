import type { Http } from "@caravela/platform/http";
import type { Static } from "typebox";
import { Type } from "typebox";
import type { Caller } from "../domain/api-key.ts";
import { asMandateId, type TerminalId } from "../domain/identifiers.ts";
import type { Mandate } from "../domain/mandate/state.ts";
import type { Idempotency } from "../http/idempotency.ts";
import { problem, problemOf } from "../http/problems.ts";
import { readParts } from "../http/read-parts.ts";
import { readPhone } from "../http/read-phone.ts";
import { localeSaid, said, wordOf } from "../http/said.ts";
import { answers, noBody, pageOfSchema, pageQuery, params } from "../http/schemas.ts";
import { chosenTerminal, EMPTY_PAGE, ownFilter, type ServesTerminals } from "../http/whose.ts";
import type { PortsOf, ReadsMandates } from "../storage/ports.ts";
import { type CancelsMandates, cancelMandate } from "./cancel-mandate.ts";
import { type CreateMandate, createMandate, type RequestsMandates } from "./create-mandate.ts";
import { mandateFilters, readMandateFilter } from "./list-filter.ts";
import { presentMandate } from "./present.ts";
import { createBody, mandateSchema } from "./schemas.ts";

const tags = ["Mandates"];

/** What the routes of mandates may touch. */
export type ServesMandates = RequestsMandates &
  CancelsMandates &
  ServesTerminals & {
    readonly settings: {
      /** How browsers reach this server, without a slash at the end. */
      readonly publicUrl: string;
    };
  };

/** Customers' consents to be charged: asked for, read, ended. */
export function mandateRoutes(
  http: Http,
  portsOf: PortsOf<ServesMandates>,
  { idempotency }: { idempotency: Idempotency },
): void {
  const choose = (ports: ServesMandates, caller: Caller) => (named: string | null) =>
    chosenTerminal(ports, caller, named).id;

  idempotency.post(
    http,
    "/v1/mandates",
    {
      tags,
      operationId: "createMandate",
      summary: "Ask a customer for an authorised payment",
      body: createBody,
      response: answers({ 201: mandateSchema }),
    },
    {
      scope: "payments:write",
      audited: "people",
      problems: ["not_possible", "mandate_in_progress", "phone_asked_too_often", "terminal_not_served"],
      keepsToTerminal: true,
      carryOut: async ({ body, caller }, key) => {
        const ports = portsOf(caller);
        const mandate = await createMandate(ports, readCreate(body, choose(ports, caller)), key);
        return { status: 201, body: present(ports, mandate) };
      },
      recall: async ({ caller }, id) => ({ status: 201, body: await show(portsOf(caller), id) }),
    },
  );

  http.get(
    "/v1/mandates",
    {
      schema: {
        tags,
        operationId: "listMandates",
        summary: "List mandates, newest first",
        querystring: Type.Object({ ...pageQuery, ...mandateFilters }),
        response: answers({ 200: pageOfSchema(mandateSchema) }),
      },
      config: {
        scope: "payments:read",
        keepsToTerminal: true,
        filterFaults: (query) => readMandateFilter(query).faults,
      },
    },
    async ({ query, caller }) => {
      const ports = portsOf(caller);
      const filter = ownFilter(caller, readMandateFilter(query).filter);
      const page = filter === null ? EMPTY_PAGE : await ports.mandates.list(filter, query);
      return { ...page, data: page.data.map((mandate) => present(ports, mandate)) };
    },
  );

  http.get(
    "/v1/mandates/:id",
    {
      schema: {
        tags,
        operationId: "getMandate",
        summary: "Read a mandate",
        params,
        response: answers({ 200: mandateSchema }),
      },
      config: { scope: "payments:read" },
    },
    ({ params: { id }, caller }) => show(portsOf(caller), id),
  );

  idempotency.post(
    http,
    "/v1/mandates/:id/cancel",
    {
      tags,
      operationId: "cancelMandate",
      summary: "End a mandate",
      params,
      body: noBody,
      response: answers({ 200: mandateSchema }),
    },
    {
      scope: "payments:write",
      audited: "people",
      problems: ["mandate_over"],
      carryOut: async ({ params: { id }, caller }, key) => {
        const ports = portsOf(caller);
        const mandate = await findMandate(ports, id);
        const canceled = await cancelMandate(ports, mandate.id, key);
        if ("refused" in canceled) throw problemOf(canceled);
        return { status: 200, body: present(ports, canceled) };
      },
      recall: async ({ params: { id }, caller }) => ({ status: 200, body: await show(portsOf(caller), id) }),
    },
  );
}

/** @throws Problem 422 naming the field. */
function readCreate(
  { phone, customer, ...body }: Static<typeof createBody>,
  choose: (named: string | null) => TerminalId,
): CreateMandate {
  return {
    ...readParts({
      terminal: () => choose(said(body.terminal)),
      phone: () => readPhone(phone),
      locale: () => localeSaid(body.locale),
    }),
    type: body.type,
    customer: { id: wordOf(customer.id), name: customer.name.trim() },
    description: body.description,
    reference: wordOf(body.reference),
    returnUrl: said(body.returnUrl),
    cancelUrl: said(body.cancelUrl),
  };
}

function present({ clock, settings }: Pick<ServesMandates, "clock" | "settings">, mandate: Mandate) {
  return presentMandate(mandate, clock.now().getTime(), settings.publicUrl);
}

/** A mandate as the API shows it. @throws Problem 404. */
async function show(ports: ServesMandates, id: string) {
  return present(ports, await findMandate(ports, id));
}

/** @throws Problem 404. */
export async function findMandate({ mandates }: ReadsMandates, id: string): Promise<Mandate> {
  const known = asMandateId(id);
  const mandate = known === null ? null : await mandates.load(known);
  if (mandate === null) throw problem("not_found", "There is no mandate of this id.");
  return mandate;
}
