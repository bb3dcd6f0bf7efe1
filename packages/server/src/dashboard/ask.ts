import type { Http } from "@caravela/platform/http";
import type { Problem } from "@caravela/web/dashboard";
import type { Lang } from "@caravela/web/lang";
import type { FastifyRequest } from "fastify";
import { UNATTENDED } from "../http/session-cookie.ts";

/** What of a browser's request `/v1` judges it by: who it is, whence it comes, and whether somebody is there. */
const HANDED_ON = ["cookie", "host", "origin", "sec-fetch-site", "user-agent", "x-forwarded-for", UNATTENDED];

/** What a query is made of; what is undefined or empty is left out. */
export type Query = Readonly<Record<string, string | undefined>>;

/** What `/v1` made of something that was asked for: it was done, or it was not, and why. */
export type Outcome<Body> = { readonly status: number; readonly done: Body } | { readonly refused: Problem };

/** Asks `/v1` in the name of whoever's browser it is: nothing else of the server is known here. */
export interface Ask {
  /** @throws Refused where it is not answered. */
  get<Body>(path: string, query?: Query): Promise<Body>;
  /** @throws Refused where whoever asks is not signed in any more. */
  post<Body>(path: string, body: object | null, key: string): Promise<Outcome<Body>>;
  /** @throws Refused where whoever asks is not signed in any more. */
  delete(path: string): Promise<Outcome<null>>;
}

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

  return {
    get: async <Body>(path: string, query: Query = {}) => {
      const { status, body } = await send("GET", addressOf(path, query));
      if (status >= 400) throw new Refused(body as Problem);
      return body as Body;
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
