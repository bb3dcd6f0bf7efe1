import type { Http } from "@caravela/platform/http";
import type { Lang } from "@caravela/web/lang";
import { Type } from "typebox";
import { answerIn, languageHeaders } from "../http/language.ts";
import { answers, instant, nullable, params } from "../http/schemas.ts";
import { findMandate } from "../mandates/routes.ts";
import { find } from "../payments/routes.ts";
import type { Entry } from "../storage/kinds.ts";
import type { ReadsJournals, ReadsMandates, ReadsPayments } from "../storage/ports.ts";
import { presentEntry } from "./present.ts";
import type { JournalOf, Lines } from "./words.ts";

const journalSchema = Type.Object(
  {
    data: Type.Array(
      Type.Object({
        number: Type.Integer({ minimum: 1, description: "Its place, counted from 1." }),
        at: instant,
        kind: Type.String({ description: "For programs, for instance `attempt_approved`. New kinds may come." }),
        by: nullable(
          Type.Object(
            {
              type: Type.Enum(["shop", "customer", "sibs", "clock", "operator"]),
              id: nullable(Type.String()),
              name: nullable(Type.String()),
            },
            { description: "Who caused it; null: written by an earlier version, which did not keep that." },
          ),
        ),
        text: Type.String({ description: "In words, in the language that `Accept-Language` asks for." }),
        data: Type.Object(
          {},
          { additionalProperties: true, description: "Its details: they differ from kind to kind." },
        ),
      }),
    ),
  },
  {
    title: "Journal",
    description: "All that happened, in order. Nothing of it is ever changed, but that a customer is erased from it.",
  },
);

/** What happened to a payment or a mandate, line by line. */
export function journalRoutes(http: Http, ports: ReadsPayments & ReadsMandates & ReadsJournals): void {
  http.get(
    "/v1/payments/:id/journal",
    {
      schema: {
        tags: ["Payments"],
        operationId: "getPaymentJournal",
        summary: "Read what happened to a payment",
        params,
        headers: languageHeaders,
        response: answers({ 200: journalSchema }),
      },
      config: { scope: "payments:read" },
    },
    async (request, reply) => {
      const { id } = await find(ports, request.params.id);
      return answer("payment", await ports.payments.journal(id), answerIn(request, reply));
    },
  );

  http.get(
    "/v1/mandates/:id/journal",
    {
      schema: {
        tags: ["Mandates"],
        operationId: "getMandateJournal",
        summary: "Read what happened to a mandate and its plans",
        params,
        headers: languageHeaders,
        response: answers({ 200: journalSchema }),
      },
      config: { scope: "payments:read" },
    },
    async (request, reply) => {
      const { id } = await findMandate(ports, request.params.id);
      return answer("mandate", await ports.mandates.journal(id), answerIn(request, reply));
    },
  );
}

function answer<Of extends JournalOf>(of: Of, journal: readonly Entry<Lines[Of]>[], lang: Lang) {
  return { data: journal.map((entry) => presentEntry(of, entry, lang)) };
}
