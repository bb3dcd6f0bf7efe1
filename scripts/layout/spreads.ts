import { codeMatching, type Mention, type SourceFile } from "../arrows/source.ts";

/** An object literal that is spread, or an array literal that is spread whole. */
const LITERAL = /\.\.\.\(?\{[^\n]*|\.\.\.\(?\[(?:[^[\]]|\[[^[\]]*\])*\](?: as const\))?(?=\s*[,)\]])/g;

/** Every literal that is spread into another: its members are the other's own, and the formatter lays them out. */
export function spreadLiterals(file: SourceFile): Mention[] {
  return codeMatching(file, LITERAL);
}
