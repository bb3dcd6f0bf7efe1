import { type Http, securityHeaders } from "@caravela/platform/http";
import { isLoopback } from "@caravela/platform/settings";
import { type HomePlace, type HomeView, renderHomePage } from "@caravela/web/home";
import type { FastifyRequest } from "fastify";
import { hidden, sendHtml } from "./customer-page.ts";
import { langOf } from "./page-language.ts";

/** What the page at the server's own address is made of. */
interface ServesHome {
  readonly version: string;
  readonly sibsBaseUrl: string;
  /**
   * The shop's pages in which payments are shown; the first is the example shop's where all of it plays on this
   * machine.
   */
  readonly shopOrigins: readonly string[];
}

/** In front of SIBS: nothing that is not everybody's, and nothing of the shop. */
const EVERYWHERE: readonly HomePlace[] = [
  { name: "dashboard", at: "/dashboard" },
  { name: "docs", at: "/docs" },
  { name: "health", at: "/healthz" },
];

/**
 * `GET /`: what this is, that it runs, and where to go. Browsers get a page, and programs the same as JSON. Which
 * version runs, and where phone, ATM and example shop are, is said under the gateway of this machine alone: to a
 * stranger a version tells which holes to try.
 */
export function homePage(http: Http, settings: ServesHome): void {
  const home = homeOf(settings);
  http.get("/", hidden, async (request, reply) => {
    reply.headers({ ...securityHeaders, vary: "Accept, Accept-Language" });
    if (!isBrowser(request)) return asJson(home);
    return sendHtml(reply, renderHomePage({ ...home, lang: langOf(request, null) }));
  });
}

function homeOf({ version, sibsBaseUrl, shopOrigins: [shop] }: ServesHome): Omit<HomeView, "lang"> {
  if (!isLoopback(sibsBaseUrl)) return { version: null, isDemonstration: false, places: EVERYWHERE };
  const gateway = new URL(sibsBaseUrl).origin;
  const played: readonly HomePlace[] = [
    ...(shop === undefined ? [] : [{ name: "shop", at: shop } as const]),
    { name: "phone", at: `${gateway}/phone` },
    { name: "atm", at: `${gateway}/atm` },
  ];
  return { version, isDemonstration: true, places: [...played, ...EVERYWHERE] };
}

/** What is not known, or not told, is null and never absent, as in the rest of the API. */
function asJson({ version, places }: Omit<HomeView, "lang">) {
  const at = (name: HomePlace["name"]) => places.find((place) => place.name === name)?.at ?? null;
  return {
    name: "Caravela",
    version,
    docs: at("docs"),
    openapi: "/openapi.json",
    dashboard: at("dashboard"),
    health: at("health"),
    phone: at("phone"),
    atm: at("atm"),
    shop: at("shop"),
  };
}

/** Browsers name HTML when a page is opened; a program that does not ask for it reads JSON. */
function isBrowser({ headers }: FastifyRequest): boolean {
  return headers.accept?.includes("text/html") ?? false;
}
