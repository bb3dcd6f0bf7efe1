import type { Http } from "@caravela/platform/http";
import type { Pool } from "@caravela/platform/postgres/pool";
import { Type } from "typebox";
import type { Idempotency } from "../http/idempotency.ts";
import { problem, problemOf } from "../http/problems.ts";
import { wordOf } from "../http/said.ts";
import { answers, noBody, text } from "../http/schemas.ts";
import type { AtTerminal } from "../storage/erasure.ts";
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

function unknownAt({ terminal }: AtTerminal) {
  return problem(
    "not_found",
    `Terminal ${terminal}, of which your API key is, knows nothing of a customer of this id, or nothing any more.`,
  );
}

/** The shop's customers, as far as they are known by its own ids. */
export function customerRoutes(
  http: Http,
  pool: Pool,
  portsOf: PortsOf<Omit<ErasesCustomers, "pool">>,
  { idempotency, before }: { readonly idempotency: Idempotency } & Pick<AtTerminal, "before">,
): void {
  idempotency.post(
    http,
    "/v1/customers/:id/erase",
    {
      tags,
      operationId: "eraseCustomer",
      summary: "Erase all that is known of a customer",
      description:
        "By a key of one terminal, what is that terminal's alone: another shop on this server may call somebody else the same.",
      params: Type.Object({ id: text(100, "Your own id of the customer, percent-encoded.") }),
      body: noBody,
      response: answers({ 200: erasedSchema }),
    },
    {
      scope: "admin",
      problems: ["customer_live"],
      isOfPerson: true,
      keepsToTerminal: true,
      carryOut: async ({ params: { id }, caller }) => {
        const { terminal } = caller;
        const at = terminal === null ? null : { terminal, before };
        const erased = await eraseCustomer({ pool, ...portsOf(caller) }, wordOf(id) ?? id, at);
        if ("refused" in erased) throw problemOf(erased);
        if (at !== null && Object.values(erased).every((count) => count === 0)) throw unknownAt(at);
        return { status: 200, body: erased };
      },
    },
  );
}
