/** What a header holds, as servers hand it over: some make a list of it. */
export type HeaderValue = string | readonly string[] | undefined;

/**
 * The headers of a request as servers hand them over, with names in any case: a `Headers`, a `Map` or a list of pairs,
 * Node's `rawHeaders` (name, value, name, value …), an object of texts or of lists, or whatever gives a header by its
 * name.
 */
export type NotificationHeaders =
  | { get(name: string): string | null | undefined }
  | Iterable<readonly [string, HeaderValue]>
  | readonly string[]
  | Readonly<Record<string, HeaderValue>>;

/**
 * The text of a header; null where there is none, or where there are several that differ. A value that came twice is
 * one.
 */
export function readHeader(headers: unknown, name: string): string | null {
  const wanted = name.toLowerCase();
  const listed = entriesOf(headers).flatMap(([key, value]) => (String(key).toLowerCase() === wanted ? [value] : []));
  const values = (listed.length > 0 ? listed : [askFor(headers, name)]).flat();
  // a server joins what came twice; Base64 has no comma
  const texts = values.flatMap((value) => (typeof value === "string" ? value.split(",") : []));
  const [text = "", ...others] = texts.map((one) => one.trim());
  return text === "" || others.some((other) => other !== text) ? null : text;
}

function entriesOf(headers: unknown): (readonly [unknown, unknown])[] {
  if (typeof headers !== "object" || headers === null) return [];
  if (!isIterable(headers)) return Object.entries(headers);
  const items = [...headers];
  if (items.every((item) => Array.isArray(item))) return items.map(([key, value]) => [key, value] as const);
  return items.flatMap((item, at) => (at % 2 === 0 ? [[item, items[at + 1]] as const] : []));
}

function isIterable(headers: object): headers is Iterable<unknown> {
  return typeof (headers as { [Symbol.iterator]?: unknown })[Symbol.iterator] === "function";
}

function askFor(headers: unknown, name: string): unknown {
  if (typeof headers !== "object" || headers === null) return undefined;
  const { get } = headers as { get?: unknown };
  return typeof get === "function" ? get.call(headers, name) : undefined;
}
