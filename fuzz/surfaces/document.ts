import type { Schema } from "../inputs/schema.ts";

/** One operation of the API, as its description has it. */
export interface Operation {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  /** The names of what its query may hold. */
  readonly parameters: readonly string[];
  /** Null: it takes none. */
  readonly body: { readonly schema: Schema; readonly examples: readonly unknown[] } | null;
}

/** The description of the API. */
export interface Document {
  readonly whole: unknown;
  readonly operations: readonly Operation[];
}

interface Described {
  readonly operationId: string;
  readonly parameters?: readonly { readonly in: string; readonly name: string }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, Media>> };
}

interface Media {
  readonly schema: Schema;
  readonly example?: unknown;
  readonly examples?: Readonly<Record<string, { readonly value?: unknown }>>;
}

interface Whole {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>;
}

/** Reads the description of a running server. */
export async function readDocument(serverUrl: string): Promise<Document> {
  const whole = (await (await fetch(`${serverUrl}/openapi.json`)).json()) as Whole;
  const operations = Object.entries(whole.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => operationOf(path, method, operation)),
  );
  return { whole, operations };
}

function operationOf(
  path: string,
  method: string,
  { operationId, parameters = [], requestBody }: Described,
): Operation {
  const media = requestBody?.content["application/json"];
  return {
    id: operationId,
    method: method.toUpperCase(),
    path,
    parameters: parameters.filter((one) => one.in === "query").map(({ name }) => name),
    body: media === undefined ? null : { schema: media.schema, examples: examplesIn(media) },
  };
}

function examplesIn({ example, examples = {}, schema }: Media): unknown[] {
  const named = Object.values(examples).flatMap(({ value }) => (value === undefined ? [] : [value]));
  return [...(example === undefined ? [] : [example]), ...named, ...(schema.examples ?? [])];
}
