import type { Http } from "@caravela/platform/http";
import type { Page, Problem, Whole } from "@caravela/web/dashboard";
import type { Lang } from "@caravela/web/lang";
import type { FastifyRequest } from "fastify";
import { UNATTENDED } from "../http/session-cookie.ts";

/** What of a browser's request `/v1` judges it by: who it is, whence it comes, and whether somebody is there. */
const HANDED_ON = ["cookie", "host", "origin", "sec-fetch-site", "user-agent", "x-forwarded-for", UNATTENDED];

/** What a query is made of; what is undefined or empty is left out. */
export type Query = Readonly<Record<string, string | undefined>>;

/** What `/v1` made of something that was asked for: it was done, or it was not, and why. */
export type Outcome<Body> = { readonly status: number; readonly done: Body } | { readonly refused: Problem };

/** Where something is read that is no page of a list: its beginning would be taken for all of it. */
type PathOf<Body> = Body extends { readonly hasMore: boolean } ? never : string;

/** Asks `/v1` in the name of whoever's browser it is: nothing else of the server is known here. */
export interface Ask {
  /** One thing, or a list that comes whole. @throws Refused where it is not answered. */
  get<Body>(path: PathOf<Body>, query?: Query): Promise<Body>;
  /** The page of a list that an address asks for, which is drawn with its `Pager`. @throws Refused as `get` does. */
  page<Item>(path: string, query: Query, after: string | undefined): Promise<Page<Item>>;
  /** The newest of a list that is seen in full elsewhere, where a link leads. @throws Refused as `get` does. */
  newest<Item>(path: string, query: Query, limit: number): Promise<Page<Item>>;
  /** A list in full, or as far as one screen goes: its `isCut` is drawn by `AndMore`. @throws Refused as `get` does. */
  all<Item>(path: string, query?: Query): Promise<Whole<Item>>;
  /** @throws Refused where whoever asks is not signed in any more. */
  post<Body>(path: string, body: object | null, key: string): Promise<Outcome<Body>>;
  /** @throws Refused where whoever asks is not signed in any more. */
  delete(path: string): Promise<Outcome<null>>;
}

/** So many of a list are on one page of it. */
const ON_A_PAGE = 50;
/** So many of a list are asked for at once, where all of it is shown. */
const AT_ONCE = 100;
/** So many one screen shows of a list without pages. */
const MOST_OF_ALL = 1_000;

/** What `/v1` refused. */
export class Refused extends Error {
  override name = "Refused";
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.title);
    this.problem = problem;
  }
}

/** Whether it is refused because nobody is signed in. */
export function isSignedOut({ status }: Problem): boolean {
  return status === 401;
}

/**
 * Makes what asks `/v1` for a request of a browser. @param lang the language of what is answered in words
 * @param unattended whether it asks by itself, whatever the request says
 */
export function askFor(
  http: Pick<Http, "inject">,
  request: FastifyRequest,
  lang: Lang,
  { unattended = false }: { readonly unattended?: boolean } = {},
): Ask {
  const own = Object.fromEntries(HANDED_ON.flatMap((name) => entryOf(name, request.headers[name])));
  const headers = { ...own, "accept-language": lang, ...(unattended && { [UNATTENDED]: "1" }) };
  const remoteAddress = request.raw.socket.remoteAddress ?? "";

  const send = async (method: "GET" | "POST" | "DELETE", url: string, more: object = {}, payload?: object | null) => {
    const { statusCode, body } = await http.inject({
      method,
      url,
      headers: { ...headers, ...more, ...(payload !== undefined && { "content-type": "application/json" }) },
      remoteAddress,
      ...(payload !== undefined && { payload: JSON.stringify(payload) }),
    });
    return { status: statusCode, body: body === "" ? null : (JSON.parse(body) as unknown) };
  };

  const change = async <Body>(...asked: Parameters<typeof send>): Promise<Outcome<Body>> => {
    const { status, body } = await send(...asked);
    if (status < 400) return { status, done: body as Body };
    const problem = body as Problem;
    if (isSignedOut(problem)) throw new Refused(problem);
    return { refused: problem };
  };

  const read = async (path: string, query: Query): Promise<object> => {
    const { status, body } = await send("GET", addressOf(path, query));
    if (status >= 400) throw new Refused(body as Problem);
    return body as object;
  };

  const pageOf = async <Item>(path: string, query: Query, limit: number, after?: string) =>
    (await read(path, { ...query, after, limit: String(limit) })) as Page<Item>;

  return {
    get: async <Body>(path: PathOf<Body>, query: Query = {}) => {
      const body = await read(path, query);
      if ("hasMore" in body && body.hasMore === true) throw new TypeError(`${path} is a list that comes in pages`);
      return body as Body;
    },
    page: (path, query, after) => pageOf(path, query, ON_A_PAGE, after),
    newest: (path, query, limit) => pageOf(path, query, limit),
    all: async <Item>(path: string, query: Query = {}) => {
      const data: Item[] = [];
      for (let after: string | undefined; ; ) {
        const page = await pageOf<Item>(path, query, AT_ONCE, after);
        data.push(...page.data);
        if (page.next === null || data.length >= MOST_OF_ALL) return { data, isCut: page.next !== null };
        after = page.next;
      }
    },
    post: (path, body, key) => change("POST", path, { "idempotency-key": key }, body),
    delete: (path) => change("DELETE", path),
  };
}

function entryOf(name: string, value: string | string[] | undefined): [string, string | string[]][] {
  return value === undefined ? [] : [[name, value]];
}

/** An address with a query. */
function addressOf(path: string, query: Query): string {
  const given = Object.entries(query).filter((entry): entry is [string, string] => (entry[1] ?? "") !== "");
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`;
}
