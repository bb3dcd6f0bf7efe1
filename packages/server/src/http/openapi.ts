import type { Http } from "@caravela/platform/http";
import swagger from "@fastify/swagger";
import reference from "@scalar/fastify-api-reference";
import { EVENT_TYPES } from "../domain/tidings.ts";

/** The API's description, made from the schemas that validate: `GET /openapi.json`, and a page that shows it, `/docs`. */
export async function describeApi(http: Http): Promise<void> {
  await http.register(swagger, {
    openapi: {
      openapi: "3.1.0",
      info: {
        title: "Caravela",
        version: "1",
        description: `Payments by MB WAY and Multibanco. Amounts are whole cents, times UTC. Every POST takes an \`Idempotency-Key\`. Errors are problem details (RFC 9457). Events: ${EVENT_TYPES.map((type) => `\`${type}\``).join(", ")}.`,
      },
      components: { securitySchemes: { apiKey: { type: "http", scheme: "bearer" } } },
      security: [{ apiKey: [] }],
    },
  });
  http.get("/openapi.json", { schema: { hide: true } }, async () => http.swagger());
  await http.register(reference, { routePrefix: "/docs", configuration: { withDefaultFonts: false } });
}
