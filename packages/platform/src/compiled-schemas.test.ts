import { Type } from "typebox";
import { expect, it, vi } from "vitest";
import { CompiledSchemas } from "./compiled-schemas.ts";

const thing = () => Type.Object({ amount: Type.Integer(), note: Type.Union([Type.String(), Type.Null()]) });

it("are made when they are first needed, and once of all that say the same", () => {
  const compile = vi.fn((schema: object) => ({ of: schema }));
  const schemas = new CompiledSchemas(compile);
  const [one, same, other] = [thing(), thing(), Type.Object({ amount: Type.Integer() })].map((one) => schemas.of(one));
  expect(compile).not.toHaveBeenCalled();
  expect([one?.(), one?.()]).toEqual([{ of: thing() }, { of: thing() }]);
  expect(same?.()).toBe(one?.());
  expect(compile).toHaveBeenCalledTimes(1);
  expect(other?.()).not.toBe(one?.());
  expect(compile).toHaveBeenCalledTimes(2);
});
