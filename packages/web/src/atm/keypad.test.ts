import fc from "fast-check";
import { expect, it } from "vitest";
import { correct, FIELDS, press } from "./keypad.ts";

const blank = { entity: "", reference: "", amount: "" };

function pressAll(keys: string) {
  return [...keys].reduce((state, key) => press(state.typed, state.field, key), {
    typed: blank,
    field: FIELDS[0] ?? "entity",
  });
}

it("fills entity, reference and amount one after the other, without a pause", () => {
  expect(pressAll("240000662954195,50").typed).toEqual({ entity: "24000", reference: "066295419", amount: "5,50" });
});

it("takes a comma only in the amount", () => {
  expect(pressAll("2,4").typed.entity).toBe("24");
});

it("takes back every key that was pressed, across the fields", () => {
  fc.assert(
    fc.property(fc.stringMatching(/^\d{0,23}$/), (keys) => {
      let state = pressAll(keys);
      for (let count = 0; count < keys.length + FIELDS.length; count += 1) state = correct(state.typed, state.field);
      expect(state).toEqual({ typed: blank, field: "entity" });
    }),
  );
});
