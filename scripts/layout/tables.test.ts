import { expect, it } from "vitest";
import { brokenTables } from "./tables.ts";

const linesOf = (...lines: string[]) => brokenTables({ text: lines.join("\n") }).map(({ line }) => line);

it.each([
  ["an empty line between its head and its rows", ["| a | b |", "|---|---|", "", "| 1 | 2 |"], [1, 4]],
  ["an empty line among its rows", ["| a |", "|---|", "| 1 |", "", "| 2 |"], [5]],
  ["an empty line above its dashes", ["| a |", "", "|---|", "| 1 |"], [1, 3]],
  ["no dashes", ["text", "", "| a | b |", "| 1 | 2 |"], [3]],
  ["a row of another length", ["| a | b |", "|---|---|", "| 1 | 2 | 3 |", "| 1 |", "| 1 | 2 |"], [3, 4]],
])("finds a table with %s", (_what, lines, found) => expect(linesOf(...lines)).toEqual(found));

it.each([
  ["a table", ["text", "", "| a | b |", "|:--|--:|", "| 1 | `x \\| y` |", "", "text | more"]],
  ["what is code", ["```text", "| no |", "", "| table |", "```"]],
])("leaves alone %s", (_what, lines) => expect(linesOf(...lines)).toEqual([]));
