import { expect, it } from "vitest";
import { dashboardPath } from "./own-page.ts";

it.each([
  "/dashboard",
  "/dashboard?x=1",
  "/dashboard/payments?status=paid,refunded&q=order%201~(2)!",
  "/dashboard/customers/a%40b.pt",
  "/dashboard/payments/pay_0/refund?amount=12%2C50",
])("%s is an address of the dashboard", (path) => {
  expect(dashboardPath(path)).toBe(path);
});

it.each([
  undefined,
  ["/dashboard", "/dashboard"],
  "",
  "dashboard",
  "/dashboards",
  "/pay/x",
  "//evil.example/dashboard",
  "https://evil.example/dashboard",
  "/dashboard//evil.example",
  "/dashboard/\\evil.example",
  "/dashboard/../pay/x",
  "/dashboard/%2e%2E/v1/exports/payments",
  "/dashboard/.%2e/.%2e/x",
  "/dashboard/\r\nset-cookie: a=b",
  "/dashboard/\tx",
  "/dashboard/\0",
  "/dashboard/São",
  "javascript:alert(1)//dashboard",
])("%j is none", (text) => {
  expect(dashboardPath(text)).toBeNull();
});
