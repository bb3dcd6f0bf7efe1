import { parseAst } from "rolldown/parseAst";

/** A node of a syntax tree, as far as it is looked at. */
type Node = { readonly type: string } & Readonly<Record<string, unknown>>;

const IDLE = new Set(["skip", "skipIf", "runIf", "todo", "fails"]);

/**
 * The names of a file's tests and groups that run whatever the machine, as they are written: with `%s` where a table
 * fills them in. What is skipped, always or under a condition, proves nothing, and neither does a group in which
 * nothing runs.
 */
export function runningTests(text: string): Set<string> {
  const names = new Set<string>();
  collect(parseAst(text, { lang: "tsx" }) as unknown as Node, names);
  return names;
}

/** Adds what runs below a node. Gives whether anything does. */
function collect(node: Node, names: Set<string>): boolean {
  const words = node.type === "CallExpression" ? wordsOf(node.callee as Node) : [];
  const [kind] = words;
  const [first, ...others] = (node.arguments ?? []) as Node[];
  const isNamed =
    kind !== undefined && first?.type === "Literal" && typeof first.value === "string" && others.length > 0;
  if (!isNamed)
    return childrenOf(node)
      .map((child) => collect(child, names))
      .some(Boolean);
  if (words.some((word) => IDLE.has(word)) || others.some(isIdle)) return false;
  const runs = kind === "describe" ? others.map((child) => collect(child, names)).some(Boolean) : true;
  if (runs) names.add(first.value as string);
  return runs;
}

/** `it.skipIf(hasNone).each(table)` is `it`, `skipIf`, `each`; nothing where it is neither a test nor a group. */
function wordsOf(callee: Node): string[] {
  if (callee.type === "Identifier")
    return ["it", "test", "describe"].includes(callee.name as string) ? [callee.name as string] : [];
  if (callee.type === "CallExpression") return wordsOf(callee.callee as Node);
  if (callee.type === "TaggedTemplateExpression") return wordsOf(callee.tag as Node);
  if (callee.type !== "MemberExpression") return [];
  const before = wordsOf(callee.object as Node);
  return before.length === 0 ? [] : [...before, (callee.property as Node).name as string];
}

/** Whether a test's options, or its body, skip it: `{ skip: true }`, `context.skip()`. */
function isIdle(node: Node): boolean {
  if (node.type === "ObjectExpression") {
    return (node.properties as Node[]).some((property) => IDLE.has(String((property.key as Node | undefined)?.name)));
  }
  if (node.type === "CallExpression") {
    const callee = node.callee as Node;
    if ((callee.name ?? (callee.property as Node | undefined)?.name) === "skip" && wordsOf(callee).length === 0)
      return true;
    if (wordsOf(callee).length > 0) return false;
  }
  return childrenOf(node).some((child) => child.type !== "ObjectExpression" && isIdle(child));
}

function childrenOf(node: Node): Node[] {
  const isNode = (value: unknown): value is Node => typeof value === "object" && value !== null && "type" in value;
  return Object.values(node)
    .flatMap((value) => (Array.isArray(value) ? value : [value]))
    .filter(isNode);
}
