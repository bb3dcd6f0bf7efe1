import { expect, it } from "vitest";
import { PLACES } from "./navigation.ts";

it("each place has a letter of its own", () => {
  const letters = PLACES.map(({ key }) => key);
  expect(letters).toEqual([...new Set(letters)]);
});
