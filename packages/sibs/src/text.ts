/**
 * How much SIBS takes of what a person wrote: characters, in its pages and in what production refuses. Counted here in
 * units of UTF-16, as Java and JavaScript do: whoever counts whole characters counts no more.
 */
export const LENGTHS = { description: 70, customerName: 45, street: 70, city: 35, postcode: 16 } as const;

/**
 * Signs that turn the direction of writing round or cannot be seen; the joiners inside emoji and scripts, and the tags
 * of flags, belong to what is seen.
 */
const UNSEEN = /(?!\u200c|\u200d|[\u{e0020}-\u{e007f}])\p{Cf}/gu;
const CONTROLS = /[\p{Cc}\u2028\u2029]+/gu;
/** What JSON can write and a database or XML cannot hold: a half of a pair, and what is no character at all. */
const NO_CHARACTER = /[\p{Cs}\ufffe\uffff]/gu;
const SEEN = /[\p{L}\p{M}\p{N}\p{P}\p{S}\p{Co}]/u;

/** Whether there is anything in a text that a person sees. */
export function isSeen(text: string): boolean {
  return SEEN.test(text);
}

/**
 * A text as one line that can be shown and sent anywhere, of so many units of UTF-16 at most. Empty when there is
 * nothing in it to see.
 */
export function lineOf(text: string, most: number): string {
  const line = text.normalize().replace(NO_CHARACTER, "\ufffd").replace(CONTROLS, " ").replace(UNSEEN, "").trim();
  return isSeen(line) ? shorten(line, most).trim() : "";
}

/** The beginning of a text, of so many units of UTF-16 at most, cut between characters as a person sees them. */
export function shorten(text: string, most: number): string {
  if (text.length <= most) return whole(text);
  const kept = fitting(seenCharacters(text), most);
  // one heap of signs upon a single letter may be longer than everything: then it is cut, between signs
  return whole(kept === "" ? fitting(text, most) : kept);
}

function whole(text: string): string {
  return text.replace(/\p{Cs}/gu, "\ufffd");
}

function* seenCharacters(text: string): Generator<string> {
  for (const { segment } of new Intl.Segmenter().segment(text)) yield segment;
}

function fitting(parts: Iterable<string>, most: number): string {
  let kept = "";
  for (const part of parts) {
    if (kept.length + part.length > most) break;
    kept += part;
  }
  return kept;
}
