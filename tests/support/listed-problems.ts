import { type Answer, type Json, jsonCaller } from "./json.ts";

type Paths = Readonly<Record<string, Readonly<Record<string, { readonly responses: Json }>>>>;

/** The part of `/openapi.json` that says what operations answer. */
interface Document {
  readonly paths: Paths;
  readonly components: { readonly responses: Json };
}

/** One answer of an operation. */
export interface Response {
  readonly content?: Readonly<Record<string, { readonly schema: Json }>>;
}

/** The address of an operation as the description has it; undefined: it has none such. */
export function templateOf(paths: Paths, path: string): string | undefined {
  const [asked = ""] = path.split("?", 1);
  const matching = Object.keys(paths).filter((one) => patternOf(one).test(asked));
  return matching.sort((one, other) => one.split("{").length - other.split("{").length)[0];
}

/** What the description says of a status, itself or by the name of an answer that operations share. */
export function responseAt(document: Json, responses: Json, status: string): Response | undefined {
  const { $ref = null, ...said } = (responses[status] ?? {}) as Json;
  if (typeof $ref !== "string") return responses[status] === undefined ? undefined : said;
  return (document as unknown as Document).components.responses[$ref.split("/").at(-1) ?? ""] as Response;
}

let known: Promise<Json> | undefined;

/** Reads the description of a server, once: all servers of this version have the same. */
export function knowListed(server: string): Promise<Json> {
  known ??= jsonCaller()(`${server}/openapi.json`, "GET").then(({ body }) => body as Json);
  return known;
}

/** What `/v1` answers by a problem must be listed in the description of its operation. @throws Error */
export async function holdToListed(server: string, method: string, path: string, answer: Answer): Promise<void> {
  if (answer.status < 400 || !path.startsWith("/v1/")) return;
  const document = await knowListed(server);
  const { paths } = document as unknown as Document;
  const operation = paths[templateOf(paths, path) ?? ""]?.[method.toLowerCase()];
  if (operation === undefined) return;
  const type = String((answer.body as Json | null)?.type);
  const schema = responseAt(document, operation.responses, String(answer.status))?.content?.[
    "application/problem+json"
  ];
  if (!JSON.stringify(schema ?? {}).includes(`"${type}"`)) {
    throw new Error(
      `${method} ${path} answers ${type}, which its description does not list: name it among its \`problems\``,
    );
  }
  const [, own] = (schema as unknown as { schema: { allOf: [object, Choice] } }).schema.allOf;
  const choice = (own.oneOf ?? [own]).find(({ properties }) => properties.type.enum.includes(type));
  const members = new Set([...OF_ALL, ...Object.keys(choice?.properties ?? {})]);
  const others = Object.keys(answer.body).filter((member) => !members.has(member));
  if (others.length === 0) return;
  throw new Error(`${method} ${path} answers ${type} with ${others}, of which its description says nothing`);
}

/** The members of every problem. */
const OF_ALL = ["type", "title", "status", "detail", "errors"];

/** What a problem has beside them, by its type. */
interface Choice {
  readonly oneOf?: readonly Choice[];
  readonly properties: { readonly type: { readonly enum: readonly string[] } };
}

function patternOf(template: string): RegExp {
  return new RegExp(`^${template.replace(/\{\w+\}/g, "[^/]+")}$`);
}
