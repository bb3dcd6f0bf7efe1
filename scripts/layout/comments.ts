import type { Mention, SourceFile } from "../arrows/source.ts";

/** How wide a line is at most: the formatter's own width, which it keeps for code alone. */
export const WIDTH = 120;

const isTooWide = (line: string): boolean => [...line].length > WIDTH;

/** A line that is a comment's alone, or one that ends with a comment. */
const OF_A_COMMENT = /^\s*(?:\/\/|\/?\*|\{\/\*)|[;,{}()]\s+\/\/ /;

/** What cannot be broken, an address or a row of a table, may be as wide as it is. */
const UNBREAKABLE = /^\s*(?:\/\/|\/?\*+) ?(?:\S+$|\|)/;

/** Every line of a comment that is wider than the formatter's width. */
export function tooWide({ text }: Pick<SourceFile, "text">): Mention[] {
  return text
    .split("\n")
    .map((what, place) => ({ line: place + 1, what }))
    .filter(({ what }) => isTooWide(what) && OF_A_COMMENT.test(what) && !UNBREAKABLE.test(what));
}

/** The text with those paragraphs of comments filled anew that have a line which is too wide. */
export function wrapped(text: string): string {
  return text
    .replace(/^([ \t]*)\/\*\*? [^\n]*\*\/$/gm, (line, indent: string) =>
      isTooWide(line) ? opened(line, indent) : line,
    )
    .replace(/^([ \t]*)\/\*\*?\n(?:\1 \*[^\n]*\n)*?\1 \*\/$/gm, (block, indent: string) => filled(block, `${indent} *`))
    .replace(/(?:^([ \t]*)\/\/(?: [^\n]*)?$\n?)(?:^\1\/\/(?: [^\n]*)?$\n?)*/gm, (run, indent: string) =>
      filled(run, `${indent}//`),
    );
}

/** A comment of one line as a block. */
function opened(line: string, indent: string): string {
  const [, opening = "", says = ""] = /^\s*(\/\*\*?) (.*?) ?\*\/$/.exec(line) ?? [];
  return `${indent}${opening}\n${indent} * ${says}\n${indent} */`;
}

/** What begins a paragraph of its own: a tag, an item, a row, what is indented. */
const BEGINS = /^(?:@|[-*] |\d+\. |\||```| )/;

function filled(block: string, mark: string): string {
  const paragraphs: string[][] = [];
  let isOpen = false;
  for (const line of block.split("\n")) {
    const says = line.startsWith(`${mark} `) ? line.slice(mark.length + 1) : null;
    if (says === null) isOpen = false;
    if (says !== null && isOpen && !BEGINS.test(says)) paragraphs.at(-1)?.push(line);
    else paragraphs.push([line]);
    isOpen = says !== null && !says.startsWith("```");
  }
  return paragraphs.flatMap((lines) => (lines.some(isTooWide) ? filledAnew(lines, mark) : lines)).join("\n");
}

function filledAnew(lines: readonly string[], mark: string): string[] {
  const all = lines.map((line) => line.slice(mark.length + 1)).join(" ");
  if (!lines[0]?.startsWith(`${mark} `) || all.startsWith("|")) return [...lines];
  return all.split(TAG).flatMap((says) => lineByLine(says, mark));
}

/** A tag at the end of a sentence has a line of its own. */
const TAG = / (?=@(?:throws|param|returns)\b)/;

function lineByLine(says: string, mark: string): string[] {
  const hang = /^(?:[-*] |\d+\. )/.exec(says)?.[0].replace(/./g, " ") ?? "";
  const made: string[] = [];
  for (const word of says.split(" ")) {
    const last = made.at(-1);
    if (last !== undefined && !isTooWide(`${last} ${word}`)) made[made.length - 1] = `${last} ${word}`;
    else made.push(`${mark} ${made.length === 0 ? "" : hang}${word}`);
  }
  return made;
}
