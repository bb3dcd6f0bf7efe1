import { Type } from "typebox";
import { expect, it } from "vitest";
import { serializerCompiler } from "./serialization.ts";

const serializerOf = (schema: object) => serializerCompiler({ schema } as Parameters<typeof serializerCompiler>[0]);
const thing = () => Type.Object({ amount: Type.Integer(), note: Type.Union([Type.String(), Type.Null()]) });

it("writes what the schema says and nothing else", () => {
  expect(serializerOf(thing())({ amount: 5, note: null, secret: "swordfish" })).toBe('{"amount":5,"note":null}');
});

it("writes each of two things by its own schema", () => {
  const other = Type.Object({ amount: Type.Integer() });
  expect(serializerOf(thing())({ amount: 5, note: null })).toBe('{"amount":5,"note":null}');
  expect(serializerOf(other)({ amount: 5, note: null })).toBe('{"amount":5}');
});
