import { expect, it } from "vitest";
import type { Ask } from "./ask.ts";
import { findListed, seekListed } from "./call-form.ts";

const PAGES = { "": { data: [{ id: "one" }], next: "n" }, n: { data: [{ id: "two" }], next: null } };
const get = (async (_path: string, { after = "" } = {}) => PAGES[after as keyof typeof PAGES]) as Ask["get"];

it("what has no call of its own is found on whichever page of its list it stands", async () => {
  expect(await seekListed({ get }, "/v1/tasks", "two")).toEqual({ id: "two" });
  expect(await seekListed({ get }, "/v1/tasks", "three")).toBeNull();
  await expect(findListed({ get }, "/v1/approvals", "three")).rejects.toMatchObject({ problem: { status: 404 } });
});
