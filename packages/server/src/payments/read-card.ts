import { readAddress } from "@caravela/platform/address";
import { Problem } from "@caravela/platform/problems";
import { cardBrand, parseCardCode, parseCardNumber, readExpiry } from "@caravela/sibs/card-data";
import type { Static } from "typebox";
import type { CardSummary } from "../domain/payment/attempt.ts";
import { PROBLEMS } from "../http/problem-kinds.ts";
import { problem } from "../http/problems.ts";
import { Card, type CardProblems, type DeviceInfo } from "../sibs/inputs.ts";
import type { attemptBody } from "./schemas.ts";

type CardBody = Partial<NonNullable<Static<typeof attemptBody>["card"]>>;
type BrowserBody = Partial<NonNullable<Static<typeof attemptBody>["browser"]>>;

/** Reads a card. @throws Problem 422 naming each field that is wrong, and never what stands in it. */
export function readCard(body: CardBody, now: Date): Card {
  const parsed = Card.parse(body, now);
  if (parsed.ok) return parsed.card;
  const errors = Object.entries(parsed.reasons).map(([field, reason]) => ({
    field: `/card/${field}`,
    message: REMEDIES[field as keyof CardProblems][reason] ?? "is not right",
  }));
  const detail = errors.map(({ field, message }) => `${field} ${message}.`).join(" ");
  throw new Problem({ code: "card_not_valid", ...PROBLEMS.card_not_valid, detail, errors });
}

const DIGITS = "has to be digits";

const REMEDIES: Readonly<Record<keyof CardProblems, Readonly<Record<string, string>>>> = {
  number: {
    empty: "is missing",
    not_digits: DIGITS,
    too_short: "has too few digits",
    too_long: "has too many digits",
    luhn: "has a mistyped digit",
  },
  expiry: { empty: "is missing", not_a_date: "has to be a month and a year, as 12/28", expired: "has passed" },
  code: { empty: "is missing", not_digits: DIGITS, too_short: "has too few digits", too_long: "has too many digits" },
  name: { empty: "is missing", too_long: "may have 45 characters", not_a_name: "has to be a name" },
};

/** Reads the security code of a saved card, typed anew. @throws Problem 422. */
export function readSecureCode(typed: string | null): string | undefined {
  if (typed === null) return undefined;
  const parsed = parseCardCode(typed, null);
  if (parsed.ok) return parsed.code;
  const message = REMEDIES.code[parsed.reason] ?? "is not right";
  throw problem("card_not_valid", `/secureCode ${message}.`, { field: "/secureCode" });
}

/** A card as far as it may be kept; its expiry only where the customer has it kept for later. */
export function summaryOf(card: Card, isKept: boolean): CardSummary {
  const { brand, firstSix, lastFour, expiry } = card;
  const month = `${expiry.year}-${String(expiry.month).padStart(2, "0")}`;
  return { brand: brand ?? "card", firstSix, lastFour, expiry: isKept ? month : null };
}

/** The browser in SIBS's words (reference 2.9: all of them texts). */
export function readBrowser(body: BrowserBody): DeviceInfo {
  const said = {
    browserAcceptHeader: body.acceptHeader,
    browserUserAgent: body.userAgent,
    browserLanguage: body.language,
    browserColorDepth: body.colorDepth,
    browserScreenWidth: body.screenWidth,
    browserScreenHeight: body.screenHeight,
    browserTZ: body.timeZoneOffset,
    browserJavaEnabled: body.javaEnabled,
    ipAddress: readAddress(body.ipAddress ?? ""),
  };
  return Object.fromEntries(
    Object.entries(said).flatMap(([name, value]) => (value == null ? [] : [[name, String(value)]])),
  );
}

/**
 * A request's body as far as a fingerprint may be taken of it: brand, last four and expiry in place of the card, and no
 * number that could be a card's anywhere else, whichever field it was typed into.
 */
export function withoutCard(body: unknown): unknown {
  if (typeof body !== "object" || body === null) return body;
  const { secureCode, card, ...rest } = body as Record<string, unknown>;
  const kept = typeof card === "object" && card !== null ? traceOf(card as Record<string, unknown>) : (card ?? null);
  return withoutNumbers({
    ...rest,
    ...(card !== undefined && { card: kept }),
    ...(secureCode !== undefined && { secureCode: null }),
  });
}

function traceOf({ number, expiry }: Record<string, unknown>): object {
  const parsed = parseCardNumber(typeof number === "string" ? number : "");
  const digits = parsed.ok ? parsed.digits : "";
  const month = readExpiry(typeof expiry === "string" ? expiry : "");
  return { brand: cardBrand(digits), lastFour: digits.slice(-4), month };
}

function withoutNumbers(value: unknown): unknown {
  if (typeof value === "string") return mayHoldCard(value) ? "[card]" : value;
  if (Array.isArray(value)) return value.map(withoutNumbers);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, withoutNumbers(part)]));
}

/** Says whether a text holds as many digits in a row as a card's number has, and no phone with its country's code. */
export function mayHoldCard(text: string): boolean {
  const rows = text.match(/\d(?:[\s\p{Pd}.]*\d){11,}/gu) ?? [];
  return rows.some((row) => row.replace(/\D/g, "").replace(/^(00)?351/, "").length >= 12);
}
