import type { Http } from "@caravela/platform/http";
import type { Pool } from "@caravela/platform/postgres/pool";
import { Type } from "typebox";
import type { Idempotency } from "../http/idempotency.ts";
import { problemOf } from "../http/problems.ts";
import { wordOf } from "../http/said.ts";
import { answers, noBody, text } from "../http/schemas.ts";
import type { PortsOf } from "../storage/ports.ts";
import { type ErasesCustomers, eraseCustomer } from "./erase-customer.ts";

const tags = ["Customers"];

const count = (description: string) => Type.Integer({ minimum: 0, description });

const erasedSchema = Type.Object(
  {
    payments: count("How many payments were erased by this request."),
    mandates: count("How many authorised payments."),
    savedCards: count("How many saved cards were forgotten."),
  },
  { title: "Erased", description: "How much was known of the customer. Who they were is not repeated." },
);

/** The shop's customers, as far as they are known by its own ids. */
export function customerRoutes(
  http: Http,
  pool: Pool,
  portsOf: PortsOf<Omit<ErasesCustomers, "pool">>,
  { idempotency }: { readonly idempotency: Idempotency },
): void {
  idempotency.post(
    http,
    "/v1/customers/:id/erase",
    {
      tags,
      operationId: "eraseCustomer",
      summary: "Erase all that is known of a customer",
      params: Type.Object({ id: text(100, "Your own id of the customer, percent-encoded.") }),
      body: noBody,
      response: answers({ 200: erasedSchema }),
    },
    {
      scope: "admin",
      problems: ["customer_live"],
      isOfPerson: true,
      carryOut: async ({ params: { id }, caller }) => {
        const erased = await eraseCustomer({ pool, ...portsOf(caller) }, wordOf(id) ?? id);
        if ("refused" in erased) throw problemOf(erased);
        return { status: 200, body: erased };
      },
    },
  );
}
