import type { Http } from "@caravela/platform/http";
import { REMEDY } from "@caravela/platform/validation";
import { Type } from "typebox";
import { FilterReader, type Query, type ReadFilter } from "../http/filters.ts";
import { answers, instant, nullable, pageOfSchema, pageQuery, text } from "../http/schemas.ts";
import type { AuditFilter, AuditLog, ShownEntry } from "./log.ts";

const told = nullable(
  Type.Record(Type.String(), Type.Unknown(), {
    description: "Amounts, words of the API, flags, moments and ids, by their names. Nothing that somebody wrote.",
  }),
);

export const entrySchema = Type.Object(
  {
    number: Type.Integer({ minimum: 1, description: "From 1 on, without gaps." }),
    at: instant,
    kind: Type.Enum(["asked", "answered"], {
      description:
        "Each action has an entry before anything is done, and one after. One that was asked for and never answered was cut off: what it made is seen in its subject.",
    }),
    of: nullable(Type.Integer({ description: "Of an answer: the entry that asked." })),
    by: Type.Object({
      type: Type.Enum(["operator", "shop", "command", "unknown"]),
      id: nullable(Type.String({ description: "Of a person or an API key; the key of the settings has none." })),
      name: nullable(Type.String({ description: "What they are called now; null: they are gone, or have no name." })),
    }),
    terminal: nullable(Type.String({ description: "The terminal that it is of; null: of all." })),
    from: nullable(Type.String({ description: "The network that it came from; null: a command's." })),
    request: nullable(Type.String({ description: "Its `x-request-id`." })),
    operation: Type.String({ description: "The operation, by its name in this description, or what else it was." }),
    subject: nullable(Type.String({ description: "What it was about, by its id." })),
    fields: Type.Array(Type.String(), { description: "The names of the members that were sent." }),
    before: told,
    after: told,
    reason: nullable(Type.String()),
    status: nullable(Type.Integer({ description: "Of the answer." })),
    hash: Type.String({ description: "SHA-256 of the hash before and of the entry's text, in hexadecimal." }),
  },
  { title: "AuditEntry" },
);

const MOMENT = "a day in Lisbon, which counts whole, or a moment with its zone, which counts exactly.";

const auditQuery = Type.Object({
  limit: pageQuery.limit,
  after: Type.Optional(
    Type.String({
      pattern: "^[1-9]\\d{0,14}$",
      [REMEDY]: "must be the `next` of the page before",
      description: "The `next` of the page before: an entry's number.",
    }),
  ),
  from: Type.Optional(text(40, `From when on: ${MOMENT}`)),
  to: Type.Optional(text(40, `Until when: ${MOMENT}`)),
  operator: Type.Optional(text(40, "Who asked, by the id of a person or of an API key.")),
  subject: Type.Optional(text(80, "What it was about, by its id.")),
});

/** What was done by whom, for whoever must be able to tell. */
export function auditRoutes(http: Http, audit: Pick<AuditLog, "list">): void {
  http.get(
    "/v1/audit",
    {
      schema: {
        tags: ["Audit"],
        operationId: "listAudit",
        summary: "List what people, keys and commands did, the last first",
        description:
          "A key of one terminal sees what was done by those of its terminal, and about what is of it. That it is read is an entry of its own.",
        querystring: auditQuery,
        response: answers({ 200: pageOfSchema(entrySchema) }),
      },
      config: {
        scope: "admin",
        keepsToTerminal: true,
        audited: "always",
        filterFaults: (query) => readAuditFilter(query).faults,
      },
    },
    async ({ query, caller }) => {
      const filter = { ...readAuditFilter(query).filter, terminal: caller.terminal };
      const before = query.after === undefined ? null : Number(query.after);
      const found = await audit.list(filter, before, query.limit + 1);
      const page = found.slice(0, query.limit);
      const hasMore = found.length > query.limit;
      const next = hasMore ? String(page.at(-1)?.entry.number) : null;
      return { data: page.map(present), hasMore, next };
    },
  );
}

function readAuditFilter(query: Query): ReadFilter<Omit<AuditFilter, "terminal">> {
  const reader = new FilterReader(query);
  const at = reader.span("at", ["from", "to"]);
  return {
    filter: { at, operator: reader.value("operator"), subject: reader.value("subject") },
    faults: reader.faults,
  };
}

function present({ entry, hash, name }: ShownEntry) {
  return { ...entry, by: { ...entry.by, name }, hash };
}
