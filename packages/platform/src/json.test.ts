import { describe, expect, it } from "vitest";
import { jsonText } from "./json.ts";

const NAME = '{"name":"São"}';

describe("a body's text", () => {
  it.each([
    ["utf8", "application/json"],
    ["utf8", "application/json; charset=utf-8"],
    ["utf8", 'application/json;charset="UTF8"'],
    ["latin1", "application/json; charset=ISO-8859-1"],
    ["latin1", "application/json; profile=x; charset=windows-1252"],
    ["utf16le", "application/json; charset=utf-16le"],
  ] as const)("in %s, said to be %s, is read as it was written", (encoding, type) => {
    expect(jsonText(Buffer.from(NAME, encoding), type)).toBe(NAME);
  });

  it("loses the mark at its beginning", () => {
    expect(jsonText(Buffer.from(`\ufeff${NAME}`))).toBe(NAME);
  });

  it.each(["latin1", "utf16le"] as const)("in %s that is said to be UTF-8 is refused", (encoding) => {
    expect(() => jsonText(Buffer.from(`${NAME}ÿ`, encoding), "application/json")).toThrow("UTF-8");
  });

  it("in an encoding of which nobody knows is refused, by what to send", () => {
    expect(() => jsonText(Buffer.from(NAME), "application/json; charset=utf-7")).toThrow("send JSON in UTF-8");
  });
});
