import { describe, expect, it } from "vitest";
import { tooWide, WIDTH, wrapped } from "./comments.ts";

const words = (columns: number) => "four ".repeat(columns / 5).trim();
const wide = words(200);

describe("a comment that is wider than the formatter's width", () => {
  it.each([
    ["in one line", `/** ${wide} */\nconst a = 1;`],
    ["in a block", `  /**\n   * Short.\n   * ${wide}\n   */\n  const a = 1;`],
    ["of lines", `  // ${wide}\n  // and so on\n  const a = 1;`],
    ["with an item", `/**\n * - ${wide}\n * - another\n */`],
  ])("%s is found, and wrapped without losing a word", (_what, text) => {
    expect(tooWide({ text })).toHaveLength(1);
    const made = wrapped(text);
    expect(tooWide({ text: made })).toEqual([]);
    expect(Math.max(...made.split("\n").map((line) => line.length))).toBeLessThanOrEqual(WIDTH);
    const said = (one: string) => one.match(/[\w-]+/g);
    expect(said(made)).toEqual(said(text));
    expect(wrapped(made)).toBe(made);
  });

  it("behind code is found", () => {
    expect(tooWide({ text: `short();\nconst a = 1; // ${wide}` })).toEqual([
      { line: 2, what: `const a = 1; // ${wide}` },
    ]);
  });

  it("gives a tag at its end a line of its own", () => {
    expect(wrapped(`/** ${words(115)} ends. @throws TypeError */`)).toBe(
      `/**\n * ${words(115)}\n * ends.\n * @throws TypeError\n */`,
    );
  });
});

it("leaves alone what is narrow enough, and what cannot be broken", () => {
  const address = `// https://example.org/${"a".repeat(WIDTH)}`;
  const table = `/**\n * | a | ${wide} |\n * |---|---|\n */`;
  for (const text of [address, table, `/** ${words(100)} */`, `const text = "${wide}";`, `/* a */\n`]) {
    expect(tooWide({ text })).toEqual([]);
    expect(wrapped(text)).toBe(text);
  }
});
