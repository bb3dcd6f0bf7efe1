import { describe, expect, it } from "vitest";
import { readRole } from "./role-claim.ts";

describe("what somebody is, as their provider says", () => {
  it.each([
    [{ roles: "owner" }, "roles", "owner"],
    [{ roles: ["everybody", "support"] }, "roles", "support"],
    [{ groups: ["Caravela-Refunder"] }, "groups", "refunder"],
    [{ roles: ["viewer", "owner", "accountant"] }, "roles", "owner"],
    [{ roles: ["accountant", "support"] }, "roles", "accountant"],
    [{ realm_access: { roles: ["accountant"] } }, "realm_access.roles", "accountant"],
    [{ "https://loja.pt/roles": ["viewer"] }, "https://loja.pt/roles", "viewer"],
  ])("%j by %s is %s", (claims, name, role) => {
    expect(readRole(claims, name)).toBe(role);
  });

  it.each([
    [{}, "roles"],
    [{ roles: [] }, "roles"],
    [{ roles: ["admin", "owners", "co-owner", 7, null, { owner: true }] }, "roles"],
    [{ roles: { owner: true } }, "roles"],
    [{ roles: true }, "roles"],
    [{ other: "owner" }, "roles"],
    [{ realm_access: "owner" }, "realm_access.roles"],
    [{ toString: "owner" }, "constructor.name"],
  ])("%j by %s is none", (claims, name) => {
    expect(readRole(claims, name)).toBeNull();
  });
});
