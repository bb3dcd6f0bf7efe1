import { expect, it } from "vitest";
import { runningTests } from "./running-tests.ts";

it.each([
  'it("runs", () => {});',
  'it("runs", async () => {});',
  'it("runs", { timeout: 9 }, () => {});',
  'it("runs", async () => { await call({ skip: 1 }); });',
  'it.each([1])("runs", (one) => {});',
  'test.concurrent("runs", () => {});',
  'describe("a group", () => { it("runs", () => {}); it.skip("is skipped", () => {}); });',
  'describe.each([1])("a group", (one) => { it("runs", () => {}); });',
])("finds what runs in: %s", (text) => {
  expect([...runningTests(text)].filter((name) => name !== "a group")).toEqual(["runs"]);
});

it.each([
  'it.skip("is skipped", () => {});',
  'it.todo("is skipped");',
  'it.skipIf(!hasCurl)("is skipped", () => {});',
  'it.runIf(hasCurl)("is skipped", () => {});',
  'it.skip.each([1])("is skipped", () => {});',
  'it.fails("is skipped", () => {});',
  'it("is skipped", { skip: true }, () => {});',
  'it("is skipped", (context) => { if (!hasCurl) context.skip(); });',
  'it("is skipped", ({ skip }) => { skip(); });',
  'describe.skip("a group", () => { it("is skipped", () => {}); });',
  'describe.skipIf(!hasCurl)("a group", () => { it("is skipped", () => {}); });',
  'describe("a group", { skip: true }, () => { it("is skipped", () => {}); });',
  'describe("a group", () => { it.skip("is skipped", () => {}); });',
  '// it("is skipped", () => {});',
  'log("is skipped", () => {});',
])("takes nothing for proof in: %s", (text) => {
  expect([...runningTests(text)]).toEqual([]);
});
