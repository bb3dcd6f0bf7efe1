type Node = { readonly [member: string]: unknown };

/**
 * The description as readers and generators like it: each resource once and by its name, and what is required said to
 * be.
 */
export function tidy(document: object): Node {
  const { paths, components, ...rest } = document as { readonly paths: unknown; readonly components: Node };
  const schemas: Record<string, unknown> = {};
  return {
    ...rest,
    paths: eachOperation(paths as Node, (operation) => named(sayWhatIsRequired(operation), schemas) as Node),
    webhooks: { event: { post: webhook } },
    components: { ...components, schemas },
  };
}

/** What an endpoint of the shop's is sent. */
const webhook = {
  tags: ["Events"],
  summary: "Something happened",
  description: "Signed as Standard Webhooks say (`webhook-id`, `webhook-timestamp`, `webhook-signature`): verify it.",
  security: [],
  requestBody: { required: true, content: { "application/json": { schema: { $ref: "#/components/schemas/Event" } } } },
  responses: { "2XX": { description: "Taken. Any other answer, or none, and it is sent again." } },
};

function eachOperation(paths: Node, change: (operation: Node) => Node): Node {
  return mapMembers(paths, (path) => mapMembers(path as Node, (operation) => change(operation as Node)));
}

function sayWhatIsRequired(operation: Node): Node {
  const { parameters = [], requestBody, ...rest } = operation;
  return {
    ...rest,
    parameters: (parameters as Node[]).map((one) =>
      // looked for by the route, which has more to say of one that is missing than its schema would
      one.name === "idempotency-key" ? { ...one, name: "Idempotency-Key", required: true } : one,
    ),
    ...(requestBody !== undefined && { requestBody: { ...(requestBody as Node), required: !mayBeNull(requestBody) } }),
  };
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
