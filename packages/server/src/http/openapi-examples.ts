import examples from "./examples.json" with { type: "json" };

type Node = { readonly [member: string]: unknown };

/** An answer of each kind, by the title of its schema. */
export const EXAMPLES: Readonly<Record<string, unknown>> = examples;

/** The operation with an example of what it is sent and of what it answers, where it is JSON. */
export function withExamples(operation: Node): Node {
  const { requestBody, responses } = operation as { requestBody?: Node; responses: Node };
  const answered = Object.entries(responses).map(([status, response]) =>
    status.startsWith("2") ? [status, inContent(response as Node, exampleOf)] : [status, response],
  );
  return {
    ...operation,
    ...(requestBody !== undefined && { requestBody: inContent(requestBody, ofNothing) }),
    responses: Object.fromEntries(answered),
  };
}

function inContent(body: Node, exampleFor: (schema: Node) => Node): Node {
  const { "application/json": json, ...other } = (body.content ?? {}) as Node;
  if (json === undefined) return body;
  return {
    ...body,
    content: { ...other, "application/json": { ...exampleFor((json as Node).schema as Node), ...json } },
  };
}

/** Of a body that may be left out: what may stand in it, for instance, or nothing where it has no members. */
function ofNothing({ anyOf }: Node): Node {
  if (anyOf === undefined) return {};
  const [{ examples: [example = {}] = [] } = {}] = anyOf as readonly { readonly examples?: readonly object[] }[];
  return { example };
}

/** Of something that has a name, or of a list of such. */
function exampleOf({ $ref, properties = {} }: Node): Node {
  if (typeof $ref === "string")
    return { examples: { [nameIn($ref)]: { $ref: $ref.replace("/schemas/", "/examples/") } } };
  const { data, hasMore } = properties as { data?: { items?: { $ref?: string } }; hasMore?: Node };
  const value = { data: [EXAMPLES[nameIn(data?.items?.$ref ?? "")]] };
  return { example: hasMore === undefined ? value : { ...value, hasMore: false, next: null } };
}

function nameIn($ref: string): string {
  return $ref.split("/").at(-1) ?? "";
}
