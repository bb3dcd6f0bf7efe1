import { createServer } from "node:http";
import { expect, it } from "vitest";
import { listen } from "../../../../tests/support/shop.ts";
import { findGateway, readServer } from "./connect.ts";

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

it("finds the gateway on this machine, by the settings or by what the server says, and none elsewhere", async () => {
  let phone: unknown = "http://127.0.0.1:4999/phone";
  const server = createServer((_, response) => response.end(JSON.stringify({ phone })));
  const behind = { url: await listen(server), apiKey: "sk_test_caravela" };
  expect(await findGateway({}, behind)).toBe("http://127.0.0.1:4999");
  for (phone of [null, 17, "/phone", "https://sibs.example/phone"])
    expect(await findGateway({}, behind)).toBe("http://127.0.0.1:4010");
  server.close();
  expect(await findGateway({ CARAVELA_GATEWAY_PORT: "4020" }, behind)).toBe("http://127.0.0.1:4020");
  expect(await findGateway({ SIBS_BASE_URL: "http://localhost:4998/api/v2" }, behind)).toBe("http://localhost:4998");
  await expect(findGateway({ SIBS_BASE_URL: "https://api.sibspayments.com/api/v2" }, behind)).rejects.toThrow(
    "nobody plays the customer",
  );
});
