/** A file to check, its path from the root with `/`. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** Something a file says and where. */
export interface Mention {
  readonly line: number;
  readonly what: string;
}

const IMPORT = /\bfrom\s*"([^"]+)"|\bimport\s*\(\s*"([^"]+)"|^\s*import\s+"([^"]+)"/gm;

/** What a file imports, re-exports and imports at run time. Biome has brought every quote to `"`. */
export function importsOf({ text }: SourceFile): Mention[] {
  return mentions(withoutComments(text), IMPORT);
}

/** Where code, not a comment and not a string, matches. */
export function codeMatching({ text }: SourceFile, pattern: RegExp): Mention[] {
  return mentions(withoutStrings(withoutComments(text)), pattern);
}

/** Every match, with its line. */
export function mentions(text: string, pattern: RegExp): Mention[] {
  return [...text.matchAll(pattern)].map((match) => ({
    line: text.slice(0, match.index + match[0].length).split("\n").length,
    what: match.slice(1).find((group) => group !== undefined) ?? match[0],
  }));
}

/** Blanks comments, keeping every line where it is. A `//` after a colon is an address. */
export function withoutComments(text: string): string {
  return text
    .replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, " "))
    .replace(/(^|[^:"'`])\/\/.*$/gm, "$1");
}

function withoutStrings(text: string): string {
  return text.replace(/"(?:[^"\\\n]|\\.)*"/g, '""');
}
