import type { Chance } from "@caravela/platform/chance";
import type { Http } from "@caravela/platform/http";
import type { FastifyReply, FastifyRequest } from "fastify";

/** What `/v1` answered. */
export interface Answered {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: as the description of the call has it
  readonly body: any;
  /** What kind of problem it is; null: none. */
  readonly code: string | null;
}

/**
 * Asks `/v1` as whoever looks at a page: by their cookie, from where they are. A page knows nothing but what they could
 * ask themselves. That a change comes from a page of ours was seen to where the page's form arrived.
 */
export async function askOwnApi(
  { http, chance }: { readonly http: Http; readonly chance: Chance },
  { headers, socket }: FastifyRequest,
  asked: { readonly method: "GET" | "POST" | "DELETE"; readonly path: string; readonly body?: object },
): Promise<Answered> {
  const { method, path, body } = asked;
  const forwarded = headers["x-forwarded-for"];
  const response = await http.inject({
    method,
    url: path,
    headers: {
      cookie: headers.cookie ?? "",
      "user-agent": headers["user-agent"] ?? "",
      "sec-fetch-site": "same-origin",
      ...(forwarded !== undefined && { "x-forwarded-for": forwarded }),
      ...(method === "POST" && { "idempotency-key": chance.uuid() }),
    },
    ...(socket.remoteAddress !== undefined && { remoteAddress: socket.remoteAddress }),
    ...(body !== undefined && { payload: body }),
  });
  const answer = response.body === "" ? null : response.json();
  const code = response.statusCode < 400 ? null : String(answer?.type ?? "").replace("/problems/", "");
  return { status: response.statusCode, body: answer, code };
}

/** Where whoever is not signed in signs in, and comes back from. */
export function leadToLogin(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return reply.redirect(`/dashboard/login?to=${encodeURIComponent(request.url)}`, 303);
}
