import type { CardInfo } from "./protocol/card.ts";

/** What `JSON.parse` takes to look at every member while it reads. */
export type Reviver = (key: string, value: unknown) => unknown;

/** Members of the request that an answer may repeat. */
const SECRET_MEMBER = /^(pan|secureCode)$/i;
/**
 * Members that tell people something: `statusDescription`, `statusMsg`, IBM API Connect's `httpMessage` and
 * `moreInformation`.
 */
const TEXT_FOR_PEOPLE = /(description|msg|message|information|detail|error|reason)$/i;

const CONCEALED = "[card]";

/**
 * Takes a card's number and code out of an answer while it is read, should SIBS repeat them (a validation error may
 * quote the request), so that they reach no value, no error and no log. The number is looked for everywhere; the code,
 * which three digits of anything may equal, only where people are told something.
 */
export function concealing({ PAN, secureCode }: Partial<Pick<CardInfo, "PAN" | "secureCode">>): Reviver {
  const number = PAN === undefined ? null : new RegExp([...PAN].join("[\\s-]?"), "g");
  const code = secureCode === undefined ? null : new RegExp(`(?<!\\d)${secureCode}(?!\\d)`, "g");
  return (key, value) => {
    if (SECRET_MEMBER.test(key)) return CONCEALED;
    if (typeof value === "number") return value === Number(PAN) ? CONCEALED : value;
    if (typeof value !== "string") return value;
    const text = number === null ? value : value.replace(number, CONCEALED);
    return code !== null && TEXT_FOR_PEOPLE.test(key) ? text.replace(code, CONCEALED) : text;
  };
}
