import type { Clock } from "@caravela/platform/clock";
import type { Http } from "@caravela/platform/http";
import { parsePhone } from "@caravela/sibs/phone";
import { preferredLang } from "@caravela/web/lang";
import { type PhoneAnswer, type PhoneRequest, type PhoneView, renderPhonePage } from "@caravela/web/phone";
import { type Static, Type } from "typebox";
import { answerableUntil } from "../../domain/methods/mbway.ts";
import type { Transaction } from "../../domain/transaction.ts";
import type { Terminals } from "../../terminals/terminals.ts";
import type { Transactions } from "../../transactions/transactions.ts";
import { pageHeaders } from "../page-headers.ts";
import { pressOnPhone } from "./phone.ts";

const Query = Type.Object({ alias: Type.Optional(Type.String()), answered: Type.Optional(Type.String()) });
const Press = Type.Object({ alias: Type.String(), id: Type.String() });

interface Phone {
  readonly transactions: Transactions;
  readonly terminals: Terminals;
  readonly clock: Clock;
}

/** `GET /phone`: the MB WAY app of a simulated phone. What its owner presses comes back here by 303, and so does a reload. */
export function servePhonePage(http: Http, phone: Phone): void {
  http.get<{ Querystring: Static<typeof Query> }>(
    "/phone",
    { schema: { querystring: Query } },
    async ({ query, headers }, reply) => {
      const view = await viewOf(query.alias, headers["accept-language"], phone);
      const answered = view.alias === null ? null : await answeredOf(query.answered, view.alias, phone);
      return reply.headers(pageHeaders).send(renderPhonePage({ ...view, answered }));
    },
  );
  http.get<{ Querystring: Static<typeof Query> }>(
    "/phone/waiting",
    { schema: { querystring: Query } },
    async ({ query, headers }, reply) => {
      reply.header("cache-control", "no-store");
      return viewOf(query.alias, headers["accept-language"], phone);
    },
  );
  for (const [path, pressed] of [
    ["approve", "approved"],
    ["decline", "declined"],
  ] as const) {
    http.post<{ Body: Static<typeof Press> }>(
      `/phone/${path}`,
      { schema: { body: Press } },
      async ({ body }, reply) => {
        const answered = await pressOnPhone(phone, body.alias, pressed, body.id);
        const query = new URLSearchParams({ alias: body.alias, answered: answered?.id ?? TOO_LATE });
        return reply.redirect(`/phone?${query}`, 303);
      },
    );
  }
}

const TOO_LATE = "too_late";

async function viewOf(typed: string | undefined, languages: string | undefined, phone: Phone): Promise<PhoneView> {
  const parsed = typed === undefined ? null : parsePhone(typed);
  const alias = parsed?.ok === true ? parsed.phone : null;
  const waiting = alias === null ? [] : await phone.transactions.findWaiting(alias);
  return {
    lang: preferredLang(languages),
    alias,
    notAPhone: alias === null && typed !== undefined ? typed : null,
    waiting: await Promise.all(waiting.map((payment) => requestOf(payment, phone))),
    answered: null,
  };
}

async function requestOf(payment: Transaction, phone: Phone): Promise<PhoneRequest> {
  const leftMs = answerableUntil(payment).getTime() - phone.clock.now().getTime();
  return {
    id: payment.id,
    amount: payment.amount,
    merchant: await merchantOf(payment, phone),
    description: payment.description,
    secondsLeft: Math.max(0, Math.ceil(leftMs / 1_000)),
  };
}

/** What came of the request that was answered: the transaction says it, so that a reload shows the same. */
async function answeredOf(id: string | undefined, alias: string, phone: Phone): Promise<PhoneAnswer | null> {
  if (id === undefined) return null;
  const payment = /^s2[A-Za-z0-9]{18}$/.test(id) ? await phone.transactions.find(id) : null;
  const pressed = payment?.asked?.phone === alias ? pressedOf(payment) : null;
  if (payment === null || pressed === null) return { outcome: "too_late" };
  return { outcome: pressed, amount: payment.amount, merchant: await merchantOf(payment, phone) };
}

function pressedOf({ outcome }: Transaction): "approved" | "declined" | null {
  if (outcome === "approved") return "approved";
  return outcome === "refused_by_holder" ? "declined" : null;
}

async function merchantOf(payment: Transaction, { terminals }: Phone): Promise<string> {
  return (await terminals.find(payment.terminalId))?.merchantName ?? "";
}
