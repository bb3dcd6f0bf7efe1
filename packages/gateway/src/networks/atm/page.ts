import type { Clock } from "@caravela/platform/clock";
import type { Http } from "@caravela/platform/http";
import { type AtmResult, renderAtmPage } from "@caravela/web/atm";
import { preferredLang } from "@caravela/web/lang";
import { type Static, Type } from "typebox";
import type { Terminals } from "../../terminals/terminals.ts";
import type { Transactions } from "../../transactions/transactions.ts";
import { pageHeaders } from "../page-headers.ts";
import { readTypedDigits, readTypedEuros } from "../typed.ts";
import { payAtAtm } from "./atm.ts";

const Typed = Type.Object({
  entity: Type.String({ default: "" }),
  reference: Type.String({ default: "" }),
  amount: Type.String({ default: "" }),
});

type TypedFields = Static<typeof Typed>;

interface Atm {
  readonly transactions: Transactions;
  readonly terminals: Terminals;
  readonly clock: Clock;
}

/** `GET /atm`: a simulated ATM that takes Multibanco payments, with a receipt or the reason why not. */
export function serveAtmPage(http: Http, atm: Atm): void {
  http.get<{ Querystring: TypedFields }>(
    "/atm",
    { schema: { querystring: Typed } },
    async ({ query, headers }, reply) => {
      const lang = preferredLang(headers["accept-language"]);
      return reply.headers(pageHeaders).send(renderAtmPage({ lang, typed: query, result: null }));
    },
  );
  http.post<{ Body: TypedFields }>("/atm/pay", { schema: { body: Typed } }, async ({ body, headers }, reply) => {
    const lang = preferredLang(headers["accept-language"]);
    const result = await pressPay(body, atm);
    return reply.headers(pageHeaders).send(renderAtmPage({ lang, typed: body, result }));
  });
}

/** Whatever a slip shows can be typed: `256 309 828`, `5,50 €`. */
async function pressPay(typed: TypedFields, atm: Atm): Promise<AtmResult> {
  const entity = readTypedDigits(typed.entity);
  const reference = readTypedDigits(typed.reference);
  const amount = readTypedEuros(typed.amount);
  if (!/^\d{5}$/.test(entity) || !/^\d{9}$/.test(reference) || amount === null) {
    return { kind: "refused", reason: "malformed" };
  }
  const entered = { entity, reference, amount };
  const answer = await payAtAtm(atm, entered);
  if (answer.kind !== "paid") return { kind: "refused", reason: answer.kind };
  const { id, terminalId, reference: paid } = answer.payment;
  const merchant = (await atm.terminals.find(terminalId))?.merchantName ?? "";
  return { kind: "receipt", ...entered, merchant, paidAt: paid?.paidAt?.toISOString() ?? "", id };
}
