import type { Http } from "@caravela/platform/http";
import { securityHeaders } from "@caravela/platform/http";
import { renderChallengePage, renderEndingPage, renderIssuerPage } from "@caravela/web/issuer";
import { preferredLang } from "@caravela/web/lang";
import type { FastifyReply } from "fastify";
import { type Static, Type } from "typebox";
import type { Action } from "../../domain/card.ts";
import { type Challenged, isWanted } from "../../domain/issuer.ts";
import { listScenarios } from "../../domain/list-scenarios.ts";
import type { Terminals } from "../../terminals/terminals.ts";
import { actionIdIn, end, findAsked, type Issuer, typePassword } from "./issuer.ts";

const MethodForm = Type.Object({
  threeDSMethodData: Type.String({ default: "" }),
  returnUrl: Type.Optional(Type.String()),
});
const ChallengeForm = Type.Object({
  creq: Type.String({ default: "" }),
  threeDSSessionData: Type.String({ default: "" }),
  returnUrl: Type.Optional(Type.String()),
});
const AnswerForm = Type.Object({
  id: Type.String(),
  password: Type.String({ default: "" }),
  press: Type.Enum(["confirm", "cancel"]),
  returnUrl: Type.Optional(Type.String()),
});

/** Shop and issuer are two sites: these pages are made to be framed by the shop's. */
const framedHeaders = {
  ...securityHeaders,
  "content-security-policy": securityHeaders["content-security-policy"].replace(
    "frame-ancestors 'none'",
    "frame-ancestors http: https:",
  ),
  "content-type": "text/html; charset=utf-8",
};

interface IssuerPages extends Issuer {
  readonly terminals: Terminals;
}

/** The pages of a simulated bank: what a browser posts to for 3-D Secure, and what the bank is. */
export function serveIssuerPages(http: Http, issuer: IssuerPages): void {
  http.get("/issuer", async ({ headers }, reply) => {
    const waiting = await issuer.transactions.findChallenged();
    const lang = preferredLang(headers["accept-language"]);
    const cards = listScenarios().flatMap(({ by, match: number, says }) => (by === "card" ? [{ number, says }] : []));
    return send(reply, renderIssuerPage({ lang, cards, waiting: waiting.length }));
  });
  http.post<{ Body: Static<typeof MethodForm> }>(
    "/issuer/method",
    { schema: { body: MethodForm } },
    async ({ body, headers }, reply) => {
      const id = actionIdIn(body.threeDSMethodData) ?? "";
      const ended = await end(issuer, id, "THREEDS_METHOD", "done");
      return ending(reply, headers["accept-language"], id, ended === null ? null : "done", body.returnUrl);
    },
  );
  http.post<{ Body: Static<typeof ChallengeForm> }>(
    "/issuer/challenge",
    { schema: { body: ChallengeForm } },
    async ({ body, headers }, reply) => {
      const id = actionIdIn(body.creq) ?? actionIdIn(body.threeDSSessionData) ?? "";
      return challenge(reply, issuer, headers["accept-language"], id, body.returnUrl);
    },
  );
  http.post<{ Body: Static<typeof AnswerForm> }>(
    "/issuer/challenge/answer",
    { schema: { body: AnswerForm } },
    async ({ body: { id, password, press, returnUrl }, headers }, reply) => {
      if (press === "cancel") await end(issuer, id, "THREEDS_CHALLENGE", "canceled");
      else await typePassword(issuer, id, password);
      return challenge(reply, issuer, headers["accept-language"], id, returnUrl);
    },
  );
}

/** The question while it can be answered, else how it ended; so that a page sent twice says the same. */
async function challenge(
  reply: FastifyReply,
  issuer: IssuerPages,
  languages: string | undefined,
  id: string,
  returnUrl: string | undefined,
): Promise<FastifyReply> {
  const payment = await findAsked(issuer, id);
  if (payment === null || !isWanted(payment, "THREEDS_CHALLENGE", issuer.clock.now())) {
    return ending(reply, languages, id, payment?.card?.action?.ending ?? null, returnUrl);
  }
  const merchant = await merchantOf(payment, issuer);
  const lang = preferredLang(languages);
  const { amount, card } = payment;
  const asked = { lang, id, merchant, amount, card: card.kept, isWrong: card.action.tries > 0 };
  return send(reply, renderChallengePage({ ...asked, returnUrl: httpUrl(returnUrl) }));
}

function ending(
  reply: FastifyReply,
  languages: string | undefined,
  id: string,
  ended: Action["ending"],
  returnUrl: string | undefined,
): FastifyReply {
  const lang = preferredLang(languages);
  return send(reply, renderEndingPage({ lang, id, ending: ended, returnUrl: httpUrl(returnUrl) }));
}

/** Where the shop wants its customer back (ours: SIBS names no field for it); nothing but a page of the web. */
function httpUrl(given: string | undefined): string | null {
  const url = URL.canParse(given ?? "") ? new URL(given ?? "") : null;
  return url !== null && /^https?:$/.test(url.protocol) ? url.href : null;
}

async function merchantOf({ terminalId }: Challenged, { terminals }: IssuerPages): Promise<string> {
  return (await terminals.find(terminalId))?.merchantName ?? "";
}

function send(reply: FastifyReply, page: string): FastifyReply {
  return reply.headers(framedHeaders).send(page);
}
