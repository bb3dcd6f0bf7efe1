import { maskPhone, type Phone } from "@caravela/sibs/phone";
import type { Lang } from "@caravela/web/lang";
import type { MandateLook } from "../domain/mandate/state.ts";
import type { Looks } from "../domain/payment/looks.ts";
import type { Entry } from "../storage/kinds.ts";
import * as mandateEn from "./mandate.en.ts";
import * as mandatePt from "./mandate.pt.ts";
import * as paymentEn from "./payment.en.ts";
import * as paymentPt from "./payment.pt.ts";
import { type JournalOf, type Lines, sentenceOf, type Words } from "./words.ts";

const WORDS: Readonly<Record<Lang, Words>> = {
  en: { payment: paymentEn.payment, mandate: mandateEn.mandate, asked: paymentEn.askedBetween },
  pt: { payment: paymentPt.payment, mandate: mandatePt.mandate, asked: paymentPt.askedBetween },
};

/** A line of a journal as the API shows it: what happened, when, by whom, in words, and its details. */
export function presentEntry<Of extends JournalOf>(of: Of, { number, line }: Entry<Lines[Of]>, lang: Lang) {
  const { at, kind, by, looks, ...data } = line;
  const details = looks === undefined ? data : { ...data, asked: askedOf(looks, WORDS[lang]) };
  const who = by === null ? null : { type: by.type, id: by.id ?? null, name: by.name ?? null };
  return { number, at: iso(at), kind, by: who, text: sentenceOf(WORDS[lang], of, line), data: shown(details) };
}

/**
 * What the inquiries between the line before and this one came to, none of which said anything new. `id`: what SIBS was
 * asked about; null: the mandate itself.
 */
function askedOf(looks: Looks | MandateLook, words: Words): readonly object[] {
  const all: readonly (readonly [string | null, MandateLook])[] =
    "asked" in looks ? [[null, looks]] : [looks.attempts, looks.operations].flatMap((each) => Object.entries(each));
  return all.flatMap(([id, { asked, askAt }]) =>
    asked === null ? [] : [{ id, ...asked, next: askAt, text: words.asked(asked) }],
  );
}

const iso = (at: number): string => new Date(at).toISOString();

/** The words that open a customer's pages, and what an issuer's form holds, are no part of what happened. */
const HIDDEN = ["payToken", "authorizeToken", "manageToken", "fields", "countsFor"];

/** Members that are moments. */
const MOMENTS = [
  "checkoutExpiresAt",
  "expiresAt",
  "next",
  "until",
  "notBefore",
  "again",
  "due",
  "at",
  "since",
  "lastAt",
];

/**
 * The details of a line, with phones masked and moments in UTC. What the shop keeps with it is as the shop wrote it.
 */
function shown(data: object): Record<string, unknown> {
  const members = Object.entries(data).filter(([name]) => !HIDDEN.includes(name));
  return Object.fromEntries(members.map(([name, value]) => [name, shownValue(name, value)]));
}

function shownValue(name: string, value: unknown): unknown {
  if (name === "metadata") return value;
  if (typeof value === "number" && MOMENTS.includes(name)) return iso(value);
  if (typeof value === "string" && name === "phone" && value.startsWith("351#")) return maskPhone(value as Phone);
  if (Array.isArray(value)) return value.map((one) => shownValue(name, one));
  return typeof value === "object" && value !== null ? shown(value) : value;
}
