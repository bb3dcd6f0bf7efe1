import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { concealing } from "./conceal.ts";

const PAN = "4176660000000100";
const secureCode = "597";

/** An answer as it is read. */
function read(answer: unknown, secrets: { PAN?: string; secureCode?: string } = { PAN, secureCode }): unknown {
  return JSON.parse(JSON.stringify(answer), concealing(secrets));
}

describe("an answer to a card's purchase", () => {
  it("loses the card's number wherever it stands: whole, grouped, as a number, within a text", () => {
    const answer = {
      a: PAN,
      b: [`card ${PAN}`, "4176 6600 0000 0100", "4176-6600-0000-0100"],
      c: { d: Number(PAN), e: JSON.stringify({ PAN }) },
    };
    expect(/4176\D?66/.test(JSON.stringify(read(answer)))).toBe(false);
  });

  it("loses the code where people are told something, and members named as in the request", () => {
    const concealed = read({
      returnStatus: { statusCode: "E0101", statusMsg: "597", statusDescription: "secureCode '597' is wrong (597)" },
      moreInformation: "cardInfo:{secureCode:597}",
      echo: { secureCode, PAN: "anything", SECURECODE: 597 },
    });
    expect(concealed).toEqual({
      returnStatus: {
        statusCode: "E0101",
        statusMsg: "[card]",
        statusDescription: "secureCode '[card]' is wrong ([card])",
      },
      moreInformation: "cardInfo:{secureCode:[card]}",
      echo: { secureCode: "[card]", PAN: "[card]", SECURECODE: "[card]" },
    });
  });

  it("keeps what only looks like a code: status codes, amounts, ids, times, addresses", () => {
    const answer = {
      transactionID: "s2597CH3U91PdGDHsacJ",
      amount: { value: "597", currency: "EUR" },
      execution: { startTime: "2026-04-15T14:00:00.597Z", endTime: "2026-04-15T14:00:01.000Z" },
      actionResponse: { id: "597", data: { url: "https://acs.example/597", params: [{ key: "creq", value: "597" }] } },
      returnStatus: { statusCode: "597", statusMsg: "Success", statusDescription: "1597 and 5970" },
      expired: false,
      none: null,
      number: 597,
    };
    expect(read(answer)).toEqual(answer);
  });

  it("is as it came when nothing was sent that it could repeat", () => {
    const answer = { statusDescription: "597 of 4176660000000100" };
    expect(JSON.stringify(read(answer, {})) === JSON.stringify(answer)).toBe(true);
    expect(read({ statusMessage: "597" }, { secureCode })).toEqual({ statusMessage: "[card]" });
  });

  it("never holds the number of any card that was sent, nineteen digits long or not", () => {
    const number = fc.string({ unit: fc.constantFrom(..."123456789"), minLength: 12, maxLength: 19 });
    fc.assert(
      fc.property(number, fc.json(), (sent, before) => {
        const text = JSON.stringify(read({ before, text: `${before}${sent}`, number: Number(sent) }, { PAN: sent }));
        return !text.includes(sent) && !text.includes(String(Number(sent)));
      }),
    );
  });
});
