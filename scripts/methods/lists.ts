/** A source file. */
export interface Source {
  readonly path: string;
  readonly text: string;
}

/** Two ways to pay that nothing else is called by: whoever names both has a list of methods. */
const TELLING = ["mbway", "multibanco"];

/**
 * A registry has a file for each method beside it, and what is typed by the methods that there are does not compile
 * when one is missing.
 */
const IS_HELD = /Record<(Pay)?Method,/;
const REGISTRY = /\/methods\//;

/** The pages' own words for the ways to pay: the server's registry does not compile with another. */
const OF_PAGES = "packages/web/src/pay/view.ts";

/** The files that list methods by themselves: a new one would be forgotten there. */
export function strayLists(sources: readonly Source[]): string[] {
  return sources
    .filter(({ path, text }) => path !== OF_PAGES && !REGISTRY.test(path) && !IS_HELD.test(text) && isList(text))
    .map(({ path }) => path);
}

/** An example in the description of the API is no list. */
const EXAMPLES = /^\s*examples: .*$/gm;

function isList(text: string): boolean {
  const said = text.replace(EXAMPLES, "");
  return TELLING.every((method) => new RegExp(`"${method}"|\\b${method}: "`).test(said));
}

const METHOD = '"(?:mbway|multibanco|card|token|mandate)"';
const COMPARISON = new RegExp(
  [`\\b[mM]ethod\\b\\)?\\s*[!=]==\\s*${METHOD}`, `\\b[mM]ethods\\)?\\.includes\\(${METHOD}`, `\\bcase ${METHOD}:`].join(
    "|",
  ),
);

/** The files that ask which method it is: what differs from method to method stands in a table. */
export function strayComparisons(sources: readonly Source[]): string[] {
  return sources.filter(({ path, text }) => !REGISTRY.test(path) && COMPARISON.test(text)).map(({ path }) => path);
}
