import { expect, it } from "vitest";
import type { Ask } from "./ask.ts";
import { findListed, seekListed } from "./call-form.ts";

const PAGES = { "": { data: [{ id: "one" }], next: "n" }, n: { data: [{ id: "two" }], next: null } };
const page = (async (_path: string, _query: object, after = "") => PAGES[after as keyof typeof PAGES]) as Ask["page"];

it("what has no call of its own is found on whichever page of its list it stands", async () => {
  expect(await seekListed({ page }, "/v1/tasks", "two")).toEqual({ id: "two" });
  expect(await seekListed({ page }, "/v1/tasks", "three")).toBeNull();
  await expect(findListed({ page }, "/v1/approvals", "three")).rejects.toMatchObject({ problem: { status: 404 } });
});
