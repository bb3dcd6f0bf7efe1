import type { Mention, SourceFile } from "../arrows/source.ts";

const FENCE = /^\s*(?:```|~~~)/;
const DELIMITER = /^\|(?:\s*:?-+:?\s*\|)+\s*$/;

/**
 * Every table of a document that is shown as lines of text, whole or in part: under a head stand its dashes, then rows
 * of as many cells.
 */
export function brokenTables({ text }: Pick<SourceFile, "text">): Mention[] {
  const lines = text.split("\n");
  let isCode = false;
  const isRow = lines.map((line) => {
    if (FENCE.test(line)) isCode = !isCode;
    return !isCode && line.startsWith("|");
  });
  const tableAt = (start: number) => {
    const end = isRow.indexOf(false, start);
    return lines.slice(start, end === -1 ? undefined : end);
  };
  return lines.flatMap((_line, start) =>
    isRow[start] === true && isRow[start - 1] !== true ? faultsOf(tableAt(start), start + 1) : [],
  );
}

function faultsOf(table: readonly string[], at: number): Mention[] {
  const [head = "", delimiter = "", ...rows] = table;
  if (!DELIMITER.test(delimiter) || DELIMITER.test(head))
    return [{ line: at, what: "has no head, or no line of dashes under it" }];
  if (rows.length === 0) return [{ line: at, what: "has no rows: is there an empty line under its head?" }];
  const cells = cellsIn(head);
  const isOff = (row: string) => cellsIn(row) !== cells;
  return [delimiter, ...rows].flatMap((row, place) =>
    isOff(row) ? [{ line: at + 1 + place, what: `has ${cellsIn(row)} cells, and its head ${cells}` }] : [],
  );
}

/** What stands between bars; one after a backslash is a sign like another. */
function cellsIn(row: string): number {
  return row.trim().replaceAll("\\|", "").split("|").length - 2;
}
