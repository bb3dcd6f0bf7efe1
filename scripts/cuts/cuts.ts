import { join } from "node:path";
import type { Node, SourceFile } from "typescript/unstable/ast";
import {
  isArrayLiteralExpression,
  isCallExpression,
  isElementAccessExpression,
  isPropertyAccessExpression,
  isSpreadElement,
  isStringLiteral,
} from "typescript/unstable/ast/is";
import { type Project, type Type, TypeFlags } from "typescript/unstable/sync";

/** A place where a text is cut by counting its units. */
export interface Cut {
  /** From the root, with `/`. */
  readonly path: string;
  readonly line: number;
  /** As it is written, in one line. */
  readonly code: string;
}

/** What takes a part of a text by where it stands. */
const BY_UNITS = new Set(["slice", "substring", "substr", "charAt", "at", "split"]);

/** Where one file cuts texts, by the types that the compiler knows: an array's `slice` is none of our business. */
export function cutsIn({ program, checker }: Pick<Project, "program" | "checker">, root: string, path: string): Cut[] {
  const file = program.getSourceFile(join(root, path));
  if (file === undefined) throw new Error(`${path} is not of the project`);
  const cuts: Cut[] = [];
  const isText = (node: Node) => isTextual(checker.getTypeAtLocation(node));
  const visit = (node: Node): undefined => {
    if (isCut(node, isText)) cuts.push({ path, line: lineOf(file, node), code: codeOf(node) });
    node.forEachChild(visit);
  };
  visit(file);
  return cuts;
}

function isCut(node: Node, isText: (node: Node) => boolean): boolean {
  if (isElementAccessExpression(node)) return isText(node.expression);
  if (!isCallExpression(node) || !isPropertyAccessExpression(node.expression)) return false;
  const { name, expression: from } = node.expression;
  if (!BY_UNITS.has(name.text)) return false;
  if (name.text === "split") return isText(from) && isEmptyText(node.arguments[0]);
  // `[...text].slice(0, 70)` cuts between code points, which is inside many a character
  const spread = isArrayLiteralExpression(from) ? from.elements.find(isSpreadElement) : undefined;
  return isText(from) || (spread !== undefined && isText(spread.expression));
}

function isEmptyText(node: Node | undefined): boolean {
  return node !== undefined && isStringLiteral(node) && node.text === "";
}

function isTextual(type: Type | undefined): boolean {
  if (type === undefined) return false;
  if (type.isUnionType()) return type.getTypes().some(isTextual);
  if (type.isIntersectionType()) return type.getTypes().some(isTextual);
  return (type.flags & TypeFlags.StringLike) !== 0;
}

function lineOf(file: SourceFile, node: Node): number {
  return file.text.slice(0, node.getStart(file)).split("\n").length;
}

function codeOf(node: Node): string {
  return node.getText().replace(/\s+/g, " ");
}
