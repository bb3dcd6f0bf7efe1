import { expect, it } from "vitest";
import { CannotStart } from "./cannot-start.ts";
import { httpUrl, isLoopback, list, onOff, port, SettingsError, setting } from "./settings.ts";

it("reads what is set, and takes the default for what is not or is empty", () => {
  expect(setting({ A: " x " }, "A")).toBe("x");
  expect(setting({ A: " " }, "A", { default: "y" })).toBe("y");
  expect(setting({}, "A", { default: 3000, parse: port })).toBe(3000);
  expect(setting({ A: "0" }, "A", { default: 3000, parse: port })).toBe(0);
});

it("says in one line what is missing or wrong, and is a reason not to start", () => {
  expect(() => setting({}, "A")).toThrow(new SettingsError("A is not set, and there is no default for it."));
  expect(() => setting({ A: "70000" }, "A", { parse: port })).toThrow(
    'A is "70000": a port is a whole number from 0 to 65535.',
  );
  expect(new SettingsError("")).toBeInstanceOf(CannotStart);
});

it.each(["", "-1", "65536", "3000.5", "0x50", "1e3"])("takes no port %j", (text) => {
  expect(() => port(text)).toThrow(RangeError);
});

it("reads addresses without the slash at their end, and refuses what is none", () => {
  expect(httpUrl("https://pay.example.pt/")).toBe("https://pay.example.pt");
  for (const text of ["ftp://a", "pay.example.pt", "javascript:alert(1)"])
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
