import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

const FOLDER = join(import.meta.dirname, "../../docs/decisions");

it("every decision has a number of its own, its title under that number, and a line in the list, in order", () => {
  const pages = readdirSync(FOLDER)
    .filter((file) => /^\d{4}-.*\.md$/.test(file))
    .sort();
  const [numbers, titles] = [
    pages.map((file) => file.split("-")[0] ?? ""),
    pages.map((file) => /^# (\d{4}): (.*)$/m.exec(readFileSync(join(FOLDER, file), "utf8"))),
  ];
  expect(new Set(numbers).size).toBe(numbers.length);
  expect(titles.map((title) => title?.[1])).toEqual(numbers);
  const listed = [
    ...readFileSync(join(FOLDER, "README.md"), "utf8").matchAll(/^\| \[(\d{4})\]\(([^)]*)\) \| (.*) \|$/gm),
  ];
  expect(listed.map(([, number, file]) => [number, file])).toEqual(pages.map((file, at) => [numbers[at], file]));
});
