import { createHash } from "node:crypto";
import { groupCardNumber } from "@caravela/sibs/card-data";

/** One form in which a secret could have been written down. */
export interface Trace {
  /** Of what, and how it is written: for the test's message. */
  readonly form: string;
  readonly bytes: Buffer;
}

/** So many digits in a row are enough of a number to be its trace. */
const PIECE = 12;
/** A row of digits of fewer kinds than this may be there by chance: `000000000119` is a counter, too. */
const KINDS = 4;
const SEPARATORS = { spaces: " ", dashes: "-", "no-break spaces": "\u00a0", "%20": "%20", plus: "+", dots: "." };
const DIGESTS = ["sha256", "sha1", "md5", "sha512"] as const;

/** Every form of a card's number that a search can tell from chance. */
export function tracesOfNumber(number: string): Trace[] {
  const grouped = groupCardNumber(number).split(" ");
  const marked = Object.entries(SEPARATORS).map(([name, mark]) => ({ form: `with ${name}`, text: grouped.join(mark) }));
  const texts = [{ form: "plain", text: number }, ...marked];
  const pieces = [
    ...windows(number).map((text) => ({ form: "a piece", text })),
    ...Object.values(SEPARATORS).flatMap((mark) =>
      [grouped.slice(0, 3), grouped.slice(-3)].map((part) => ({ form: "a grouped piece", text: part.join(mark) })),
    ),
  ].filter(({ text }) => isUnlikely(text));
  const found = [
    ...[...texts, ...pieces].map(({ form, text }) => ({ form, bytes: Buffer.from(text) })),
    ...texts.flatMap(({ text }) => [...encodings(text), ...digests(text)]),
    ...packed(number),
  ];
  return found.map(({ form, bytes }) => ({ form: `${number}: ${form}`, bytes }));
}

/** A customer's phone as a log could quote it: its digits, however they are grouped. */
export function tracesOfPhone(phone: string): Trace[] {
  const grouped = phone.match(/\d{3}/g) ?? [];
  const texts = [phone, ...Object.values(SEPARATORS).map((mark) => grouped.join(mark))];
  return texts.map((text) => ({ form: `phone ${phone}`, bytes: Buffer.from(text) }));
}

/** The digests of a card's code. The code itself is looked for beside its names only: see {@link codesNamed}. */
export function tracesOfCode(code: string): Trace[] {
  return digests(code).map(({ form, bytes }) => ({ form: `code ${code}: ${form}`, bytes }));
}

/** The codes that stand beside a name for one, in JSON however often it is wrapped, in a form or in a sentence. */
export function codesNamed(text: string, codes: readonly string[]): string[] {
  const named = new RegExp(`(?:code|cvv2?|cvc2?|csc|security)\\W{1,12}(${codes.join("|")})(?!\\w)`, "gi");
  return [...text.matchAll(named)].map(([found]) => found);
}

function windows(number: string): string[] {
  return Array.from({ length: Math.max(0, number.length - PIECE + 1) }, (_, from) => number.slice(from, from + PIECE));
}

function isUnlikely(text: string): boolean {
  return new Set(text.replace(/\D/g, "")).size >= KINDS;
}

/** Base64 wherever the text begins within what is encoded, and hex. */
function encodings(text: string): Trace[] {
  const base64 = [0, 1, 2].map((before) => {
    const encoded = Buffer.concat([Buffer.alloc(before), Buffer.from(text)]).toString("base64");
    const whole = Math.floor(((before + text.length) * 8) / 6);
    return {
      form: `Base64, ${before} bytes in`,
      bytes: Buffer.from(encoded.slice(Math.ceil((before * 8) / 6), whole)),
    };
  });
  const hex = Buffer.from(text).toString("hex");
  const cases = [...new Set([hex, hex.toUpperCase()])];
  return [...base64, ...cases.map((form) => ({ form: "hex", bytes: Buffer.from(form) }))];
}

function digests(text: string): Trace[] {
  return DIGESTS.flatMap((name) => {
    const raw = createHash(name).update(text).digest();
    const hex = raw.toString("hex");
    const base64 = raw.toString("base64").replace(/=+$/, "");
    const forms = [hex, hex.toUpperCase(), base64, raw.toString("base64url")].map((form) => Buffer.from(form));
    return [raw, ...forms].map((bytes) => ({ form: name, bytes }));
  });
}

/** As a program may hold a number without a text: two digits to a byte, 64 bits either way round, UTF-16. */
function packed(number: string): Trace[] {
  const big = Buffer.alloc(8);
  big.writeBigUInt64BE(BigInt(number));
  const little = Buffer.from(big).reverse();
  const decimal = Buffer.from(number.length % 2 === 0 ? number : `0${number}`, "hex");
  const isByChance = new Set(decimal).size <= KINDS;
  return [
    { form: "64 bits", bytes: big },
    { form: "64 bits, lowest first", bytes: little },
    { form: "UTF-16", bytes: Buffer.from(number, "utf16le") },
    ...(isByChance ? [] : [{ form: "two digits to a byte", bytes: decimal }]),
  ];
}

/** Looks for thousands of traces in one pass over the bytes. */
export class TraceSearch {
  /** By their first three bytes. */
  readonly #beginnings = new Map<number, Trace[]>();
  readonly #begins = new Uint8Array(1 << 24);

  constructor(traces: readonly Trace[]) {
    for (const trace of traces) {
      const beginning = trace.bytes.readUIntBE(0, 3);
      this.#begins[beginning] = 1;
      const same = this.#beginnings.get(beginning);
      if (same === undefined) this.#beginnings.set(beginning, [trace]);
      else same.push(trace);
    }
  }

  /** The forms that are in the bytes, each once. */
  find(bytes: Buffer): string[] {
    const found = new Set<string>();
    let beginning = 0;
    for (let at = 0; at < bytes.length; at++) {
      beginning = ((beginning << 8) | (bytes[at] ?? 0)) & 0xffffff;
      if (this.#begins[beginning] === 0 || at < 2) continue;
      for (const trace of this.#beginnings.get(beginning) ?? []) {
        if (bytes.subarray(at - 2, at - 2 + trace.bytes.length).equals(trace.bytes)) found.add(trace.form);
      }
    }
    return [...found];
  }
}
