import { asObject } from "./answers.ts";
import { shorten } from "./text.ts";

/** As many names of a host as are tried, and as many causes as stand behind one another, with room to spare. */
const MOST = 8;
const LONGEST = 300;

/**
 * What went wrong, in words: of an error all that stands behind it, down to the address (`fetch failed: connect
 * ECONNREFUSED 127.0.0.1:4010`). Where several addresses were tried, what each of them said. Whatever was thrown, it
 * is words, and never long.
 */
export function inWords(thrown: unknown): string {
  const said = [...new Set(wordsOf(thrown, MOST))].join(": ");
  return shorten(said === "" ? "no reason was given" : said, LONGEST);
}

function wordsOf(thrown: unknown, deep: number): string[] {
  const error = asObject(thrown);
  if (error === null) return thrown === undefined || thrown === null ? [] : [textOf(thrown)];
  const message = textOf(error.message ?? "");
  // Node gives the error of several addresses a code, and no message
  const own = message === "" ? textOf(error.code ?? error.name ?? "") : message;
  if (deep === 0) return [own].filter(Boolean);
  const each = Array.isArray(error.errors) ? error.errors.slice(0, MOST).map((one) => wordsOf(one, deep - 1)) : [];
  const tried = [...new Set(each.map((words) => words.join(": ")))].filter(Boolean).join(", ");
  const behind = [...(tried === "" ? [] : [tried]), ...wordsOf(error.cause, deep - 1)];
  return message === "" && behind.length > 0 ? behind : [own, ...behind].filter(Boolean);
}

function textOf(value: unknown): string {
  return typeof value === "object" || typeof value === "function" ? "" : String(value).trim();
}
