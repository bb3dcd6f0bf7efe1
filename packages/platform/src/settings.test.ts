import { expect, it } from "vitest";
import { CannotStart } from "./cannot-start.ts";
import {
  databaseUrl,
  headerWord,
  host,
  httpOrigin,
  httpUrl,
  isLoopback,
  list,
  oneLine,
  oneOf,
  onOff,
  port,
  readTogether,
  SettingsError,
  setting,
  type Terms,
} from "./settings.ts";

const read = <T>(env: Record<string, string>, name: string, terms: Terms<T> & { parse: (text: string) => T }) =>
  readTogether(env, (reading) => setting(reading, name, terms));
const asText = (text: string) => text;

it("reads what is set, and takes the default for what is not or is empty", () => {
  expect(read({ A: " x " }, "A", { parse: asText })).toBe("x");
  expect(read({ A: " " }, "A", { default: "y", parse: asText })).toBe("y");
  expect(read<string | null>({ A: "" }, "A", { default: null, parse: asText })).toBeNull();
  expect(read({}, "A", { default: 3000, parse: port })).toBe(3000);
  expect(read({ A: "0" }, "A", { default: 3000, parse: port })).toBe(0);
});

it("says in a line for each what is missing or wrong, all at once, and is a reason not to start", () => {
  const all = () =>
    readTogether({ B: "70000", C: "yes" }, (reading) => [
      setting(reading, "A"),
      setting(reading, "B", { default: 1, parse: port }),
      setting(reading, "C", { parse: onOff }),
    ]);
  expect(all).toThrow(
    new SettingsError(
      [
        "A is not set, and there is no default for it.",
        'B is "70000": a port is a whole number from 0 to 65535.',
        'C is "yes": 1 or 0 is needed.',
      ].join("\n"),
    ),
  );
  expect(new SettingsError("")).toBeInstanceOf(CannotStart);
});

it("shows no secret in what it says", () => {
  const bad = () => read({ A: "Bearer abc" }, "A", { parse: headerWord, isSecret: true });
  expect(bad).toThrow("A cannot work: the word before the space is added by itself: leave it out.");
});

it.each([
  [
    headerWord,
    ["token", "02ab.cd-ef==", "x"],
    ["Bearer x", "two words", "é", "a\nb", '"token"', "'token'", "\ufefftoken"],
  ],
  [host, ["127.0.0.1", "::1", "localhost", "pay.example.pt"], ["http://127.0.0.1", "127.0.0.1:80", "a b", "-x"]],
  [databaseUrl, ["postgres://u:p@h/d", "postgresql:///d?host=/run"], ["mysql://h/d", "h/d"]],
  [
    httpOrigin,
    ["https://pay.example.pt", "http://127.0.0.1:3000/"],
    ["https://example.pt/pay", "https://e.pt?x=1", "https:e.pt", "https:\\\\e.pt", "https://e.\tpt", "https://e.\npt"],
  ],
  [oneLine(10), ["A loja", "é".repeat(10)], ["a\nb", "x".repeat(11), "\u202e", "a\u0000"]],
  [oneOf(["info", "warn"]), ["info"], ["verbose", "INFO", ""]],
] as const)("%o takes what can work, and nothing else", (parse, good, bad) => {
  for (const text of good) expect(() => parse(text)).not.toThrow();
  for (const text of bad) expect(() => parse(text)).toThrow(TypeError);
});

it.each(["", "-1", "65536", "3000.5", "0x50", "1e3"])("takes no port %j", (text) => {
  expect(() => port(text)).toThrow(RangeError);
});

it("reads addresses without the slash at their end, and refuses what is none", () => {
  expect(httpUrl("https://pay.example.pt/")).toBe("https://pay.example.pt");
  expect(httpUrl("HTTPS://API.Example.pt:443/api/v2//")).toBe("https://api.example.pt/api/v2");
  expect(httpOrigin("https://PAY.Example.pt/.")).toBe("https://pay.example.pt");
  for (const text of [
    "ftp://a",
    "pay.example.pt",
    "javascript:alert(1)",
    "https://a?b",
    "https://a#b",
    "https://u:p@a",
  ])
    expect(() => httpUrl(text)).toThrow(TypeError);
});

it("reads lists and switches", () => {
  expect(list(" mbway, multibanco ,")).toEqual(["mbway", "multibanco"]);
  expect([onOff("1"), onOff("0")]).toEqual([true, false]);
  expect(() => onOff("yes")).toThrow(TypeError);
});

it("knows this machine's own addresses", () => {
  for (const url of ["http://localhost:1/x", "http://127.0.0.1", "http://127.8.8.8:80", "http://[::1]:3000"])
    expect(isLoopback(url)).toBe(true);
  for (const url of ["http://10.0.0.1", "http://localhost.example.pt", "https://127.example.pt"])
    expect(isLoopback(url)).toBe(false);
});
