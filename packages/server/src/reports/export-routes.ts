import type { Http } from "@caravela/platform/http";
import { lisbonDate } from "@caravela/platform/lisbon";
import { type TObject, type TSchema, Type } from "typebox";
import type { Caller, Scope } from "../domain/api-key.ts";
import type { TerminalId } from "../domain/identifiers.ts";
import { type Search, withoutPeople } from "../domain/search.ts";
import { everyEvent } from "../events/list.ts";
import { eventFilters, readEventFilter } from "../events/list-filter.ts";
import type { Timed } from "../given.ts";
import { mayAsk } from "../http/authorize.ts";
import type { Query, ReadFilter } from "../http/filters.ts";
import { answers } from "../http/schemas.ts";
import { ownFilter } from "../http/whose.ts";
import { operationFilters, readOperationFilter } from "../operations/list-filter.ts";
import { paymentFilters, readPaymentFilter } from "../payments/list-filter.ts";
import type { ReadsWholeLists } from "../storage/ports.ts";
import type { Lists } from "../storage/unlisted.ts";
import {
  EVENT_COLUMNS,
  EVENT_LINE,
  EVENT_ROW,
  type EventRow,
  type ExampleLine,
  PAYMENT_COLUMNS,
  PAYMENT_LINE,
  REFUND_COLUMNS,
  REFUND_LINE,
} from "./columns.ts";
import { type Columns, CSV_FORMATS, type CsvFormat } from "./csv.ts";
import { sendFile } from "./export.ts";

/** What exports may touch. */
export type ServesExports = ReadsWholeLists & Pick<Timed, "clock">;

/** What is asked of any list. */
interface Searched {
  readonly terminal: TerminalId | null;
  readonly search: Search | null;
}

/** A list that is there as a file. */
interface Exported<Filter, Row> {
  readonly name: "payments" | "refunds" | "events";
  readonly operationId: string;
  readonly filters: Readonly<Record<string, TSchema>>;
  readonly read: (query: Query) => ReadFilter<Filter>;
  readonly columns: Columns<Row>;
  /** What a line may say, for the description. */
  readonly line: ExampleLine<Columns<Row>>;
  readonly rows: (ports: ServesExports, filter: Filter) => AsyncGenerator<readonly Row[]>;
}

const format = Type.Optional(
  Type.Enum([...CSV_FORMATS], {
    description:
      "`plain`, unless given: commas between cells, `12.50`. `pt`: as a spreadsheet that is set to Portuguese reads it: semicolons, `12,50`, a mark of UTF-8 in front.",
  }),
);

/** Lists as files, whole: for books and spreadsheets. `closing`: aborted when the server stops. */
export function exportRoutes(
  http: Http,
  ports: ServesExports,
  { closing, lists }: { readonly closing: { readonly signal: AbortSignal }; readonly lists: Lists },
): void {
  addExport({
    name: "payments",
    operationId: "exportPayments",
    filters: paymentFilters,
    read: readPaymentFilter,
    columns: PAYMENT_COLUMNS,
    line: PAYMENT_LINE,
    rows: ({ payments }, filter) => payments.every(filter),
  });
  addExport({
    name: "refunds",
    operationId: "exportRefunds",
    filters: operationFilters("refund"),
    read: (query) => readOperationFilter("refund", query),
    columns: REFUND_COLUMNS,
    line: REFUND_LINE,
    rows: ({ payments }, filter) => payments.everyOperation("refund", filter),
  });
  addExport({
    name: "events",
    operationId: "exportEvents",
    filters: eventFilters,
    read: readEventFilter,
    columns: EVENT_COLUMNS,
    line: EVENT_LINE,
    rows: (_ports, filter) => everyEvent<EventRow>(lists, filter, EVENT_ROW),
  });

  function addExport<Filter extends Searched, Row>(exported: Exported<Filter, Row>) {
    const { name, operationId, filters, read, columns, line, rows } = exported;
    http.get(
      `/v1/exports/${name}.csv`,
      {
        schema: {
          tags: ["Reports"],
          operationId,
          summary: `Export ${name} as a CSV file`,
          description: `All that the same filters leave in \`GET /v1/${name}\`, in its order. By a key that may read neither payments nor events, \`q\` finds nothing by a phone, a card or an e-mail address. A file that is not whole ends by a broken connection.`,
          querystring: Type.Object({ ...filters, format }) as TObject,
          response: answers({ 200: csvFile(line) }),
        },
        // a file is not made to say how it would begin
        exposeHeadRoute: false,
        config: {
          scope: "reports",
          audited: "people",
          keepsToTerminal: true,
          filterFaults: (query) => read(query).faults,
        },
      },
      (request, reply) => {
        const query = request.query as Query & { readonly format?: CsvFormat };
        const asked = read(query).filter;
        const filter = ownFilter(request.caller, mayKnowWhoPays(request.caller) ? asked : withoutWhoPays(asked));
        return sendFile(request, reply, {
          name: `${name}-${lisbonDate(ports.clock.now())}`,
          columns,
          format: query.format ?? "plain",
          parts: filter === null ? nothing() : rows(ports, filter),
          closing: closing.signal,
        });
      },
    );
  }
}

/** The calls that show who pays, each with the scope that a key needs for it. */
const SHOW_WHO_PAYS: readonly (readonly [operation: string, scope: Scope])[] = [
  ["listPayments", "payments:read"],
  ["listEvents", "events"],
];

function mayKnowWhoPays(caller: Caller): boolean {
  return SHOW_WHO_PAYS.some(([operation, scope]) => mayAsk(caller, operation, scope));
}

/** A filter that tells nobody whose phone, card or address it is by what it leaves. */
function withoutWhoPays<Filter extends Searched>(filter: Filter): Filter {
  return filter.search === null ? filter : { ...filter, search: withoutPeople(filter.search) };
}

/** A file with such a line, as the API's description has it. */
function csvFile(line: Readonly<Record<string, string>>): TSchema {
  const schema = Type.String({ description: "RFC 4180, UTF-8; its first line has the names of the columns." });
  const example = [Object.keys(line), Object.values(line)].map((cells) => `${cells.join(",")}\r\n`).join("");
  return { description: "The file.", content: { "text/csv": { schema, example } } } as unknown as TSchema;
}

async function* nothing(): AsyncGenerator<never> {}
