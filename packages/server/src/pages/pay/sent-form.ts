import { shorten } from "@caravela/sibs/text";
import type { Payer } from "../../attempts/methods/types.ts";
import type { Mandate } from "../../domain/mandate/state.ts";
import type { Payment } from "../../domain/payment/state.ts";
import { mayHoldCard, readBrowser } from "../../payments/read-card.ts";
import type { DeviceInfo } from "../../sibs/inputs.ts";
import type { SavedCard } from "../../storage/cards.ts";
import { type FormFields, textOf } from "../form-fields.ts";

/** A form as it was sent from the page. */
export interface SentForm {
  readonly fields: FormFields;
  readonly payment: Payment;
  readonly now: Date;
  readonly device: DeviceInfo;
  /** What the form asked for of a card's owner. */
  readonly asks: readonly (keyof Payer)[];
  /** The saved cards that may be used on this page, now. */
  readonly saved: readonly SavedCard[];
  /** The mandates that may be charged from this page, now. */
  readonly mandates: readonly Mandate[];
}

/** More of what a browser says of itself tells its issuer nothing new. */
const LONGEST_HEADER = 2000;

/** What was typed, unless it may be a card's number in a wrong place: that goes into no page. */
export function withoutNumber(text: string): string {
  return mayHoldCard(text) ? "" : text;
}

/** Whether a script runs on the page that sent this. */
export function isFromScript(fields: FormFields): boolean {
  return textOf(fields, "script") === "1";
}

/** Where a request came from, as far as it tells by itself. */
export interface Sender {
  readonly accept?: string | undefined;
  readonly userAgent?: string | undefined;
  readonly address: string | null;
}

/** The customer's browser, from the request and from what its script filled into the form. */
export function deviceOf(fields: FormFields, { accept, userAgent, address }: Sender): DeviceInfo {
  return readBrowser({
    acceptHeader: accept === undefined ? null : shorten(accept, LONGEST_HEADER),
    userAgent: userAgent === undefined ? null : shorten(userAgent, LONGEST_HEADER),
    ipAddress: address,
    javaEnabled: false,
    language: /^[\w-]{1,35}$/.exec(textOf(fields, "language"))?.[0] ?? null,
    colorDepth: wholeNumber(fields, "colorDepth"),
    screenWidth: wholeNumber(fields, "screenWidth"),
    screenHeight: wholeNumber(fields, "screenHeight"),
    timeZoneOffset: wholeNumber(fields, "timeZoneOffset"),
  });
}

function wholeNumber(fields: FormFields, name: string): number | null {
  const text = textOf(fields, name);
  return /^-?\d{1,5}$/.test(text) ? Number(text) : null;
}
