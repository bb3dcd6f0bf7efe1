declare const brand: unique symbol;

/** A Portuguese mobile number as MB WAY names it: `351#9XXXXXXXX`. */
export type Phone = string & { readonly [brand]: "Phone" };

/** Why a text is no such number: what a page can tell whoever typed it. */
export type PhoneProblem = "empty" | "not_digits" | "foreign" | "not_mobile" | "too_short" | "too_long";

/** Outcome of {@link parsePhone}. */
export type ParsedPhone =
  | { readonly ok: true; readonly phone: Phone }
  | { readonly ok: false; readonly reason: PhoneProblem };

/** What people put between digits, and what copying adds unseen. */
const SEPARATORS = /[\s\p{Cf}\p{Pd}.,()/]/gu;

/** Mobile numbers by Portugal's numbering plan: 91, 92, 93, 96 and 9480. */
const MOBILE = /^9(?:[1236]\d\d|480)\d{5}$/;

/**
 * Reads a Portuguese mobile number as people type it: `919 999 999`, `+351 919999999`, `00351…`, `351#919999999`.
 * Refuses with a reason what is none; whether it has MB WAY only SIBS knows.
 */
export function parsePhone(text: string): ParsedPhone {
  const typed = text.replace(SEPARATORS, "");
  if (typed === "") return refused("empty");
  const [, plus = "", digits = ""] = /^(\+|00|)(\d{1,3}#\d*|\d*)$/.exec(typed) ?? [];
  if (digits === "" && plus !== "00") return refused("not_digits");
  const isInternational = plus !== "" || digits.includes("#");
  if (isInternational && !digits.startsWith("351")) return refused("351".startsWith(digits) ? "too_short" : "foreign");
  // No Portuguese mobile number begins with 351, so a bare 351 is the country's code as well.
  const national = digits.startsWith("351") ? digits.slice(3).replace("#", "") : digits;
  if (national.length < 9) return refused("too_short");
  if (national.length > 9) return refused("too_long");
  return MOBILE.test(national) ? { ok: true, phone: `351#${national}` as Phone } : refused("not_mobile");
}

function refused(reason: PhoneProblem): ParsedPhone {
  return { ok: false, reason };
}

/** Prints a phone for logs and for eyes that need not know it whole: `351#*****9999`. */
export function maskPhone(phone: Phone): string {
  return `351#*****${phone.slice(-4)}`;
}

/** Prints a phone as people in Portugal write it: `919 999 999`. */
export function formatPhone(phone: Phone): string {
  return phone.slice(4).replace(/(\d{3})(\d{3})(\d{3})/, "$1 $2 $3");
}
