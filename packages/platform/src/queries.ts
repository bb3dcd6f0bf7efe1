import type { FastifyRequest } from "fastify";
import type { Http } from "./http.ts";
import { type FieldError, httpProblems, type Problem } from "./problems.ts";
import { faultsOf, REMEDY, withoutNumbers } from "./validation.ts";

/**
 * Closes the queries of a scope's routes: a parameter that its route does not have, an empty one and one that stands
 * twice are refused. A filter that is overlooked would answer with everybody's. What else is wrong with the request is
 * told in the same answer. `alsoWrong` looks at what no schema holds.
 */
export function closeQueries(http: Http, alsoWrong: (request: FastifyRequest) => Problem | null = () => null): void {
  http.addHook("preValidation", async (request) => {
    const ofQuery = queryFaults(request);
    const also = alsoWrong(request);
    // what the schemas alone say is said by the validation that follows
    if (ofQuery.length === 0 && also === null) return;
    const rest = faultsOf(request).filter(({ field }) => !ofQuery.some((one) => one.field === field));
    const faults = [...ofQuery, ...rest];
    if (also !== null && faults.length === 0) throw also;
    const known = also?.errors ?? [];
    const others = faults.filter(({ field }) => !known.some((one) => one.field === field));
    throw httpProblems.invalidRequest([...others, ...known]);
  });
}

interface Parameter {
  readonly type?: string;
  readonly [REMEDY]?: string;
}

function queryFaults({ query, url, routeOptions }: FastifyRequest): FieldError[] {
  if (!isReadable(url)) throw httpProblems.malformedUrl();
  const { querystring } = (routeOptions.schema ?? {}) as { querystring?: { properties?: Record<string, Parameter> } };
  const known = new Map(Object.entries(querystring?.properties ?? {}));
  const given = Object.entries(query as Record<string, string | string[]>);
  return given.flatMap(([name, value]) => {
    const message = known.has(name) ? valueFault(value, known.get(name)) : unknown([...known.keys()]);
    return message === null ? [] : [{ field: withoutNumbers(name), message }];
  });
}

function unknown(names: readonly string[]): string {
  if (names.length === 0) return "is not known here, where there are no parameters";
  return `is not known here; there is ${names.join(", ")}`;
}

function valueFault(value: string | readonly string[], parameter: Parameter | undefined): string | null {
  if (typeof value !== "string") return "stands more than once: send it once";
  if (value.trim() === "") return "is empty: give it a value, or leave it out";
  if (parameter?.type === "integer" && !/^-?\d+$/.test(value))
    return parameter[REMEDY] ?? "must be a whole number, in digits";
  return null;
}

/** Percent-encoding of what is no UTF-8 would stay as it is and be looked for to the letter. */
function isReadable(url: string): boolean {
  try {
    decodeURIComponent(url.split("?").slice(1).join("?"));
    return true;
  } catch {
    return false;
  }
}
