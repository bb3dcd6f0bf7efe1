import type { Chance } from "@caravela/platform/chance";
import type { Clock } from "@caravela/platform/clock";
import type { Http } from "@caravela/platform/http";
import type { Log } from "@caravela/platform/log";
import type { Pool } from "@caravela/platform/postgres/pool";
import { inTransaction } from "@caravela/platform/postgres/transaction";
import { type LoginProblem, renderSignedOnPage, renderSignInPage } from "@caravela/web/login";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { KeepsAudit } from "../http/audited.ts";
import { langOf } from "../http/chosen-language.ts";
import { dashboardPath } from "../http/own-page.ts";
import type { Challenges } from "../storage/challenges.ts";
import { welcome } from "../storage/signed-on.ts";
import { BrowserCookie } from "./browser-cookie.ts";
import { inAudit } from "./in-audit.ts";
import { backOf, LOGIN_PATH, ownOrigin, SIGN_ON_PATH, wherePasskeys } from "./login-places.ts";
import { openColleaguePages, sendHtml } from "./pages.ts";
import { type SignsIn, signIn } from "./sign-in.ts";
import { type SingleSignOn, stateOf } from "./single-sign-on.ts";

interface SignsOn extends SignsIn {
  readonly pool: Pool;
  readonly clock: Clock;
  readonly chance: Chance;
  readonly challenges: Challenges;
  readonly log: Log;
  readonly own: { readonly publicUrl: string; readonly shop: { readonly name: string } };
  readonly signOn: SingleSignOn;
  readonly audit: KeepsAudit;
}

// the provider's page leads back by a link
const browserCookie = new BrowserCookie("sign-on", "lax");
const hide = { schema: { hide: true }, config: { isTry: true } };

/** Where people sign in by the company's own provider. */
export async function signOnPages(http: Http, ports: SignsOn): Promise<void> {
  const { own, signOn, challenges, chance } = ports;
  const callback = `${SIGN_ON_PATH}/callback`;

  const refuse = (request: FastifyRequest, reply: FastifyReply, problem: LoginProblem) =>
    sendHtml(
      reply.code(403),
      renderSignInPage({
        lang: langOf(request),
        merchant: own.shop.name,
        path: LOGIN_PATH,
        passkeys: wherePasskeys(own.publicUrl),
        problem,
        back: null,
        signOnPath: SIGN_ON_PATH,
        signedOut: false,
      }),
    );

  await openColleaguePages(http, own, (scope) => {
    scope.get(SIGN_ON_PATH, hide, async (request, reply) => {
      const browser = givenTo(chance.bytes(32), backOf(request));
      const redirect = `${ownOrigin(own.publicUrl)}${callback}`;
      const isFresh = "fresh" in (request.query as object);
      const address = await signOn.addressFor(browser, { redirect, isFresh }).catch((error: unknown) => {
        ports.log.warn(whyOf(error), "the provider by which people sign in does not answer");
        return null;
      });
      if (address === null) return refuse(request, reply, "not_signed_on");
      await challenges.keep({ purpose: "sign_on", holder: browser }, Buffer.from(stateOf(browser)));
      browserCookie.give(reply, browser);
      return reply.redirect(address.href, 303);
    });

    scope.get(callback, hide, async (request, reply) => {
      const tried = { operation: "signOn", subject: null } as const;
      const browser = browserCookie.of(request);
      if (browser === null) return refuse(request, reply, "too_late");
      const problem = await inAudit(ports.audit, request, tried, () =>
        signInByProvider(ports, browser, request, reply),
      );
      if (problem !== null) return refuse(request, reply, problem);
      // a browser sends the new cookie with no request that began at another site's page, redirects included
      return sendHtml(reply, renderSignedOnPage(langOf(request), { merchant: own.shop.name, path: backIn(browser) }));
    });
  });
}

/** What a browser is given: by chance, and where it shall lead when it is back. */
function givenTo(chance: Uint8Array, back: string | null): string {
  const words = [Buffer.from(chance), ...(back === null ? [] : [Buffer.from(back)])];
  return words.map((word) => word.toString("base64url")).join(".");
}

function backIn(browser: string): string {
  const [, back = ""] = browser.split(".");
  return dashboardPath(Buffer.from(back, "base64url").toString("utf8")) ?? "/dashboard";
}

/** Signs in whoever came back from the provider; null: they are. */
async function signInByProvider(
  ports: SignsOn,
  browser: string,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<LoginProblem | null> {
  browserCookie.take(reply);
  const isAsked = await ports.challenges.take({ purpose: "sign_on", holder: browser }, Buffer.from(stateOf(browser)));
  if (!isAsked) return "too_late";
  const came = new URL(request.url, ownOrigin(ports.own.publicUrl));
  const who = await ports.signOn.whoCame(browser, came).catch((error: unknown) => {
    ports.log.warn(whyOf(error), "the provider by which people sign in did not say who it is");
    return "not_signed_on" as const;
  });
  if (who === "not_signed_on") return who;
  if (who === null) return "no_role";
  return inTransaction(ports.pool, async (connection) => {
    const operator = await welcome(connection, who, { now: ports.clock.now(), id: ports.chance.id("op") });
    if (operator === null) return "no_role";
    await signIn(ports, connection, { operator, isTouched: who.isFresh }, request, reply);
    ports.log.info({ operator, role: who.role }, "somebody signed in by the provider");
    return null;
  });
}

/** What went wrong, in words alone: what an error of the provider's carries may hold its tokens. */
function whyOf(error: unknown): { readonly why: string } {
  return { why: error instanceof Error ? error.message : String(error) };
}
