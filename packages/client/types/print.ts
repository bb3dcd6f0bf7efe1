import { join } from "node:path";
import openapiTS, { astToString } from "openapi-typescript";
import ts from "typescript";
import { OPEN, type Operation, type Part, prepare, VALUES } from "./prepare.ts";

const { factory } = ts;

const HEAD = `// Made from the server's description of its API, /openapi.json, by \`npm run api-types\`. A test holds it to that.

import type { Page, UnknownWord, Whole } from "./answers.ts";
`;

/** Where the client's types stand. */
export const API_TYPES = join(import.meta.dirname, "..", "src", "api-types.generated.ts");

/** The client's types, as a TypeScript file, from the server's description of its API. */
export async function apiTypes(description: object): Promise<string> {
  const { document, operations } = prepare(description as Part);
  const nodes = await openapiTS(document as unknown as Parameters<typeof openapiTS>[0], {
    immutable: true,
    defaultNonNullable: false,
    silent: true,
    transform: (schema) => wordsOf(schema as Part),
  });
  const types = astToString(schemasOf(nodes).map(declared))
    .replaceAll(/components\["schemas"\]\["(\w+)"\]/g, "$1")
    .replaceAll(/^ *\/\*\* @(enum \{\w+\}|constant) \*\/\n|^ *\* @(enum \{\w+\}|constant)\n/gm, "")
    .replaceAll("@description ", "");
  return `${HEAD}\n${types}\n${operationsText(operations)}`;
}

/** The words that a text may be: those, or in an answer also another of a later server. */
function wordsOf(schema: Part): ts.TypeNode | undefined {
  const words = (schema.enum ?? schema[VALUES]) as readonly string[] | undefined;
  if (words === undefined) return undefined;
  const known = words.map((word) => factory.createLiteralTypeNode(factory.createStringLiteral(word)));
  const unknown = schema[OPEN] === true ? [factory.createTypeReferenceNode("UnknownWord")] : [];
  return factory.createUnionTypeNode([...known, ...unknown]);
}

/** The members of `components.schemas`. */
function schemasOf(nodes: readonly ts.Node[]): readonly ts.PropertySignature[] {
  const components = nodes.filter(ts.isInterfaceDeclaration).find(({ name }) => name.text === "components");
  const schemas = components?.members.filter(ts.isPropertySignature).find((one) => textOf(one.name) === "schemas");
  if (schemas?.type === undefined || !ts.isTypeLiteralNode(schemas.type)) throw new TypeError("there are no schemas");
  return schemas.type.members.filter(ts.isPropertySignature);
}

/** A schema as a type of its own name: editors show an interface by its name, not by all that it holds. */
function declared(schema: ts.PropertySignature): ts.Node {
  const { type } = schema;
  const name = textOf(schema.name);
  if (type === undefined) throw new TypeError(`${name} has no type`);
  const of = /(Input|Query)$/.test(name) ? mayBeUndefined(type) : type;
  const modifiers = [factory.createModifier(ts.SyntaxKind.ExportKeyword)];
  const node = ts.isTypeLiteralNode(of)
    ? factory.createInterfaceDeclaration(modifiers, name, undefined, undefined, of.members)
    : factory.createTypeAliasDeclaration(modifiers, name, undefined, of);
  return ts.setSyntheticLeadingComments(node, ts.getSyntheticLeadingComments(schema));
}

/** What may be left out may be given as undefined: it is not sent. */
function mayBeUndefined(type: ts.TypeNode): ts.TypeNode {
  const visit = (node: ts.Node): ts.Node => {
    const inner = ts.visitEachChild(node, visit, undefined);
    if (!ts.isPropertySignature(inner) || inner.questionToken === undefined || inner.type === undefined) return inner;
    const undefinedType = factory.createKeywordTypeNode(ts.SyntaxKind.UndefinedKeyword);
    const union = factory.createUnionTypeNode([inner.type, undefinedType]);
    const property = factory.createPropertySignature(inner.modifiers, inner.name, inner.questionToken, union);
    return ts.setSyntheticLeadingComments(property, ts.getSyntheticLeadingComments(node));
  };
  return ts.visitNode(type, visit) as ts.TypeNode;
}

function textOf(name: ts.PropertyName): string {
  return "text" in name ? name.text : "";
}

/** What each operation is sent and answers, by its name: what the client's own calls are held to. */
function operationsText(operations: readonly Operation[]): string {
  const members = operations.map(({ name, method, path, input, query, answer }) => {
    const at = path.replaceAll(/\{\w+\}/g, `\${string}`);
    return `  readonly ${name}: { method: "${method}"; path: \`${at}\`; input: ${input ?? "undefined"}; query: ${query ?? "undefined"}; answer: ${answer ?? "undefined"} };`;
  });
  return `/** What each operation that an API key may call is sent and answers. */\nexport interface Operations {\n${members.join("\n")}\n}\n`;
}
