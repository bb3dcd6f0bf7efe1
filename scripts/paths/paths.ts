/** A source file. */
export interface Source {
  readonly path: string;
  readonly text: string;
}

/** How a route says where it is: with a parameter in it, by a method of HTTP, or as the beginning of several. */
const REGISTERED = [
  /["'`](\/[\w.-]+)\/:/g,
  /\.(?:get|post|put|patch|delete|all|head)\(\s*["'`](\/[\w.-]+)/g,
  /\b(?:at|url|prefix|routePrefix): ["'`](\/[\w.-]+)/g,
  /^export const \w*PATHS?\b.*["'`](\/[\w.-]+)/gm,
];

/** The first parts of all paths that the server answers, as `/pay`. */
export function answered(sources: readonly Source[]): Set<string> {
  return new Set(
    sources.flatMap(({ text }) => REGISTERED.flatMap((form) => [...text.matchAll(form)].map(([, path = ""]) => path))),
  );
}

/** The first parts of all paths that a text names in backticks: `/pay/` is `/pay`. */
export function named(text: string): Set<string> {
  return new Set([...text.matchAll(/`(\/[\w.-]+)[^`\s]*`/g)].map(([, path = ""]) => path));
}

/** Lines of a table whose first cell is one of these, and the paths that they name. */
export function rowsOf(text: string, from: RegExp): Set<string> {
  return named(
    text
      .split("\n")
      .filter((line) => from.test(line))
      .join("\n"),
  );
}
