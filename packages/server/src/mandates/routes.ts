import type { Http } from "@caravela/platform/http";
import type { Static } from "typebox";
import { Type } from "typebox";
import type { Mandate } from "../domain/mandate/state.ts";
import type { Idempotency } from "../http/idempotency.ts";
import { problem, problemOf } from "../http/problems.ts";
import { readPhone } from "../http/read-phone.ts";
import { said, wordOf } from "../http/said.ts";
import { answers, idempotencyHeaders, noBody, pageOfSchema, pageQuery, params, text } from "../http/schemas.ts";
import { isId } from "../storage/paging.ts";
import { cancelMandate } from "./cancel-mandate.ts";
import { type CreateMandate, createMandate } from "./create-mandate.ts";
import { presentMandate } from "./present.ts";
import { createBody, mandateSchema, mandateStatus } from "./schemas.ts";
import type { MandateServices } from "./services.ts";

const tags = ["Mandates"];

/** Customers' consents to be charged: asked for, read, ended. */
export function mandateRoutes(
  http: Http,
  services: MandateServices,
  { idempotency }: { idempotency: Idempotency },
): void {
  const present = (mandate: Mandate) =>
    presentMandate(mandate, services.clock.now().getTime(), services.settings.publicUrl);

  http.post(
    "/v1/mandates",
    {
      schema: {
        tags,
        summary: "Ask a customer for an authorised payment",
        headers: idempotencyHeaders,
        body: createBody,
        response: answers({ 201: mandateSchema }),
      },
    },
    (request, reply) =>
      idempotency.answer(request, reply, {
        carryOut: async (key) => {
          const mandate = await createMandate(services, readCreate(request.body), key);
          return { status: 201, body: present(mandate) };
        },
        recall: async (id) => ({ status: 201, body: present(await findMandate(services, id)) }),
      }),
  );

  http.get(
    "/v1/mandates",
    {
      schema: {
        tags,
        summary: "List mandates, newest first",
        querystring: Type.Object({
          ...pageQuery,
          customer: Type.Optional(text(100, "Your own id of the customer.")),
          reference: Type.Optional(text(100, "Your own reference.")),
          status: Type.Optional(mandateStatus),
        }),
        response: answers({ 200: pageOfSchema(mandateSchema) }),
      },
    },
    async (request) => {
      const page = await services.mandates.list(request.query);
      return { ...page, data: page.data.map(present) };
    },
  );

  http.get(
    "/v1/mandates/:id",
    { schema: { tags, summary: "Read a mandate", params, response: answers({ 200: mandateSchema }) } },
    async (request) => present(await findMandate(services, request.params.id)),
  );

  http.post(
    "/v1/mandates/:id/cancel",
    {
      schema: {
        tags,
        summary: "End a mandate",
        params,
        headers: idempotencyHeaders,
        body: noBody,
        response: answers({ 200: mandateSchema }),
      },
    },
    (request, reply) => {
      const { id } = request.params;
      return idempotency.answer(request, reply, {
        carryOut: async (key) => {
          await findMandate(services, id);
          const canceled = await cancelMandate(services, id, key);
          if ("refused" in canceled) throw problemOf(canceled);
          return { status: 200, body: present(canceled) };
        },
        recall: async () => ({ status: 200, body: present(await findMandate(services, id)) }),
      });
    },
  );
}

/** @throws Problem 422 naming the field. */
function readCreate({ phone, customer, ...body }: Static<typeof createBody>): CreateMandate {
  return {
    type: body.type,
    phone: readPhone(phone),
    customer: { id: wordOf(customer.id), name: customer.name.trim() },
    description: body.description,
    reference: wordOf(body.reference),
    returnUrl: said(body.returnUrl),
  };
}

/** @throws Problem 404. */
export async function findMandate({ mandates }: Pick<MandateServices, "mandates">, id: string): Promise<Mandate> {
  const mandate = isId(id) ? await mandates.load(id) : null;
  if (mandate === null) throw problem("not_found", "There is no mandate of this id.");
  return mandate;
}
