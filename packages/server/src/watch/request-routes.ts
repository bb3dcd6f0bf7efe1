import type { Http } from "@caravela/platform/http";
import { Type } from "typebox";
import { FilterReader, type Query, type ReadFilter, spanQuery } from "../http/filters.ts";
import { answers, instant, nullable, pageOfSchema, pageQuery } from "../http/schemas.ts";
import type { RequestFilter, RequestLog, ShownRequest } from "../storage/request-log.ts";

export const requestSchema = Type.Object(
  {
    id: Type.String({ description: "As the header `x-request-id` of its answer has it." }),
    at: instant,
    method: Type.String(),
    path: Type.String({ description: "The route, as `/v1/payments/{id}`: what stood in its place is not kept." }),
    status: Type.Integer({ description: "Of the answer." }),
    ms: Type.Integer({ minimum: 0, description: "How long the answer took." }),
    by: nullable(
      Type.Object(
        {
          type: Type.String({ description: "`shop`: a key. `operator`: a person at work." }),
          id: nullable(Type.String({ description: "Of the key or the person. Null: the key of the settings." })),
          name: nullable(
            Type.String({ description: "What they are called now; null: they are gone, or have no name." }),
          ),
        },
        { description: "Who asked. Null: nobody that is known." },
      ),
    ),
    problem: nullable(
      Type.String({ description: "The code of the problem that it was answered by: `/problems/{code}`." }),
    ),
  },
  { title: "LoggedRequest", description: "A request to this API, without what it said." },
);

const filters = {
  ...spanQuery("at", "asked"),
  request: Type.Optional(Type.String({ maxLength: 64, description: "The `x-request-id` of its answer." })),
  by: Type.Optional(Type.String({ maxLength: 64, description: "The id of the key or the person that asked." })),
  refused: Type.Optional(
    Type.Boolean({ description: "`true`: answered by 400 or above. `false`: answered as was asked." }),
  ),
};

/** What was asked of the API. */
export function requestRoutes(http: Http, { requests }: { readonly requests: RequestLog }): void {
  http.get(
    "/v1/requests",
    {
      schema: {
        tags: ["Server"],
        operationId: "listRequests",
        summary: "List what was asked of this API, newest first",
        description:
          "Of the last seven days. A request is written down within some seconds after its answer; one that comes while very many do may be left out.",
        querystring: Type.Object({ ...pageQuery, ...filters }),
        response: answers({ 200: pageOfSchema(requestSchema) }),
      },
      config: { scope: "admin", keepsToTerminal: true, filterFaults: (query) => readFilter(query).faults },
    },
    async ({ query, caller: { terminal } }) => {
      const page = await requests.list({ ...readFilter(query).filter, terminal }, query);
      return { ...page, data: page.data.map(present) };
    },
  );
}

function present({ terminal: _own, name, by, at, ...one }: ShownRequest) {
  return { ...one, by: by === null ? null : { ...by, name }, at: at.toISOString() };
}

function readFilter(query: Query): ReadFilter<Omit<RequestFilter, "terminal">> {
  const reader = new FilterReader(query);
  const filter = {
    request: reader.value<string>("request"),
    by: reader.value<string>("by"),
    refused: reader.flag("refused"),
    at: reader.span("at"),
  };
  return { filter, faults: reader.faults };
}
