import type { Http } from "@caravela/platform/http";
import { lisbonDate } from "@caravela/platform/lisbon";
import { httpProblems } from "@caravela/platform/problems";
import { REMEDY } from "@caravela/platform/validation";
import { eurosText } from "@caravela/sibs/money";
import { type Static, Type } from "typebox";
import { isMandate, type Mandate, type MandateTerms } from "../domain/mandate.ts";
import { answerableUntil } from "../domain/methods/mbway.ts";
import { paymentStatusOf, type Transaction } from "../domain/transaction.ts";
import { authorisedPayment, typeWord } from "../networks/phone/mandate.ts";
import {
  answerRequest,
  isAlias,
  mandatePresses,
  type Phones,
  pressOnMandate,
  waitingOn,
} from "../networks/phone/phone.ts";
import { readTerms, type TermsProblems, type WrittenTerms } from "../networks/phone/terms.ts";
import type { Terminals } from "../terminals/terminals.ts";
import { sandboxProblems } from "./problems.ts";

const Terms = Type.Object({
  limit: Type.Optional(
    Type.Union([Type.String({ maxLength: 20 }), Type.Number()], {
      [REMEDY]: 'must be an amount in euros, as "100.00"',
    }),
  ),
  validUntil: Type.Optional(Type.String({ maxLength: 40 })),
});
const Approved = Type.Object({ id: Type.Optional(Type.String()), ...Terms.properties });
const Declined = Type.Object({ id: Type.Optional(Type.String()) });

type OfPhone = { Params: { alias: string } };
type OfMandate = { Params: { alias: string; id: string }; Body: Static<typeof Terms> };

interface PhonesSteered extends Phones {
  readonly terminals: Terminals;
}

/** `/sandbox/phones/{alias}`: what waits on a phone and what it authorised, and what its owner does about either. */
export function servePhones(http: Http, phones: PhonesSteered): void {
  http.get<OfPhone>("/sandbox/phones/:alias", async ({ params: { alias } }) => {
    if (!isAlias(alias)) throw sandboxProblems.nothingWaits();
    const [waiting, mandates] = await Promise.all([waitingOn(phones, alias), phones.mandates.findOnPhone(alias)]);
    return {
      alias,
      waiting: await Promise.all(waiting.map((asked) => requestOf(asked, phones.terminals))),
      mandates: await Promise.all(mandates.map((mandate) => listed(mandate, phones.terminals))),
    };
  });
  http.post<OfPhone & { Body: Static<typeof Approved> }>(
    "/sandbox/phones/:alias/approve",
    { schema: { body: Approved } },
    async ({ params: { alias }, body: { id = null, ...written } }) => {
      const answer = { pressed: "approved", id, terms: termsOf(written, phones) } as const;
      return answered(await answerRequest(phones, alias, answer), "approved");
    },
  );
  http.post<OfPhone & { Body: Static<typeof Declined> }>(
    "/sandbox/phones/:alias/decline",
    { schema: { body: Declined } },
    async ({ params: { alias }, body: { id = null } }) => {
      const answer = { pressed: "declined", id, terms: { limit: null, validUntil: null } } as const;
      return answered(await answerRequest(phones, alias, answer), "declined");
    },
  );
  for (const press of mandatePresses) {
    http.post<OfMandate>(
      `/sandbox/phones/:alias/mandates/:id/${press}`,
      { schema: { body: Terms } },
      async ({ params: { alias, id }, body }) => {
        const pressed = await pressOnMandate(phones, alias, { id, press, terms: termsOf(body, phones) });
        if (pressed === "unknown") throw sandboxProblems.unknownMandate();
        if (pressed === "not_now") throw sandboxProblems.mandateNotSo();
        return listed(pressed, phones.terminals);
      },
    );
  }
}

function answered(asked: Transaction | null, outcome: "approved" | "declined") {
  if (asked === null) throw sandboxProblems.nothingWaits();
  return { id: asked.id, outcome, paymentStatus: paymentStatusOf(asked) };
}

/** @throws Problem naming the member that cannot be. */
function termsOf(written: WrittenTerms, { clock }: Phones): MandateTerms {
  const read = readTerms(written, lisbonDate(clock.now()));
  if (!read.ok) throw problemOf(read.problems);
  return read.terms;
}

function problemOf({ limit, validUntil }: TermsProblems) {
  const shape = [
    ...(limit === "not_an_amount" ? [{ field: "/limit", message: 'must be an amount in euros, such as "50.00"' }] : []),
    ...(validUntil === "not_a_date" ? [{ field: "/validUntil", message: 'must be a day, such as "2027-12-31"' }] : []),
  ];
  if (shape.length > 0) return httpProblems.invalidRequest(shape);
  return sandboxProblems.termsRefused([
    ...(limit === null ? [] : [{ field: "/limit", message: "must be above zero" }]),
    ...(validUntil === null ? [] : [{ field: "/validUntil", message: "must be today in Lisbon or later" }]),
  ]);
}

async function requestOf(asked: Transaction, terminals: Terminals) {
  const of = isMandate(asked)
    ? { kind: "mandate", type: typeWord(asked.consent.type), amount: null, customerName: asked.consent.customerName }
    : { kind: "purchase", amount: eurosText(asked.amount) };
  return {
    id: asked.id,
    ...of,
    currency: "EUR",
    merchant: await merchantOf(asked, terminals),
    description: asked.description || null,
    askedAt: asked.asked?.at.toISOString() ?? null,
    expiresAt: answerableUntil(asked).toISOString(),
  };
}

async function listed(mandate: Mandate, terminals: Terminals) {
  const payment = authorisedPayment(mandate);
  if (payment === null) throw new Error(`mandate ${mandate.transactionId} was never consented to`);
  const { id, mandateId, type, status, customerName, limit, available, validUntil } = payment;
  const merchant = await merchantOf(mandate, terminals);
  const terms = { limit: eurosText(limit), available: eurosText(available), validUntil };
  return { id, mandateId, type, status, merchant, customerName, ...terms };
}

async function merchantOf({ terminalId }: { terminalId: string }, terminals: Terminals): Promise<string> {
  return (await terminals.find(terminalId))?.merchantName ?? "";
}
