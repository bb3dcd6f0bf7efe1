import { lisbonDate } from "@caravela/platform/lisbon";
import { eurosText } from "@caravela/sibs/money";
import { parsePhone } from "@caravela/sibs/phone";
import { preferredLang } from "@caravela/web/lang";
import type { PhoneAnswer, PhoneMandate, PhoneRequest, PhoneView, RefusedTerms } from "@caravela/web/phone";
import { given } from "../../domain/consent.ts";
import { isMandate, type Mandate, mandateOf } from "../../domain/mandate.ts";
import { answerableUntil } from "../../domain/methods/mbway.ts";
import { looksLikeTransactionId, type Transaction } from "../../domain/transaction.ts";
import type { Terminals } from "../../terminals/terminals.ts";
import { authorisedPayment, typeWord } from "./mandate.ts";
import { type Phones, waitingOn } from "./phone.ts";
import { readTerms } from "./terms.ts";

/** What the phone's page shows and does. */
export interface PhonePages extends Phones {
  readonly terminals: Terminals;
}

/** Stands where else the id of what was answered does. */
export const TOO_LATE = "too_late";

/** What the phone shows by itself, whatever was pressed last. */
export async function viewOf(
  typed: string | undefined,
  languages: string | undefined,
  phones: PhonePages,
): Promise<PhoneView> {
  const parsed = typed === undefined ? null : parsePhone(typed);
  const alias = parsed?.ok === true ? parsed.phone : null;
  const waiting = alias === null ? [] : await waitingOn(phones, alias);
  const mandates = alias === null ? [] : await phones.mandates.findOnPhone(alias);
  return {
    lang: preferredLang(languages),
    alias,
    notAPhone: alias === null && typed !== undefined ? typed : null,
    waiting: await Promise.all(waiting.map((asked) => requestOf(asked, phones))),
    mandates: (await Promise.all(mandates.map((mandate) => listed(mandate, phones)))).flat(),
    today: lisbonDate(phones.clock.now()),
    refused: null,
    answered: null,
  };
}

async function requestOf(asked: Transaction, phones: PhonePages): Promise<PhoneRequest> {
  const now = phones.clock.now();
  const leftMs = answerableUntil(asked).getTime() - now.getTime();
  const request = {
    id: asked.id,
    merchant: await merchantOf(asked, phones),
    description: asked.description || null,
    secondsLeft: Math.max(0, Math.ceil(leftMs / 1_000)),
  };
  if (!isMandate(asked)) return { ...request, kind: "purchase", amount: asked.amount };
  const { type, customerName } = asked.consent;
  const { limit, validUntil } = given(asked.consent, now);
  const terms = { limit: eurosText(limit), validUntil };
  return { ...request, kind: "mandate", type: typeWord(type), customerName, terms };
}

async function listed(mandate: Mandate, phones: PhonePages): Promise<PhoneMandate[]> {
  const payment = authorisedPayment(mandate);
  return payment === null ? [] : [{ ...payment, merchant: await merchantOf(mandate, phones) }];
}

/** What came of the request that was answered: what is stored says it, so that a reload shows the same. */
export async function answerOf(id: string | undefined, alias: string, phones: PhonePages): Promise<PhoneAnswer | null> {
  if (id === undefined) return null;
  const answered = looksLikeTransactionId(id) ? await phones.transactions.find(id) : null;
  if (answered?.asked?.phone !== alias) return { outcome: "too_late" };
  const merchant = await merchantOf(answered, phones);
  if (isMandate(answered)) return answerAboutMandate(mandateOf(answered, phones.clock.now()), merchant);
  if (answered.outcome === "approved") return { outcome: "approved", amount: answered.amount, merchant };
  return answered.outcome === "refused_by_holder" ? { outcome: "declined", merchant } : { outcome: "too_late" };
}

function answerAboutMandate(mandate: Mandate, merchant: string): PhoneAnswer {
  if (mandate.status === "REFUSED") return { outcome: "declined", merchant };
  const payment = authorisedPayment(mandate);
  if (payment === null) return { outcome: "too_late" };
  const { type, limit, validUntil } = payment;
  return { outcome: "authorised", merchant, type, limit, validUntil };
}

/** The terms that were sent and cannot be, from the page's own address, so that a reload shows the same. */
export function refusedTermsOf(
  { refused, limit, validUntil }: { refused?: string; limit?: string; validUntil?: string },
  today: string,
): RefusedTerms | null {
  if (refused === undefined) return null;
  const read = readTerms({ limit, validUntil }, today);
  return read.ok ? null : { id: refused, limit: limit ?? "", validUntil: validUntil ?? "", problems: read.problems };
}

async function merchantOf({ terminalId }: { terminalId: string }, { terminals }: PhonePages): Promise<string> {
  return (await terminals.find(terminalId))?.merchantName ?? "";
}
