import type { Clock } from "@caravela/platform/clock";
import type { Http } from "@caravela/platform/http";
import { Type } from "typebox";
import { type Caller, SCOPES } from "../domain/api-key.ts";
import { type Limit, namedLimits } from "../domain/limit.ts";
import { ROLES, touchedUntil } from "../domain/person.ts";
import { answers, nullable, sum } from "../http/schemas.ts";
import type { Offer } from "../http/shop-api.ts";
import type { RefundDays } from "../storage/refund-days.ts";

/** By whom something is done: a key or a person. */
const bySchema = Type.Object({
  type: Type.Enum(["shop", "operator"]),
  id: nullable(Type.String({ description: "Of the key, or of the person; null: the key of the server's settings." })),
  name: nullable(Type.String()),
});

const meSchema = Type.Object(
  {
    by: bySchema,
    role: nullable(Type.Enum([...ROLES], { description: "Null: an API key has none, but scopes." })),
    terminal: nullable(Type.String({ description: "The one terminal whose things are seen and made; null: all." })),
    scopes: Type.Array(Type.Enum([...SCOPES])),
    operations: Type.Array(Type.String(), { description: "The `operationId` of everything that may be asked." }),
    refundLimit: nullable(Type.Integer({ minimum: 1, description: "Whole cents; null: there is none." })),
    refundableToday: nullable({ ...sum, description: "Whole cents that may still be given back today; null: any." }),
    captureLimit: nullable(Type.Integer({ minimum: 1, description: "Whole cents; null: there is none." })),
    capturableToday: nullable({ ...sum, description: "Whole cents that may still be captured today; null: any." }),
    now: Type.String({ format: "date-time", description: "What the server's clock shows." }),
    session: nullable(
      Type.Object(
        {
          id: Type.String(),
          endsAt: Type.String({ format: "date-time", description: "When it is over, if nothing more is done." }),
          touchedUntil: nullable(
            Type.String({
              format: "date-time",
              description:
                "Until when what wants a fresh touch of the passkey may be done; null: a touch is needed first.",
            }),
          ),
        },
        { description: "Null: it was asked by an API key." },
      ),
    ),
  },
  { title: "Me", description: "Whoever asks, and what they may." },
);

interface Knows {
  readonly offer: Offer;
  readonly refundDays: RefundDays;
  readonly clock: Clock;
}

/** Who is it that asks, and what may they? */
export function meRoutes(http: Http, { offer, refundDays, clock }: Knows): void {
  http.get(
    "/v1/me",
    {
      schema: {
        tags: ["Colleagues"],
        operationId: "getMe",
        summary: "Read who you are, and what you may",
        response: answers({ 200: meSchema }),
      },
      config: { scope: null, keepsToTerminal: true },
    },
    async ({ caller }) => {
      const { by, terminal, scopes, limits } = caller;
      const { refundLimit, captureLimit } = namedLimits(limits);
      const leftOf = ({ budgets }: Limit) => (budgets.length === 0 ? null : refundDays.left(budgets));
      const [refundableToday, capturableToday] = await Promise.all([leftOf(limits.refund), leftOf(limits.capture)]);
      return {
        by: { type: by.type, id: by.id ?? null, name: by.name ?? null },
        role: caller.person?.role ?? null,
        terminal,
        scopes,
        operations: offer.operationsFor(caller),
        refundLimit,
        refundableToday,
        captureLimit,
        capturableToday,
        now: clock.now().toISOString(),
        session: sessionOf(caller, clock),
      };
    },
  );
}

function sessionOf({ person }: Caller, clock: Clock) {
  if (person === null) return null;
  const until = touchedUntil(person, clock.now().getTime());
  return {
    id: person.session,
    endsAt: new Date(person.endsAt).toISOString(),
    touchedUntil: until === null ? null : new Date(until).toISOString(),
  };
}
