import type { Http } from "@caravela/platform/http";
import type { Log } from "@caravela/platform/log";
import type { Pool } from "@caravela/platform/postgres/pool";
import { inTransaction } from "@caravela/platform/postgres/transaction";
import type { Secret } from "@caravela/platform/secret";
import { renderLinkOverPage, renderLocalSignInPage } from "@caravela/web/colleagues";
import { Type } from "typebox";
import type { KeepsAudit } from "../http/audited.ts";
import { equals } from "../http/authorize.ts";
import { langOf } from "../http/chosen-language.ts";
import { LOCAL_OWNER, type Operators } from "../storage/operators.ts";
import { inAudit } from "./in-audit.ts";
import { openColleaguePages, sendHtml } from "./pages.ts";
import { type SignsIn, signIn } from "./sign-in.ts";

/** What somebody is called who signs in by the link that the start prints: as the page says it. */
const NAMES = { en: "You, on this machine", pt: "Você, neste computador" } as const;

interface SignsLocalOwnerIn extends SignsIn {
  readonly pool: Pool;
  readonly operators: Operators;
  readonly log: Log;
  readonly audit: KeepsAudit;
  /** What stands in the link; null: there is none, since not all of it plays on this machine. */
  readonly localOwner: Secret | null;
  readonly own: { readonly publicUrl: string };
}

/**
 * The link that the start prints: whoever has this machine signs in as an owner by it, as long as this start runs. It
 * shows a button, and nobody is signed in by looking.
 */
export async function localPages(http: Http, ports: SignsLocalOwnerIn): Promise<void> {
  const { pool, operators, log, audit, localOwner, own } = ports;
  const isIt = localOwner === null ? () => false : equals(localOwner);
  const schema = { hide: true, params: Type.Object({ token: Type.String() }) };
  await openColleaguePages(http, own, (scope) => {
    scope.get("/dashboard/local/:token", { schema }, async (request, reply) => {
      const { token } = request.params;
      const lang = langOf(request);
      if (!isIt(token)) return sendHtml(reply.code(404), renderLinkOverPage(lang));
      return sendHtml(reply, renderLocalSignInPage(lang, `/dashboard/local/${token}`));
    });

    scope.post("/dashboard/local/:token", { schema }, async (request, reply) => {
      if (!isIt(request.params.token)) return sendHtml(reply.code(404), renderLinkOverPage(langOf(request)));
      const tried = { operation: "signInLocally", subject: LOCAL_OWNER } as const;
      await inAudit(audit, request, tried, () =>
        inTransaction(pool, async (connection) => {
          await operators.welcomeLocalOwner(connection, NAMES[langOf(request)]);
          await signIn(ports, connection, { operator: LOCAL_OWNER, isTouched: true }, request, reply);
          return null;
        }),
      );
      log.info({ operator: LOCAL_OWNER }, "the owner of this machine signed in");
      return reply.redirect("/dashboard", 303);
    });
  });
}
