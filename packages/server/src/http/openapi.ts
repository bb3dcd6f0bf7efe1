import { createHash } from "node:crypto";
import type { Chance } from "@caravela/platform/chance";
import { type Http, securityHeaders } from "@caravela/platform/http";
import swagger from "@fastify/swagger";
import reference from "@scalar/fastify-api-reference";
import { SCOPES } from "../domain/api-key.ts";
import { type DescribedEvent, tidy, withExampleKey } from "./openapi-document.ts";
import { SESSION_COOKIE } from "./session-cookie.ts";

const describe = (
  events: readonly DescribedEvent[],
) => `Payments by MB WAY, Multibanco and card, and authorised payments by MB WAY. Amounts are whole cents, times UTC; what is not known is null, never absent.

Every POST takes an \`Idempotency-Key\`: sent again with the same key, a request is answered as it was the first time. Errors are problem details (RFC 9457); their \`type\` is a path of this server that says what to do.

Events are signed as Standard Webhooks say: ${events.map(({ type }) => `\`${type}\``).join(", ")}.`;

/** What operations are about, in the order in which a shop meets them. */
const TAGS = [
  "Payments",
  "Captures",
  "Refunds",
  "Mandates",
  "Plans",
  "Saved cards",
  "Events",
  "Tasks",
  "Settled by a person",
  "Reports",
  "Customers",
  "Keys",
  "Colleagues",
  "Audit",
  "Server",
] as const;

/** What is described, and to whom. */
interface Described {
  readonly events: readonly DescribedEvent[];
  readonly own: { readonly publicUrl: string };
  readonly knownKey: string | null;
  readonly chance: Chance;
}

/**
 * The API's description, made from the schemas that validate: `GET /openapi.json`, and a page that shows it, `/docs`.
 * `events`: what the shop may be told of. `own.publicUrl`: where all this is, once the server listens. `knownKey`: the
 * API key of a demonstration, which everybody knows; null: there is none.
 */
export async function describeApi(http: Http, { events, own, knownKey, chance }: Described): Promise<void> {
  await http.register(swagger, {
    openapi: {
      openapi: "3.1.0",
      info: { title: "Caravela", version: "1", description: describe(events), license: { name: "Apache-2.0" } },
      tags: TAGS.map((name) => ({ name })),
      components: {
        securitySchemes: {
          apiKey: {
            type: "http",
            scheme: "bearer",
            description: `An API key: the server's own, which is good for everything, or one that was made by \`POST /v1/keys\`. Each operation names the scope that a key needs for it; there are ${SCOPES.map((scope) => `\`${scope}\``).join(", ")}.`,
          },
          session: {
            type: "apiKey",
            in: "cookie",
            name: SESSION_COOKIE,
            description:
              "Of a person who signed in at `/dashboard`. What they may is their role's; a change must come from a page of this server (`Sec-Fetch-Site`, `Origin`).",
          },
        },
      },
      security: [{ apiKey: [] }, { session: [] }],
    },
  });
  const describedAt = (url: string) => tidy({ ...http.swagger(), servers: [{ url }] }, events);
  http.get("/openapi.json", { schema: { hide: true } }, async () => describedAt(own.publicUrl));
  // The page asks the server that it came from, by whatever name that was asked for, and its policy lets it ask no
  // other.
  http.get(PAGES_OWN, { schema: { hide: true } }, async () => withExampleKey(describedAt("/"), chance.uuid()));
  await http.register((scope) => showApi(scope as Http, knownKey));
}

/** The description that the page shows. */
const PAGES_OWN = "/docs/openapi.json";

/**
 * The page: its script comes with it, and its policy lets it load nothing from elsewhere, whatever that script may
 * want.
 */
async function showApi(http: Http, knownKey: string | null): Promise<void> {
  http.addHook("onSend", async (_request, reply, page) => {
    const script = typeof page === "string" ? inlineScript(page) : "";
    reply.headers({ ...securityHeaders, "content-security-policy": policy(script) });
    return page;
  });
  await http.register(reference, {
    routePrefix: "/docs",
    configuration: {
      url: PAGES_OWN,
      pageTitle: "Caravela: the API",
      withDefaultFonts: false,
      telemetry: false,
      hideClientButton: true,
      showDeveloperTools: "never",
      agent: { disabled: true },
      mcp: { disabled: true },
      ...(knownKey !== null && { authentication: filledIn(knownKey) }),
    },
  });
}

/** The field of the key, filled in. */
function filledIn(key: string) {
  return { preferredSecurityScheme: "apiKey", securitySchemes: { apiKey: { token: key } } };
}

/** The one script that stands in the page itself. */
function inlineScript(page: string): string {
  return /<script type="text\/javascript">([\s\S]*?)<\/script>/.exec(page)?.[1] ?? "";
}

/** Styles are set by the script as it draws; scripts are our file and the one inline that was hashed as it was sent. */
function policy(script: string): string {
  const hash = createHash("sha256").update(script).digest("base64");
  return [
    "default-src 'none'",
    `script-src 'self' 'sha256-${hash}'`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}
