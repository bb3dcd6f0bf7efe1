import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Both, openBoth } from "../testing/both.ts";
import { inTurn } from "../testing/in-turn.ts";
import { gatewayShapes, gatewayStatements, knowsOfGateway } from "./index.ts";
import { beginAnew, DEEDS, OFTEN } from "./testing/deeds.ts";
import { VisitedGateway } from "./testing/visited.ts";
import { Visitor } from "./testing/visitor.ts";

const SEED = 20_261_129;
const LIVES = 6;
const MOST_DEEDS = 40;

let opened: Both;
let gateways: readonly [VisitedGateway, VisitedGateway];

beforeAll(async () => {
  opened = await openBoth({
    schema: "sibs_gateway",
    shapes: gatewayShapes,
    knows: knowsOfGateway,
  });
  // in an order of work that is the same however quick each is: of two at work the one that is first draws first
  gateways = [new VisitedGateway(inTurn(opened.both[0].pool)), new VisitedGateway(inTurn(opened.both[1].pool))];
  for (const gateway of gateways) await gateway.start();
});
afterAll(async () => {
  for (const gateway of gateways) await gateway.close();
  await opened.close();
});

const done = fc.record({ deed: fc.constantFrom(...Object.keys(DEEDS), ...OFTEN, ...OFTEN), number: fc.nat() });
const life = fc.array(done, { minLength: MOST_DEEDS / 2, maxLength: MOST_DEEDS, size: "max" });

it("whatever is done at a gateway is answered the same, and leaves the same rows", async () => {
  const property = fc.asyncProperty(life, async (deeds) => {
    const visitors = gateways.map((gateway) => new Visitor(gateway));
    for (const visitor of visitors) await beginAnew(visitor);
    for (const { deed, number } of deeds) {
      const [there, here] = await Promise.all(
        visitors.map((visitor) => {
          visitor.decideBy(number);
          return DEEDS[deed]?.(visitor);
        }),
      );
      expect(here, deed).toEqual(there);
    }
    const [there, here] = await opened.each((one) => one.rows());
    expect(here).toEqual(there);
  });
  await fc.assert(property, { seed: SEED, numRuns: LIVES, endOnFailure: true });
});

it("has asked for every statement that is known", () => {
  expect([...Object.keys(gatewayStatements)].filter((name) => !opened.asked.has(name))).toEqual([]);
  const saves = [...opened.asked].filter((name) => name.startsWith("transaction-save"));
  for (const part of ["notices", "tokens", "operations", "drawing"]) {
    expect(saves, part).toContainEqual(expect.stringContaining(part));
  }
});
