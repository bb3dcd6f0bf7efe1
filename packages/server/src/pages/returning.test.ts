import fc from "fast-check";
import { expect, it } from "vitest";
import { returnAddress, waysBack } from "./returning.ts";

const known = { payment: "pay_1", status: "paid" };
const ours = "payment=pay_1&status=paid";

it.each([
  ["https://shop.example/o", `https://shop.example/o?${ours}`],
  ["https://shop.example", `https://shop.example?${ours}`],
  ["https://shop.example/o?a=1", `https://shop.example/o?a=1&${ours}`],
  ["https://shop.example/o?", `https://shop.example/o?${ours}`],
  ["https://shop.example/o?a=1&", `https://shop.example/o?a=1&${ours}`],
  ["https://shop.example/o#thanks", `https://shop.example/o?${ours}#thanks`],
  ["https://shop.example/o?a=1#/route?b=2#c", `https://shop.example/o?a=1&${ours}#/route?b=2#c`],
  ["https://shop.example/o?#", `https://shop.example/o?${ours}#`],
  // as they are spelt: a signature is of the very bytes
  [
    "https://shop.example/o?sig=a%2fb%20c+d~e!*'()&x&&y=",
    `https://shop.example/o?sig=a%2fb%20c+d~e!*'()&x&&y=&${ours}`,
  ],
  ["https://SHOP.example:443/./a/../o?q=\u00e1;b", `https://SHOP.example:443/./a/../o?q=\u00e1;b&${ours}`],
  ["https://shop.example/o?payment=7&status=new", `https://shop.example/o?payment=7&status=new&${ours}`],
])("adds to %s", (returnUrl, expected) => {
  expect(returnAddress(returnUrl, known)).toBe(expected);
});

it("keeps every letter of the shop's own address, and is understood by whoever reads its query (property)", () => {
  const query = fc.option(fc.webQueryParameters(), { nil: null });
  const fragment = fc.option(fc.webFragments(), { nil: null });
  fc.assert(
    fc.property(query, fragment, (asked, place) => {
      const own = `https://shop.example/o${asked === null ? "" : `?${asked}`}`;
      const made = returnAddress(`${own}${place === null ? "" : `#${place}`}`, known) ?? "";
      expect(made.startsWith(own)).toBe(true);
      expect(made.endsWith(place === null ? "" : `#${place}`)).toBe(true);
      const read = new URL(made).searchParams;
      expect([read.getAll("payment").at(-1), read.getAll("status").at(-1)]).toEqual(["pay_1", "paid"]);
    }),
  );
});

it("is none where the shop gave none", () => {
  expect(returnAddress(null, known)).toBeNull();
});

it.each([
  // returnUrl, cancelUrl, how far the customer is, the way back
  ["/thanks", "/cart", "nothing", `/cart?${ours}`],
  ["/thanks", "/cart", "under_way", `/thanks?${ours}`],
  ["/thanks", "/cart", "done", `/thanks?${ours}`],
  ["/thanks", null, "nothing", `/thanks?${ours}`],
  [null, "/cart", "nothing", `/cart?${ours}`],
  [null, "/cart", "under_way", `/cart?${ours}`],
  [null, "/cart", "done", null],
  [null, null, "nothing", null],
] as const)("leads from %s and %s, with %s, back to %s", (returnUrl, cancelUrl, howFar, back) => {
  expect(waysBack({ returnUrl, cancelUrl }, howFar, known).back).toBe(back);
});
