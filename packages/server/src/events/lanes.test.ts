import { expect, it } from "vitest";
import { shareAfter } from "./lanes.ts";

it.each([
  ["hangs has half of its share", 8, { status: null, ms: 15_000 }, "halved"],
  ["hangs on keeps one place", 1, { status: null, ms: 15_000 }, null],
  ["answers, be it late, has one place more", 4, { status: 204, ms: 9_000 }, "grown"],
  ["answers that it cannot has one place more", 4, { status: 500, ms: 3 }, "grown"],
  ["is not there has one place more: that takes no time", 8, { status: null, ms: 3 }, "grown"],
  ["answers on has at most 32", 32, { status: 204, ms: 3 }, null],
])("an endpoint that %s", (_what, share, tried, expected) => expect(shareAfter(share, tried)).toBe(expected));
