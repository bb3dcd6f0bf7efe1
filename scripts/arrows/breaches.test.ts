import { describe, expect, it } from "vitest";
import { findBreaches, findCirclesBeside } from "./breaches.ts";

const breachesOf = (path: string, text: string) => findBreaches([{ path, text }]);

describe("an import that points the wrong way is found", () => {
  it.each([
    ["packages/server/src/payments/create.ts", "@caravela/gateway"],
    ["packages/gateway/src/spg/checkout.ts", "@caravela/server"],
    ["packages/gateway/src/spg/checkout.ts", "@caravela/cli"],
    ["packages/server/src/domain/payment/state.ts", "@caravela/platform/clock"],
    ["packages/server/src/domain/payment/state.ts", "@caravela/sibs"],
    ["packages/server/src/domain/payment/state.ts", "node:crypto"],
    ["packages/server/src/domain/payment/state.ts", "../../payments/create.ts"],
    ["packages/server/src/domain/plan/charge.ts", "../mandate/state.ts"],
    ["packages/server/src/storage/journal.ts", "@caravela/platform/problems"],
    ["packages/server/src/storage/journal.ts", "../http/problems.ts"],
    ["packages/server/src/storage/journal.ts", "../sibs/port.ts"],
    ["packages/server/src/sibs/port.ts", "@caravela/platform/http"],
    ["packages/server/src/inquiries/ask.ts", "../payments/settle.ts"],
    ["packages/server/src/inquiries/ask.ts", "fastify"],
    ["packages/server/src/attempts/take.ts", "../cards/keep.ts"],
    ["packages/server/src/payments/create.ts", "../mandates/create.ts"],
    ["packages/server/src/cellar/create.ts", "../domain/time.ts"],
    ["packages/server/src/payments/create.ts", "@caravela/sibs"],
    ["packages/server/src/main.ts", "@caravela/sibs"],
    ["packages/server/src/payments/create.ts", "@caravela/sibs/schemas"],
    ["packages/server/src/payments/create.ts", "../main.ts"],
    ["packages/server/src/payments/create.ts", "@caravela/web/pay"],
    ["packages/server/src/dashboard/screens.ts", "../payments/create.ts"],
    ["packages/server/src/dashboard/screens.ts", "../storage/changes.ts"],
    ["packages/server/src/dashboard/screens.ts", "../domain/payment/state.ts"],
    ["packages/server/src/dashboard/screens.ts", "@caravela/platform/postgres/pool"],
    ["packages/server/src/pages/policy.ts", "../dashboard/ask.ts"],
    ["packages/server/src/payments/create.ts", "../../../gateway/src/domain/money.ts"],
    ["packages/web/src/pay/page.tsx", "@caravela/sibs"],
    ["packages/web/src/pay/page.tsx", "@caravela/platform/clock"],
    ["packages/web/src/pay/page.tsx", "../../../../tests/support/browser.ts"],
    ["packages/platform/src/http.ts", "@caravela/sibs/money"],
    ["packages/platform/src/http.ts", "@caravela/development/embedded"],
    ["packages/server/src/main.ts", "@caravela/development/embedded"],
    ["packages/gateway/src/main.ts", "@caravela/development/embedded"],
    ["packages/development/src/embedded.ts", "@caravela/server"],
    ["packages/sibs/src/client.ts", "node:crypto"],
    ["packages/sibs/src/client.ts", "typebox"],
    ["packages/client/src/calls.ts", "@caravela/sibs/money"],
    ["packages/client/src/calls.ts", "node:crypto"],
    ["packages/server/src/payments/create.ts", "@caravela/client"],
    ["packages/cli/src/start.ts", "@caravela/server/payments"],
    ["packages/cli/src/start.ts", "@caravela/web/pay"],
    ["examples/shop/src/main.ts", "@caravela/sibs"],
  ])("%s importing %s", (path, name) => {
    const text = `import { a } from "./a.ts";\nimport type {\n  b,\n} from "${name}";\n`;
    expect(breachesOf(path, text)).toMatchObject([
      { path, line: 4, says: expect.stringContaining(`imports ${name}: `) },
    ]);
    expect(breachesOf(path, `const b = await import("${name}");`)).toHaveLength(1);
    expect(breachesOf(path, `export * from "${name}";`)).toHaveLength(1);
  });
});

describe("an import that points the right way is left alone", () => {
  it.each([
    ["packages/server/src/main.ts", "./payments/create.ts"],
    ["packages/server/src/dashboard/screens.ts", "../http/problems.ts"],
    ["packages/server/src/dashboard/screens.ts", "../pages/form-fields.ts"],
    ["packages/server/src/dashboard/screens.ts", "@caravela/web/dashboard"],
    ["packages/server/src/domain/payment/state.ts", "@caravela/sibs/money"],
    ["packages/server/src/domain/payment/attempt.ts", "@caravela/sibs/phone"],
    ["packages/server/src/domain/plan/calendar.ts", "@caravela/platform/lisbon"],
    ["packages/server/src/sibs/port.ts", "@caravela/sibs"],
    ["packages/server/src/payments/create.ts", "@caravela/sibs/card-data"],
    ["packages/server/src/notifications/routes.ts", "@caravela/sibs/notification"],
    ["packages/server/src/domain/payment/state.ts", "../methods/mbway.ts"],
    ["packages/server/src/storage/journal.ts", "../domain/payment/state.ts"],
    ["packages/server/src/storage/journal.ts", "@caravela/platform/postgres/away"],
    ["packages/server/src/attempts/take.ts", "../inquiries/keep-card.ts"],
    ["packages/server/src/payments/create.ts", "@caravela/platform/problems"],
    ["packages/server/src/pages/pay/routes.ts", "../../payments/create.ts"],
    ["packages/server/src/pages/page.ts", "@caravela/web/pay"],
    ["packages/gateway/src/networks/phone/page.ts", "@caravela/web/phone"],
    ["packages/server/src/payments/create.ts", "@caravela/platform/postgres/pool"],
    ["packages/server/src/payments/create.test.ts", "@caravela/gateway"],
    ["packages/sibs/src/protocol/checkout.schema.ts", "typebox"],
    ["packages/web/build.ts", "node:fs"],
    ["packages/web/src/pay/page.tsx", "@caravela/sibs/money"],
    ["packages/web/gallery/serve.ts", "@caravela/web/pay"],
    ["packages/web/gallery/shots.ts", "../../../tests/support/browser.ts"],
    ["packages/cli/src/main.ts", "@caravela/server"],
    ["packages/server/src/published.ts", "./main.ts"],
    ["packages/gateway/src/published.ts", "./main.ts"],
    ["packages/cli/src/alone.ts", "@caravela/development/embedded"],
    ["packages/development/src/embedded.ts", "@caravela/platform/timer"],
    ["packages/cli/src/shop.ts", "../../../examples/shop/src/main.ts"],
  ])("%s importing %s", (path, name) => {
    expect(breachesOf(path, `import { b } from "${name}";`)).toEqual([]);
    expect(breachesOf(path, `// import { b } from "@caravela/nowhere";\n/* import "./main.ts" */`)).toEqual([]);
  });
});

it("finds a circle of features, and says where it closes", () => {
  const files = [
    { path: "packages/gateway/src/spg/ask.ts", text: 'import { a } from "../tokens/settle.ts";' },
    { path: "packages/gateway/src/tokens/settle.ts", text: 'import { b } from "../faults/record.ts";' },
    { path: "packages/gateway/src/faults/record.ts", text: '\nimport { c } from "../spg/look-up.ts";' },
  ];
  expect(findBreaches(files)).toEqual([
    {
      path: "packages/gateway/src/faults/record.ts",
      line: 2,
      says: "closes a circle: spg → tokens → faults → spg",
    },
  ]);
  expect(findBreaches(files.slice(0, 2))).toEqual([]);
});

it("finds a circle of files beside the packages, by types as by values", () => {
  const files = [
    { path: "fuzz/world/changes.ts", text: 'import { COUNTED } from "./counted.ts";' },
    { path: "fuzz/world/counted.ts", text: '\nimport type { Change } from "./changes.ts";' },
    { path: "simulation/dice.ts", text: 'import { a } from "@caravela/platform/chance";' },
  ];
  expect(findCirclesBeside(files)).toEqual([
    {
      path: "fuzz/world/counted.ts",
      line: 2,
      says: "closes a circle: fuzz/world/changes.ts → fuzz/world/counted.ts → fuzz/world/changes.ts",
    },
  ]);
  expect(findCirclesBeside(files.slice(1))).toEqual([]);
});

it("finds a circle of files within a room, by types as by values, and one between rooms of the domain", () => {
  const inRoom = [
    { path: "packages/server/src/attempts/checkout.ts", text: 'import { b } from "./methods.ts";' },
    { path: "packages/server/src/attempts/methods.ts", text: 'import type { A } from "./checkout.ts";' },
  ];
  expect(findBreaches(inRoom)).toEqual([
    {
      path: "packages/server/src/attempts/methods.ts",
      line: 1,
      says: "closes a circle: attempts/checkout.ts → attempts/methods.ts → attempts/checkout.ts",
    },
  ]);
  const ofWeb = [
    { path: "packages/web/src/dashboard/action/page.tsx", text: 'import { b } from "./texts.ts";' },
    { path: "packages/web/src/dashboard/action/texts.ts", text: 'import type { A } from "./page.tsx";' },
  ];
  expect(findBreaches(ofWeb)).toMatchObject([
    { says: "closes a circle: dashboard/action/page.tsx → dashboard/action/texts.ts → dashboard/action/page.tsx" },
  ]);
  const ofDomain = [
    { path: "packages/server/src/domain/plan/state.ts", text: 'import { b } from "../mandate/state.ts";' },
    { path: "packages/server/src/domain/mandate/facts.ts", text: 'import type { A } from "../plan/facts.ts";' },
  ];
  expect(findBreaches(ofDomain)).toMatchObject([
    { says: expect.stringContaining("domain/mandate does not stand below domain/plan") },
    { says: "closes a circle: domain/plan → domain/mandate → domain/plan" },
  ]);
});

describe("time and chance that are not handed in are found", () => {
  it.each([
    "Date.now()",
    "new Date()",
    "crypto.randomUUID()",
    "Math.random()",
    "setTimeout(f, 1)",
    "setInterval(f, 1)",
  ])("%s", (code) => {
    const path = "packages/gateway/src/spg/checkout.ts";
    expect(breachesOf(path, `const a = 1;\nconst b = ${code};`)).toMatchObject([{ path, line: 2 }]);
    expect(breachesOf(path, `// ${code}\nconst text = "${code}";`)).toEqual([]);
    for (const free of [
      "packages/gateway/src/main.ts",
      "packages/gateway/src/spg/checkout.test.ts",
      "packages/platform/src/timer.ts",
      "packages/cli/src/start.ts",
    ]) {
      expect(breachesOf(free, `const b = ${code};`)).toEqual([]);
    }
  });

  it("new Date of something is not one of them", () => {
    expect(breachesOf("packages/server/src/pages/page.ts", "const at = new Date(seconds * 1_000);")).toEqual([]);
  });
});
