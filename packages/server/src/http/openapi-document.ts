import { type ProblemsByCode, problemResponses } from "./answered.ts";
import { EXAMPLES, withExamples } from "./openapi-examples.ts";
import { problemSchema } from "./schemas.ts";

type Node = { readonly [member: string]: unknown };

/** An event as the description has it. */
export interface DescribedEvent {
  readonly type: string;
  readonly operationId: string;
  /** What it tells, in one line. */
  readonly summary: string;
  /** What an endpoint is sent; its `title` is its name. */
  readonly schema: object;
  readonly example: object;
}

/**
 * The description as readers and generators like it: each resource once and by its name, each event by itself, and what
 * is required said to be.
 */
export function tidy(document: object, events: readonly DescribedEvent[]): Node {
  const { paths, components, ...rest } = document as { readonly paths: unknown; readonly components: Node };
  const schemas: Record<string, unknown> = {};
  const responses = {};
  return {
    ...rest,
    paths: eachOperation(paths as Node, (operation) =>
      withExamples(named(sayProblems(sayWhatIsRequired(operation), responses), schemas) as Node),
    ),
    webhooks: Object.fromEntries(events.map((event) => [event.type, { post: webhook(event, schemas) }])),
    components: {
      ...components,
      responses,
      schemas: { ...schemas, Problem: problemSchema, AnyEvent: anyOf(events, schemas) },
      examples: Object.fromEntries(Object.entries(EXAMPLES).map(([title, value]) => [title, { value }])),
    },
  };
}

/** What an endpoint of the shop's is sent. */
function webhook({ operationId, summary, schema, example }: DescribedEvent, schemas: Record<string, unknown>): Node {
  return {
    tags: ["Events"],
    operationId,
    summary,
    description: "Signed as Standard Webhooks say (`webhook-id`, `webhook-timestamp`, `webhook-signature`): verify it.",
    security: [],
    requestBody: { required: true, content: { "application/json": { schema: named(schema, schemas), example } } },
    responses: { "2XX": { description: "Taken. Any other answer, or none, and it is sent again." } },
  };
}

/** Whatever an endpoint is sent, told apart by its `type`. */
function anyOf(events: readonly DescribedEvent[], schemas: Record<string, unknown>): Node {
  const mapping = Object.fromEntries(events.map(({ type, schema }) => [type, (named(schema, schemas) as Node).$ref]));
  return {
    description: "What an endpoint is sent: one of these. New types may be added.",
    oneOf: Object.values(mapping).map(($ref) => ({ $ref })),
    discriminator: { propertyName: "type", mapping },
  };
}

function eachOperation(paths: Node, change: (operation: Node) => Node): Node {
  return mapMembers(paths, (path) => mapMembers(path as Node, (operation) => change(operation as Node)));
}

function sayWhatIsRequired(operation: Node): Node {
  const { parameters = [], requestBody, ...rest } = operation;
  return {
    ...rest,
    parameters: (parameters as Node[]).map((one) => {
      // looked for by the route, which has more to say of one that is missing than its schema would
      if (one.name === "idempotency-key") return { ...one, name: "Idempotency-Key", required: true };
      return "default" in (one.schema as Node) ? { ...one, required: false } : one;
    }),
    ...(requestBody !== undefined && { requestBody: { ...(requestBody as Node), required: !mayBeNull(requestBody) } }),
  };
}

/** The problems that it can answer, by their status, in front of what it answers else. */
function sayProblems({ "x-problems": codes, responses, ...rest }: Node, shared: ProblemsByCode): Node {
  return { ...rest, responses: { ...problemResponses(codes as readonly string[], shared), ...(responses as Node) } };
}

/** The description in which each POST's Idempotency-Key is filled in, so that it can be tried as it stands. */
export function withExampleKey(document: Node, key: string): Node {
  const paths = eachOperation(document.paths as Node, (operation) => ({
    ...operation,
    parameters: (operation.parameters as Node[]).map((one) =>
      one.name === "Idempotency-Key" ? { ...one, example: key } : one,
    ),
  }));
  return { ...document, paths };
}

function mayBeNull(requestBody: unknown): boolean {
  const { content } = requestBody as { content: { "application/json": { schema: { anyOf?: readonly Node[] } } } };
  return content["application/json"].schema.anyOf?.some(({ type }) => type === "null") ?? false;
}

/** Moves every schema with a title to the components, and leaves its name where it stood. */
function named(node: unknown, schemas: Record<string, unknown>): unknown {
  if (Array.isArray(node)) return node.map((one) => named(one, schemas));
  if (typeof node !== "object" || node === null) return node;
  const same = mapMembers(node as Node, (value) => named(value, schemas));
  if (typeof same.title !== "string") return same;
  schemas[same.title] = same;
  return { $ref: `#/components/schemas/${same.title}` };
}

function mapMembers(node: Node, change: (value: unknown) => unknown): Node {
  return Object.fromEntries(Object.entries(node).map(([member, value]) => [member, change(value)]));
}
