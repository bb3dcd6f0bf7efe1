import type { Program } from "../request.ts";
import { HOST, type Programs } from "../world/programs.ts";
import type { Things } from "../world/things.ts";

/** A form as a page draws it. */
export interface Form {
  readonly program: Program;
  readonly action: string;
  readonly method: "GET" | "POST";
  /** What stands in its fields, by their names; several values of one name are choices. */
  readonly fields: readonly (readonly [name: string, value: string])[];
}

/** What pages lead to. */
export interface Crawled {
  readonly forms: readonly Form[];
  /** Addresses of the server's own, and of the gateway's. */
  readonly links: readonly { readonly program: Program; readonly target: string }[];
}

/** So many pages of one colleague are looked at. */
const MOST_PAGES = 90;

/** Looks at customers' pages, a colleague's dashboard, and the pages of phone, ATM and bank, for all that is there. */
export async function crawl(programs: Programs, things: Things): Promise<Crawled> {
  const owner = things.callers.find(({ name }) => name === "owner")?.headers ?? [];
  const customers = [
    ...things.words.pay.flatMap((word) => [`/pay/${word}`, `/pay/${word}/embedded`]),
    ...things.words.authorize.map((word) => `/authorize/${word}`),
    ...things.words.manage.flatMap((word) => [`/mandates/${word}`, `/mandates/${word}?end`]),
  ];
  const gateway = [...things.phones.map((phone) => `/phone?alias=351%23${phone}`), "/atm", "/issuer"];
  const seen = [
    await look(programs, "server", customers, [], 0),
    await look(programs, "server", ["/dashboard/login", "/", "/health", "/docs", "/problems"], [], 0),
    await look(programs, "server", ["/dashboard/payments", "/dashboard/today"], owner, MOST_PAGES),
    await look(programs, "gateway", gateway, [], 0),
  ];
  return { forms: distinct(seen.flatMap(({ forms }) => forms)), links: seen.flatMap(({ links }) => links) };
}

/** @param most how many pages are looked at that links lead to */
async function look(
  programs: Programs,
  program: Program,
  first: readonly string[],
  headers: readonly (readonly [string, string])[],
  most: number,
): Promise<Crawled> {
  const [forms, links]: [Form[], Set<string>] = [[], new Set(first)];
  let looked = 0;
  for (const target of links) {
    looked += 1;
    if (looked > first.length + most) break;
    for (const chance of programs.chances) chance.begin(`look at ${target}`);
    const answer = await fetch(programs[program].url + target, {
      headers: new Headers([...headers, ["accept-language", "en"]].map(([name = "", value = ""]) => [name, value])),
      redirect: "manual",
    });
    const html = await answer.text();
    forms.push(...formsIn(html, target).map((form) => ({ program, ...form })));
    for (const link of linksIn(html, target)) links.add(link);
  }
  return { forms, links: [...links].map((target) => ({ program, target })) };
}

function formsIn(html: string, at: string): Omit<Form, "program">[] {
  return [...html.matchAll(/<form\b([^>]*)>(.*?)<\/form>/gs)].map(([, head = "", inner = ""]) => ({
    action: pathOf(attribute(head, "action") ?? at, at) ?? at,
    method: /post/i.test(attribute(head, "method") ?? "") ? ("POST" as const) : ("GET" as const),
    fields: [...inner.matchAll(/<(?:input|select|textarea|button|option)\b([^>]*)>/gs)].flatMap(([, field = ""]) => {
      const name = attribute(field, "name");
      return name === null ? [] : [[name, attribute(field, "value") ?? ""] as const];
    }),
  }));
}

function linksIn(html: string, at: string): string[] {
  const found = [...html.matchAll(/<a\b([^>]*)>/gs)].map(([, head = ""]) => pathOf(attribute(head, "href") ?? "", at));
  return found.filter((link): link is string => link?.startsWith("/") ?? false);
}

/** The path of an address, where that is of this program. */
function pathOf(address: string, at: string): string | null {
  if (!URL.canParse(address, `http://${HOST}${at}`)) return null;
  const { host, pathname, search } = new URL(address, `http://${HOST}${at}`);
  return host === HOST ? pathname + search : null;
}

function attribute(head: string, name: string): string | null {
  const [, value] = new RegExp(`\\b${name}="([^"]*)"`).exec(head) ?? [];
  return value?.replaceAll("&amp;", "&").replaceAll("&quot;", '"').replaceAll("&lt;", "<") ?? null;
}

function distinct(forms: readonly Form[]): Form[] {
  return [
    ...new Map(forms.map((form) => [JSON.stringify([form.action, form.fields.map(([name]) => name)]), form])).values(),
  ];
}
