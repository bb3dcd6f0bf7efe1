import { describe, expect, it } from "vitest";
import { relyingPartyAt } from "./relying-party.ts";

describe("for whom passkeys are made", () => {
  it.each([
    ["https://pagar.loja.pt", { id: "pagar.loja.pt", origin: "https://pagar.loja.pt" }],
    ["https://pagar.loja.pt:8443", { id: "pagar.loja.pt", origin: "https://pagar.loja.pt:8443" }],
    ["http://localhost:3000", { id: "localhost", origin: "http://localhost:3000" }],
    ["http://127.0.0.1:3000", { id: "localhost", origin: "http://localhost:3000" }],
    ["http://127.8.0.1:3000", { id: "localhost", origin: "http://localhost:3000" }],
    ["http://[::1]:3000", { id: "localhost", origin: "http://localhost:3000" }],
    ["http://loja.localhost:3000", { id: "loja.localhost", origin: "http://loja.localhost:3000" }],
  ])("is the name at %s", (publicUrl, party) => {
    expect(relyingPartyAt(publicUrl)).toEqual(party);
  });

  it.each([
    ["https://192.0.2.7", "address"],
    ["http://10.0.0.7:3000", "address"],
    ["http://0.0.0.0:3000", "address"],
    ["https://[2001:db8::7]", "address"],
    ["http://pagar.loja.pt", "insecure"],
    ["http://servidor:3000", "insecure"],
  ])("is nobody at %s", (publicUrl, why) => {
    expect(relyingPartyAt(publicUrl)).toBe(why);
  });
});
