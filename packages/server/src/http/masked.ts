import type { Http } from "@caravela/platform/http";
import { SEES_PEOPLE } from "../domain/role.ts";

/** How a text of a person is shown to whoever may not know who it is. */
type Shorten = (text: string) => string | null;

/** What is shortened, by the names of the members, wherever they stand. */
export const SHORTENED: Readonly<Record<string, Shorten>> = {
  email: emailed,
  phone: (text) => `…${/\d{4}$/.exec(text)?.[0] ?? ""}`,
  // who has such an address acts as the customer, and sees the phone that fills the page's field
  payUrl: withoutToken,
  authorizeUrl: withoutToken,
  manageUrl: withoutToken,
  // what somebody of the shop wrote, of a customer as a rule
  note: () => null,
  decisionNote: () => null,
};

/** The same of what has members of such names for other things, too: only within these. */
export const SHORTENED_WITHIN: Readonly<Record<string, Readonly<Record<string, Shorten>>>> = {
  customer: { name: initials },
  billingAddress: { street1: gone, street2: gone, city: gone, postcode: gone },
  shippingAddress: { street1: gone, street2: gone, city: gone, postcode: gone },
};

/** What the shop keeps with it is the shop's own. */
const AS_IT_IS = ["metadata"];

/**
 * Shows what of a scope's answers is of a person shortened to whoever's role does not have them know it: answers,
 * refusals, and journals and events with all that they tell.
 */
export function maskPeople(http: Http): void {
  // by callback: it runs for every request, and a promise costs more than what it does
  http.addHook("preSerialization", (request, _reply, payload, done) => {
    const person = request.caller?.person ?? null;
    done(null, person === null || SEES_PEOPLE[person.role] ? payload : masked(payload));
  });
}

/** The same value with everything of a person shortened in it. */
export function masked(value: unknown, within = ""): unknown {
  if (Array.isArray(value)) return value.map((one) => masked(one, within));
  if (typeof value !== "object" || value === null) return value;
  // as it will be written: what is a moment or a problem says so itself
  const plain = "toJSON" in value && typeof value.toJSON === "function" ? value.toJSON() : value;
  if (typeof plain !== "object" || plain === null) return plain;
  const shown = Object.entries(plain).map(([name, one]) => [name, maskedMember(within, name, one)] as const);
  return withoutWhatIsHidden(plain, Object.fromEntries(shown));
}

function maskedMember(within: string, name: string, value: unknown): unknown {
  if (AS_IT_IS.includes(name)) return value;
  const shorten = SHORTENED_WITHIN[within]?.[name] ?? SHORTENED[name];
  return typeof value === "string" && shorten !== undefined ? shorten(value) : masked(value, name);
}

/** A journal tells a line in words, too, and with what is hidden among its details. */
function withoutWhatIsHidden(
  { data }: { readonly data?: unknown },
  shown: Record<string, unknown>,
): Record<string, unknown> {
  const { text } = shown;
  const note = typeof data === "object" && data !== null && "note" in data ? data.note : null;
  return typeof text === "string" && typeof note === "string" && note !== ""
    ? { ...shown, text: text.replaceAll(note, "…") }
    : shown;
}

/** `a…@e….pt` */
function emailed(address: string): string {
  const [, who, where, end] = /^(.).*@(.).*(\.[^.]*)$/su.exec(address) ?? [];
  return end === undefined ? "…" : `${who}…@${where}…${end}`;
}

function withoutToken(address: string): string {
  return address.replace(/[^/]*$/, "…");
}

/** `A. S.` */
function initials(name: string): string {
  return name
    .split(/\s+/)
    .filter((word) => word !== "")
    .map((word) => `${first(word)}.`)
    .join(" ");
}

/** As a person sees it. */
function first(word: string): string {
  const [one] = new Intl.Segmenter().segment(word);
  return one?.segment ?? "";
}

function gone(): string {
  return "…";
}
