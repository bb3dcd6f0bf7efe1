import type { Http } from "@caravela/platform/http";
import { Type } from "typebox";
import { asSavedCardId } from "../domain/identifiers.ts";
import { problem } from "../http/problems.ts";
import { answers, instant, nullable, pageOfSchema, params, text } from "../http/schemas.ts";
import type { SavedCard, SavedCards } from "../storage/cards.ts";
import type { KnowsTerminals } from "../terminals.ts";

const tags = ["Saved cards"];

export const tokenSchema = Type.Object(
  {
    id: Type.String(),
    customer: Type.String(),
    brand: nullable(Type.String()),
    lastFour: nullable(Type.String()),
    expiry: nullable(Type.String({ description: "As 2028-12." })),
    createdAt: instant,
  },
  { title: "Token", description: "A saved card." },
);

/** A saved card as the API shows it: what a customer recognises it by, never what charges it. */
export function presentToken({ id, customerId, brand, lastFour, expiry, createdAt }: SavedCard) {
  return { id, customer: customerId, brand, lastFour, expiry, createdAt: createdAt.toISOString() };
}

/** Customers' saved cards. */
export function savedCardRoutes(
  http: Http,
  { savedCards, terminals }: { savedCards: SavedCards } & KnowsTerminals,
): void {
  http.get(
    "/v1/tokens",
    {
      schema: {
        tags,
        operationId: "listTokens",
        summary: "List a customer's saved cards, newest first",
        querystring: Type.Object({ customer: text(100, "Your own id of the customer.") }),
        response: answers({ 200: pageOfSchema(tokenSchema) }),
      },
      config: { scope: "payments:read", keepsToTerminal: true },
    },
    async (request) => {
      const all = await savedCards.of(request.query.customer);
      const { terminal } = request.caller;
      const cards = terminal === null ? all : all.filter((card) => terminals.idOf(card) === terminal);
      return { data: cards.map(presentToken), hasMore: false, next: null };
    },
  );

  http.delete(
    "/v1/tokens/:id",
    {
      schema: {
        tags,
        operationId: "deleteToken",
        summary: "Forget a saved card",
        params,
        response: answers({ 204: Type.Null({ description: "Forgotten." }) }),
      },
      config: { scope: "payments:write", audited: "people" },
    },
    async (request, reply) => {
      const id = asSavedCardId(request.params.id);
      if (id !== null && (await savedCards.forget(id))) return reply.code(204).send();
      throw problem("not_found", "There is no saved card of this id.");
    },
  );
}
