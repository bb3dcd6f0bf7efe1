/** A part of the description of the API: a schema, an operation, a map of them. */
export type Part = { readonly [member: string]: unknown };

/** What stands in a schema of an answer whose words a later server may have more of. */
export const OPEN = "x-open";

/** One operation that an API key may call. */
export interface Operation {
  readonly name: string;
  readonly method: string;
  /** As the description has it, `{id}` in the place of an id. */
  readonly path: string;
  /** The names of the types of what is sent and answered; null: there is none. */
  readonly input: string | null;
  readonly query: string | null;
  readonly answer: string | null;
}

/** What the client's types are made from. */
export interface Prepared {
  /** The description with nothing in it but schemas: each resource, input, query and event by its name. */
  readonly document: Part;
  readonly operations: readonly Operation[];
}

/**
 * Picks out of the server's description what a shop's key may call, and says of each schema whether it is sent or
 * answered: what is sent is closed, what is answered stays open for what a later server may say.
 */
export function prepare(description: Part): Prepared {
  const { paths, components } = description as { paths: Record<string, Record<string, Part>>; components: Part };
  const named = components.schemas as Record<string, Part>;
  const inputs: Record<string, Part> = {};
  const problems = new Map<string, Part>();
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([, { security }]) => (security as Part[]).some((one) => "apiKey" in one))
      .map(([method, operation]): Operation => {
        for (const [code, members] of problemsOf(operation, components)) problems.set(code, members);
        const name = operation.operationId as string;
        const title = name.replace(/^./, (letter) => letter.toUpperCase());
        const input = bodyOf(operation);
        const query = queryOf(operation);
        if (input !== null) inputs[`${title}Input`] = input;
        if (query !== null) inputs[`${title}Query`] = query;
        return {
          name,
          method: method.toUpperCase(),
          path,
          input: input && `${title}Input`,
          query: query && `${title}Query`,
          answer: answerOf(operation),
        };
      }),
  );
  const answers = operations.flatMap(({ answer }) => answer?.match(/[A-Z]\w+/g) ?? []);
  const events = (named.AnyEvent as { oneOf: { $ref: string }[] }).oneOf;
  const wanted = reachable([...answers, ...events.map(nameOf)], named);
  const schemas = {
    ...mapMembers(inputs, asInput),
    ...Object.fromEntries(wanted.map((name) => [name, opened(named[name] as Part)])),
    ...problemSchemas(named.Problem as Part, problems),
    KnownEvent: { oneOf: events, description: "An event of a type that this version of the client knows." },
  };
  return { document: { openapi: "3.1.0", info: {}, paths: {}, components: { schemas } }, operations };
}

function bodyOf({ requestBody }: Part): Part | null {
  const { content } = (requestBody ?? {}) as { content?: { "application/json": { schema: Part } } };
  if (content === undefined) return null;
  const { schema } = content["application/json"];
  const some = ((schema.anyOf as Part[] | undefined) ?? [schema]).filter(({ type }) => type !== "null");
  const [only] = some;
  const isEmpty = only !== undefined && Object.keys((only.properties as Part | undefined) ?? {}).length === 0;
  return some.length !== 1 || isEmpty ? null : (only ?? null);
}

function queryOf({ parameters = [] }: Part): Part | null {
  const all = (parameters as Part[]).filter((one) => one.in === "query");
  if (all.length === 0) return null;
  return {
    type: "object",
    required: all.filter(({ required }) => required === true).map(({ name }) => name),
    properties: Object.fromEntries(
      all.map(({ name, schema, description }) => [
        name,
        { ...(schema as Part), ...(description !== undefined && { description }) },
      ]),
    ),
    additionalProperties: false,
  };
}

/** The type that is answered to an API key, in TypeScript's words. What waits for a second person is a colleague's. */
function answerOf({ responses }: Part): string | null {
  const [, answer] =
    Object.entries(responses as Record<string, Part>).find(([status]) => /^20[01]$/.test(status)) ?? [];
  const content = (answer?.content ?? {}) as Record<string, { schema: Part }>;
  const schema = content["application/json"]?.schema;
  if (schema === undefined) return "text/csv" in content ? "string" : null;
  if (schema.$ref !== undefined) return nameOf(schema as { $ref: string });
  const { data, next } = schema.properties as { data: { items: { $ref: string } }; next?: Part };
  return `${next === undefined ? "Whole" : "Page"}<${nameOf(data.items)}>`;
}

/** The problems that an operation may answer by, by their codes, each with the members that are its own. */
function problemsOf({ responses }: Part, components: Part): [code: string, members: Part][] {
  return Object.values(responses as Record<string, Part>).flatMap((one) => {
    const shared = (components.responses as Record<string, Part>)[String(one.$ref).split("/").at(-1) ?? ""];
    const { content = {} } = (shared ?? one) as { content?: Record<string, { schema: { allOf: Part[] } }> };
    const [, own] = content["application/problem+json"]?.schema.allOf ?? [];
    return ((own?.oneOf ?? (own === undefined ? [] : [own])) as Part[]).flatMap((choice) => {
      const { type = {}, ...members } = choice.properties as Record<string, Part>;
      const required = (choice.required as string[]).filter((name) => name !== "type");
      const codes = (type.enum as string[]).map((text) => text.split("/").at(-1) ?? "");
      return codes.map((code): [string, Part] => [code, { properties: members, required }]);
    });
  });
}

/**
 * A type for each problem that has members of its own, one for all others, those of a later server too, and one for
 * whatever the API may refuse a call with.
 */
function problemSchemas(problem: Part, problems: ReadonlyMap<string, Part>): Record<string, Part> {
  const { properties, required, description } = problem as { properties: Part; required: string[] } & Part;
  const sorted = [...problems].sort(([one], [other]) => one.localeCompare(other));
  const withMembers = sorted.filter(([, own]) => Object.keys(own.properties as Part).length > 0);
  const others = sorted.filter((one) => !withMembers.includes(one)).map(([code]) => `/problems/${code}`);
  const each = withMembers.map(([code, own]): [string, Part] => {
    const title = `${code}_problem`.replaceAll(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase());
    const all = { ...properties, type: { const: `/problems/${code}` }, ...(own.properties as Part) };
    return [title, { type: "object", properties: all, required: [...required, ...(own.required as string[])] }];
  });
  const other = { ...properties, type: { enum: others, [OPEN]: true } };
  const schemas = { ...Object.fromEntries(each), OtherProblem: { type: "object", properties: other, required } };
  return {
    ...mapMembers(schemas, opened),
    Problem: { oneOf: Object.keys(schemas).map((name) => ({ $ref: `#/components/schemas/${name}` })), description },
    ProblemCode: {
      enum: sorted.map(([code]) => code),
      [OPEN]: true,
      description: "What the API may refuse a call with.",
    },
  } as Record<string, Part>;
}

/** The names of these schemas and of all that they hold, in the order in which they are met. */
function reachable(names: readonly string[], schemas: Readonly<Record<string, Part>>): string[] {
  const found = new Set<string>();
  const walk = (name: string): void => {
    if (found.has(name) || schemas[name] === undefined) return;
    found.add(name);
    for (const [, inner = ""] of JSON.stringify(schemas[name]).matchAll(/"#\/components\/schemas\/(\w+)"/g))
      walk(inner);
  };
  for (const name of names) walk(name);
  return [...found];
}

function nameOf({ $ref }: { readonly $ref: string }): string {
  return $ref.split("/").at(-1) ?? "";
}

/** A schema of what is sent. */
function asInput(schema: Part): Part {
  return everywhere(schema, (part) => part);
}

/** A schema of what is answered. Names of the shop's choosing are told to the types' maker in the way that it knows. */
function opened(schema: Part): Part {
  return everywhere(schema, ({ patternProperties, ...part }) => ({
    ...part,
    ...((part.enum !== undefined || part[VALUES] !== undefined) && { [OPEN]: true }),
    ...(patternProperties !== undefined && { additionalProperties: Object.values(patternProperties as Part)[0] }),
  }));
}

/** The values that a text has at this version, where the description does not hold it to them. */
export const VALUES = "x-values";

/** Changes a schema and all schemas within, the innermost first. */
function everywhere(schema: Part, change: (part: Part) => Part): Part {
  const within = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(within);
    return typeof value === "object" && value !== null ? everywhere(value as Part, change) : value;
  };
  const changed = mapMembers(schema, (value, member) => {
    if (UNSAID.has(member)) return undefined;
    return member === "properties" ? mapMembers(value as Part, within) : within(value);
  });
  return change({ ...descriptionWithin(changed), ...changed });
}

/** What editors need not show: examples, and rules that only the server looks at. */
const UNSAID = new Set(["example", "examples", "format", "default", "title"]);

/** Of what may be null, the description is that of what it may be else. */
function descriptionWithin({ anyOf = [] }: Part): Part {
  const [described] = (anyOf as Part[]).filter(({ description }) => description !== undefined);
  return described === undefined ? {} : { description: described.description };
}

function mapMembers<T>(part: Readonly<Record<string, T>>, change: (value: T, member: string) => unknown): Part {
  const members = Object.entries(part).map(([member, value]) => [member, change(value, member)]);
  return Object.fromEntries(members.filter(([, value]) => value !== undefined));
}
