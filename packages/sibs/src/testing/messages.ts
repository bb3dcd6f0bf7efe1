import fc from "fast-check";
import type { TSchema } from "typebox";

interface Node {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Node>>;
  readonly required?: readonly string[];
  readonly items?: Node;
  readonly anyOf?: readonly Node[];
  readonly const?: unknown;
  readonly pattern?: string;
  readonly patternProperties?: Readonly<Record<string, Node>>;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
}

/**
 * Messages that a schema takes, each of its members there or not where it may be missing.
 * @throws when the schema has what is not read here
 */
export function messagesOf(schema: TSchema): fc.Arbitrary<unknown> {
  return valuesOf(schema as Node);
}

function valuesOf(node: Node): fc.Arbitrary<unknown> {
  if (node.const !== undefined) return fc.constant(node.const);
  if (node.anyOf !== undefined) return fc.oneof(...node.anyOf.map(valuesOf));
  const of = VALUES[node.type ?? ""];
  if (of === undefined) throw new Error(`a schema of a kind that is not known here: ${JSON.stringify(node)}`);
  return of(node);
}

const VALUES: Readonly<Record<string, (node: Node) => fc.Arbitrary<unknown>>> = {
  object: ({ properties, required = [], patternProperties }) => {
    if (patternProperties !== undefined) {
      const [[pattern, value] = ["", {}]] = Object.entries(patternProperties);
      return fc.dictionary(fc.stringMatching(new RegExp(pattern)), valuesOf(value), { maxKeys: 3 });
    }
    const members = Object.entries(properties ?? {}).map(([name, one]) => [name, valuesOf(one)]);
    return fc.record<Record<string, unknown>>(Object.fromEntries(members), { requiredKeys: [...required] });
  },
  array: ({ items = {} }) => fc.array(valuesOf(items), { maxLength: 3 }),
  string: ({ pattern, minLength = 0, maxLength = 60 }) =>
    pattern === undefined
      ? fc.string({ minLength, maxLength, unit: "binary" })
      : fc.stringMatching(new RegExp(pattern)),
  number: ({ minimum = -1e12 }) => fc.double({ min: minimum, max: 1e12, noNaN: true }),
  integer: ({ minimum = 0, maximum = 2 ** 31 }) => fc.integer({ min: minimum, max: maximum }),
  boolean: () => fc.boolean(),
};
