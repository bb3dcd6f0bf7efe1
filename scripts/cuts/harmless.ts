/** Texts that no person wrote: each sign of them is one unit, so that nothing can be cut inside a character. */
const TEXTS: readonly { readonly path: string; readonly what: string; readonly codes: readonly string[] }[] = [
  {
    path: "packages/cli/src/start-settings.ts",
    what: "a hash in hex",
    codes: ['createHash("sha256").update(root).digest("hex").slice(0, 12)'],
  },
  {
    path: "packages/sibs/src/card-data.ts",
    what: "digits of a card's number, and of a year",
    codes: ["typed.slice(0, from.length)", "rest.slice(0, length)", "rest.slice(length)", "String(year).slice(-2)"],
  },
  {
    path: "packages/sibs/src/timestamp.ts",
    what: "digits of a moment",
    codes: ["fraction.slice(0, 3)"],
  },
  {
    path: "packages/sibs/src/card.ts",
    what: "digits of a card's number",
    codes: ["this.#number.slice(0, 6)", "this.#number.slice(-4)"],
  },
  {
    path: "packages/sibs/src/phone.ts",
    what: "digits of a phone's number",
    codes: ["digits.slice(3)", "phone.slice(-4)", "phone.slice(4)"],
  },
  {
    path: "packages/platform/src/chance.ts",
    what: "hex, and an alphabet of our own",
    codes: [
      "alphabet.charAt(byte % alphabet.length)",
      "hex.slice(0, 8)",
      "hex.slice(8, 12)",
      "hex.slice(12, 16)",
      "hex.slice(16, 20)",
      "hex.slice(20)",
    ],
  },
  {
    path: "packages/platform/src/lisbon.ts",
    what: "a day of our own writing",
    codes: ["new Date(utc).toISOString().slice(0, 10)"],
  },
  {
    path: "packages/gateway/src/domain/consent.ts",
    what: "a day of our own writing",
    codes: ["lisbonDate(moment).slice(0, 7)"],
  },
  {
    path: "packages/gateway/src/domain/scenarios.ts",
    what: "digits of a phone's number",
    codes: ["phone.slice(PHONES.length)"],
  },
  {
    path: "packages/web/src/atm/keypad.ts",
    what: "digits that were pressed",
    codes: ["typed[field].slice(0, -1)"],
  },
  {
    path: "packages/web/src/issuer/page.tsx",
    what: "digits of a card's number",
    codes: ["card.firstSix.slice(0, 4)", "card.firstSix.slice(4)"],
  },
  {
    path: "packages/gateway/src/networks/typed.ts",
    what: "digits of an amount, around their comma",
    codes: ["text.charAt(at)", "text.slice(0, at)", "text.slice(at + 1)"],
  },
  {
    path: "packages/gateway/src/spg/presented-card.ts",
    what: "digits of a card's number",
    codes: ["this.#number.slice(0, 6)", "this.#number.slice(-4)"],
  },
  {
    path: "packages/gateway/src/spg/card-request.ts",
    what: "a day whose shape was read",
    codes: ["cardInfo.validationDate.slice(0, 7)"],
  },
  {
    path: "packages/gateway/src/spg/refusing.ts",
    what: "an address's path, in ASCII",
    codes: ["url.slice(0, end)", "path .slice(prefix.length)", "url.slice(end)"],
  },
  {
    path: "packages/server/src/events/destination.ts",
    what: "an address's path, in ASCII",
    codes: ["escaped.slice(1)"],
  },
  {
    path: "packages/server/src/inquiries/keep-card.ts",
    what: "digits of a card's number",
    codes: ["token.maskedPan?.slice(-4)"],
  },
  {
    path: "packages/server/src/payments/read-card.ts",
    what: "digits of a card's number",
    codes: ["digits.slice(-4)"],
  },
  {
    path: "packages/web/src/parts/ending.ts",
    what: "digits of a phone's number",
    codes: ["maskedPhone.slice(-4)"],
  },
  {
    path: "packages/web/src/pay/card/form.tsx",
    what: "digits of a card's number; what stands before the caret is counted, not shown",
    codes: ["value.slice(0, caret)", "grouped.charAt(place)"],
  },
  {
    path: "examples/shop/src/orders.ts",
    what: "an alphabet of our own",
    codes: ["LETTERS[randomInt(LETTERS.length)]"],
  },
  {
    path: "examples/shop/src/subscriptions.ts",
    what: "an id of our own",
    codes: ["text.slice(2)"],
  },
];

/** Every cut that stands where it may. */
export const HARMLESS = TEXTS.flatMap(({ path, codes }) => codes.map((code) => ({ path, code })));
