import type { Http } from "@caravela/platform/http";
import { lisbonDate } from "@caravela/platform/lisbon";
import { renderPhonePage } from "@caravela/web/phone";
import type { FastifyReply } from "fastify";
import { type Static, Type } from "typebox";
import { pageHeaders } from "../page-headers.ts";
import { answerRequest, mandatePresses, pressOnMandate } from "./phone.ts";
import { type ReadTerms, readTerms } from "./terms.ts";
import { answerOf, type PhonePages, refusedTermsOf, TOO_LATE, viewOf } from "./view.ts";

const Terms = { limit: Type.Optional(Type.String()), validUntil: Type.Optional(Type.String()) };
const Query = Type.Object({
  alias: Type.Optional(Type.String()),
  answered: Type.Optional(Type.String()),
  refused: Type.Optional(Type.String()),
  ...Terms,
});
const Press = Type.Object({ alias: Type.String(), id: Type.String(), ...Terms });

type Shown = { Querystring: Static<typeof Query> };
type Pressed = { Body: Static<typeof Press> };

/**
 * `GET /phone`: the MB WAY app of a simulated phone. What its owner presses comes back here by 303, and so does a
 * reload.
 */
export function servePhonePage(http: Http, phones: PhonePages): void {
  http.get<Shown>("/phone", { schema: { querystring: Query } }, async ({ query, headers }, reply) => {
    const view = await viewOf(query.alias, headers["accept-language"], phones);
    const answered = view.alias === null ? null : await answerOf(query.answered, view.alias, phones);
    const refused = refusedTermsOf(query, view.today);
    return reply.headers(pageHeaders).send(renderPhonePage({ ...view, answered, refused }));
  });
  http.get<Shown>("/phone/waiting", { schema: { querystring: Query } }, async ({ query, headers }, reply) => {
    reply.header("cache-control", "no-store");
    return viewOf(query.alias, headers["accept-language"], phones);
  });
  serveAnswers(http, phones);
  serveMandatePresses(http, phones);
}

function serveAnswers(http: Http, phones: PhonePages): void {
  http.post<Pressed>("/phone/approve", { schema: { body: Press } }, async ({ body }, reply) => {
    const read = readTerms(body, lisbonDate(phones.clock.now()));
    if (!read.ok) return backToMend(reply, body, read);
    const answer = { pressed: "approved", id: body.id, terms: read.terms } as const;
    const answered = await answerRequest(phones, body.alias, answer);
    return back(reply, { alias: body.alias, answered: answered?.id ?? TOO_LATE });
  });
  http.post<Pressed>("/phone/decline", { schema: { body: Press } }, async ({ body }, reply) => {
    const answer = { pressed: "declined", id: body.id, terms: { limit: null, validUntil: null } } as const;
    const answered = await answerRequest(phones, body.alias, answer);
    return back(reply, { alias: body.alias, answered: answered?.id ?? TOO_LATE });
  });
}

function serveMandatePresses(http: Http, phones: PhonePages): void {
  for (const press of mandatePresses) {
    http.post<Pressed>(`/phone/mandates/${press}`, { schema: { body: Press } }, async ({ body }, reply) => {
      const read = readTerms(body, lisbonDate(phones.clock.now()));
      if (!read.ok) return backToMend(reply, body, read);
      const pressed = await pressOnMandate(phones, body.alias, { id: body.id, press, terms: read.terms });
      if (typeof pressed === "string") return back(reply, { alias: body.alias, answered: TOO_LATE });
      return back(reply, { alias: body.alias }, body.id);
    });
  }
}

/** The page again, with what was typed and, under the eyes and the keys, the first field that cannot be. */
function backToMend(
  reply: FastifyReply,
  { alias, id, limit = "", validUntil = "" }: Static<typeof Press>,
  { problems }: Extract<ReadTerms, { ok: false }>,
): FastifyReply {
  const field = problems.limit === null ? "validUntil" : "limit";
  return back(reply, { alias, refused: id, limit, validUntil }, `${id}-${field}`);
}

/** @param at the element of the page that the browser goes to. */
function back(reply: FastifyReply, query: Record<string, string>, at?: string): FastifyReply {
  const fragment = at === undefined ? "" : `#${encodeURIComponent(at)}`;
  return reply.redirect(`/phone?${new URLSearchParams(query)}${fragment}`, 303);
}
