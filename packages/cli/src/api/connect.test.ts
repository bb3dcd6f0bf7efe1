import { expect, it } from "vitest";
import { readGateway, readServer } from "./connect.ts";

it("asks what `caravela start` started, unless something else is set", () => {
  expect(readServer({})).toEqual({ url: "http://127.0.0.1:3000", apiKey: "sk_test_caravela" });
  expect(readServer({ CARAVELA_PORT: "3100" }).url).toBe("http://127.0.0.1:3100");
  const set = { CARAVELA_URL: "https://pay.example.pt/", CARAVELA_API_KEY: "sk_of_the_shop" };
  expect(readServer(set)).toEqual({ url: "https://pay.example.pt", apiKey: "sk_of_the_shop" });
});

it("sends no key to another machine that was not set for it, and names all that is wrong", () => {
  expect(() => readServer({ CARAVELA_URL: "https://pay.example.pt" })).toThrow(
    "CARAVELA_API_KEY is not set, and there is no default for it: set it to a key of the server at https://pay.example.pt.",
  );
  expect(() => readServer({ CARAVELA_URL: "pay.example.pt", CARAVELA_API_KEY: "Bearer sk" })).toThrow(
    /^CARAVELA_URL is "pay\.example\.pt": .+\nCARAVELA_API_KEY cannot work: .+$/,
  );
});

it("finds the gateway on this machine, and none elsewhere", () => {
  expect(readGateway({})).toBe("http://127.0.0.1:4010");
  expect(readGateway({ SIBS_BASE_URL: "http://localhost:4999/api/v2" })).toBe("http://localhost:4999");
  expect(() => readGateway({ SIBS_BASE_URL: "https://api.sibspayments.com/api/v2" })).toThrow(
    "nobody plays the customer",
  );
});
