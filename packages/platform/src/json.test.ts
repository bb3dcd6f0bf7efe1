import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { doubledMembers, jsonText } from "./json.ts";

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

describe("members that stand twice", () => {
  it.each([
    ['{"amount":100,"amount":999}', ["/amount"]],
    ['{"amount":100,"amo\\u0075nt":999}', ["/amount"]],
    ['{ "a" : {"b":1, "b" :2}, "c":[{"d":1},{"d":1,"d":1}] }', ["/a/b", "/c/1/d"]],
    ['{"a":1,"a":2,"a":3}', ["/a"]],
    ['{"":1,"":2}', ["/"]],
    ['{"a/b":1,"a/b":2,"~":1,"~":2}', ["/a~1b", "/~0"]],
    ['{"__proto__":1,"__proto__":2}', ["/__proto__"]],
    ['[{"a":1},{"a":1}]', []],
    ['{"a":"a","b":["a","a","b"],"c":{"a":1,"b":"\\"a\\":"},"d":"\\\\"}', []],
    ['{"a":{"a":{"a":"{\\"a\\":1,\\"a\\":2}"}}}', []],
    ['"text"', []],
    ["{}", []],
    ["[]", []],
    ["1", []],
  ])("of %s are found, each once, whichever way they are spelt", (json, pointers) => {
    expect(doubledMembers(json)).toEqual(pointers);
  });

  it("are found in any JSON exactly where there are any", () => {
    const unlike = fc.json({ maxDepth: 4 }).map((json) => JSON.stringify(JSON.parse(json)));
    fc.assert(
      fc.property(unlike, fc.string(), (json, name) => {
        expect(doubledMembers(json)).toEqual([]);
        const key = JSON.stringify(name);
        const pointer = `/1/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;
        expect(doubledMembers(`[${json},{${key}:${json},${key}:${json}}]`)).toEqual([pointer]);
      }),
    );
  });

  it("are named up to ten, however many there are and however deep they lie", () => {
    const deep = `${'{"a":'.repeat(10_000)}{${'"b":1,'.repeat(9_000)}"b":1}${"}".repeat(10_000)}`;
    expect(doubledMembers(deep)).toHaveLength(1);
    const many = `[${'{"a":1,"a":1},'.repeat(9_000)}0]`;
    expect(doubledMembers(many)).toHaveLength(10);
  });
});
