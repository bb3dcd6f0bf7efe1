import type { Http } from "@caravela/platform/http";
import type { Pool } from "@caravela/platform/postgres/pool";
import { inTransaction } from "@caravela/platform/postgres/transaction";
import { Type } from "typebox";
import type { By } from "../domain/by.ts";
import type { Timed } from "../given.ts";
import type { Idempotency } from "../http/idempotency.ts";
import { problemOf } from "../http/problems.ts";
import { answers, instant, nullable, pageOfSchema, pageQuery, params, text } from "../http/schemas.ts";
import { storeKey } from "../storage/kept-answers.ts";
import { isErasedOf, type PaymentNote, type PaymentNotes } from "../storage/notes.ts";
import type { PortsOf, ReadsPayments } from "../storage/ports.ts";
import { find } from "./routes.ts";

const tags = ["Payments"];

/** What somebody wrote about a payment. */
export const noteSchema = Type.Object(
  {
    id: Type.String(),
    text: nullable(Type.String({ description: "Null once the customer is erased." })),
    by: Type.Object({
      type: Type.Enum(["shop", "operator"]),
      id: nullable(Type.String()),
      name: nullable(Type.String()),
    }),
    at: instant,
  },
  { title: "Note", description: "What somebody of yours wrote about a payment. No customer sees it." },
);

/** What notes may touch. */
export type KeepsNotes = ReadsPayments & Timed & { readonly notes: PaymentNotes; readonly pool: Pool };

/** Notes of a payment: for whoever looks at it next. */
export function noteRoutes(
  http: Http,
  portsOf: PortsOf<KeepsNotes>,
  { idempotency }: { readonly idempotency: Idempotency },
): void {
  http.get(
    "/v1/payments/:id/notes",
    {
      schema: {
        tags,
        operationId: "listNotes",
        summary: "List the notes of a payment, newest first",
        params,
        querystring: Type.Object(pageQuery),
        response: answers({ 200: pageOfSchema(noteSchema) }),
      },
      config: { scope: "payments:read" },
    },
    async ({ params: { id }, query, caller }) => {
      const ports = portsOf(caller);
      const page = await ports.notes.list((await find(ports, id)).id, query);
      return { ...page, data: page.data.map(presentNote) };
    },
  );

  idempotency.post(
    http,
    "/v1/payments/:id/notes",
    {
      tags,
      operationId: "addNote",
      summary: "Write a note about a payment",
      params,
      body: Type.Object(
        { text: text(2000, "For whoever looks at it next.") },
        { additionalProperties: false, examples: [{ text: "Called on Friday: the parcel has come." }] },
      ),
      response: answers({ 201: noteSchema }),
    },
    {
      scope: "payments:write",
      audited: "people",
      problems: ["customer_erased"],
      carryOut: async ({ params: { id }, body, caller: { by } }, row) => {
        const ports = portsOf({ by });
        const payment = await find(ports, id);
        const note: PaymentNote = { id: ports.chance.id("note"), text: body.text, by, at: ports.clock.now() };
        const answer = { status: 201, body: presentNote(note) };
        await inTransaction(ports.pool, async (connection) => {
          if (await isErasedOf(connection, payment.id)) throw problemOf({ refused: "customer_erased" });
          await ports.notes.add(connection, payment.id, note);
          await storeKey(connection, row(note.id, answer), note.at);
        });
        return answer;
      },
    },
  );
}

/** A note as the API shows it. */
export function presentNote({ id, text: written, by, at }: PaymentNote) {
  return { id, text: written, by: named(by), at: at.toISOString() };
}

const named = ({ type, id = null, name = null }: By) => ({ type, id, name });
