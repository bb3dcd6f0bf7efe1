import type { Clock } from "@caravela/platform/clock";
import { type Http, loopbackOnly } from "@caravela/platform/http";
import { type OwnNames, ownRequestsOnly } from "@caravela/platform/own-requests";
import { assetsFolder } from "@caravela/web/assets";
import formbody from "@fastify/formbody";
import fastifyStatic from "@fastify/static";
import type { Mandates } from "../mandates/mandates.ts";
import type { Terminals } from "../terminals/terminals.ts";
import type { Transactions } from "../transactions/transactions.ts";
import { serveAtmPage } from "./atm/page.ts";
import { serveIssuerPages } from "./issuer/page.ts";
import { servePhonePage } from "./phone/page.ts";

/** What the pages show and do. */
export interface PagesOptions {
  readonly transactions: Transactions;
  readonly mandates: Mandates;
  readonly terminals: Terminals;
  readonly clock: Clock;
  /** Whether other machines may use them too. */
  readonly open: boolean;
  readonly names: OwnNames;
}

/** Serves the pages of who stands behind the gateway: a phone, an ATM and a bank. */
export function servePages(http: Http, options: PagesOptions): void {
  http.register(async (scope) => {
    const pages = scope as unknown as Http;
    if (!options.open) pages.addHook("onRequest", loopbackOnly);
    await pages.register(formbody);
    await pages.register(fastifyStatic, {
      root: assetsFolder,
      prefix: "/assets/",
      // made by the build
      preCompressed: true,
      // a file's name changes with its content
      immutable: true,
      maxAge: "365d",
    });
    pages.register(async (own) => {
      own.addHook("onRequest", ownRequestsOnly(options.names));
      servePhonePage(own as unknown as Http, options);
      serveAtmPage(own as unknown as Http, options);
    });
    serveIssuerPages(pages, options);
  });
}
