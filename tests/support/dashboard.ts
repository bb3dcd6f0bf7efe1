import type { SignedIn } from "./operators.ts";
import type { Stage } from "./stage.ts";

/** What a screen answered a browser without script. */
export interface Seen {
  readonly status: number;
  /** Where it leads; null: nowhere. */
  readonly to: string | null;
  readonly headers: Headers;
  readonly html: string;
  /** What stands on it to be read, without what only looks. */
  readonly text: string;
}

/** A colleague's browser that runs no script. */
export interface Desk {
  look(path: string, headers?: Record<string, string>): Promise<Seen>;
  /** Sends the one form of a page that goes to this address, as it was drawn but for what is typed. */
  send(page: Seen, to: string, typed?: Record<string, string>): Promise<Seen>;
  /** Sends fields to an address. */
  post(path: string, fields: Record<string, string>, headers?: Record<string, string>): Promise<Seen>;
}

/** Opens the dashboard for a colleague; in English unless told otherwise. */
export function deskOf(stage: Pick<Stage, "server">, colleague: Pick<SignedIn, "cookie"> | null, lang = "en"): Desk {
  const own = { "accept-language": lang, ...(colleague !== null && { cookie: colleague.cookie }) };
  const ask = async (path: string, init: RequestInit): Promise<Seen> => {
    const answer = await fetch(`${stage.server.url}${path}`, { redirect: "manual", ...init });
    const html = await answer.text();
    return {
      status: answer.status,
      to: answer.headers.get("location"),
      headers: answer.headers,
      html,
      text: textOf(html),
    };
  };
  const desk: Desk = {
    look: (path, headers = {}) => ask(path, { headers: { ...own, ...headers } }),
    post: (path, fields, headers = {}) =>
      ask(path, {
        method: "POST",
        body: new URLSearchParams(fields),
        headers: { ...own, "sec-fetch-site": "same-origin", ...headers },
      }),
    send: (page, to, typed = {}) => desk.post(to, { ...fieldsOf(page.html, to), ...typed }),
  };
  return desk;
}

/** What a form's hidden fields hold. */
function fieldsOf(html: string, to: string): Record<string, string> {
  const form = [...html.matchAll(/<form[^>]*action="([^"]*)"[^>]*>(.*?)<\/form>/gs)].find(([, at]) => at === to);
  if (form === undefined) throw new Error(`no form goes to ${to}`);
  const hidden = [...(form[2] ?? "").matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)];
  return Object.fromEntries(hidden.map(([, name = "", value = ""]) => [name, value.replaceAll("&amp;", "&")]));
}

function textOf(html: string): string {
  return html
    .replace(/<(script|style|svg)\b.*?<\/\1>/gs, " ")
    .replace(/<[^>]+>/g, " ")
    .replaceAll("&amp;", "&")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&lt;", "<")
    .replace(/\s+/g, " ");
}
