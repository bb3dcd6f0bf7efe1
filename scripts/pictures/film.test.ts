import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { drawFilm } from "./film.ts";

const [a, b, c] = ["a", "b", "c"].map((text) => Buffer.from(text)) as [Buffer, Buffer, Buffer];
const FILM = drawFilm({
  title: "A payment",
  scenes: [
    { left: a, right: c, says: "The customer chooses." },
    { left: b, right: c, says: "The phone asks <again>." },
  ],
  width: 100,
  height: 200,
  seconds: 3,
  still: 1,
});

it("shows each picture in its scenes, and holds it once", () => {
  const pictures = [...FILM.matchAll(/<image id="(\w+)".*?base64,([^"]+)"/g)].map(([, id, data = ""]) => [
    id,
    Buffer.from(data, "base64").toString(),
  ]);
  expect(pictures).toEqual([
    ["p0", "a"],
    ["p1", "b"],
    ["p2", "c"],
  ]);
  expect(FILM).toContain("@keyframes p0{0%{opacity:1}50%{opacity:0}}\n#p0{animation:p0 6s step-end infinite}");
  expect(FILM).toContain("@keyframes p1{0%{opacity:0}50%{opacity:1}}");
  expect(FILM).toContain("@keyframes p2{0%{opacity:1}50%{opacity:1}}");
});

it("stands still for those who want nothing to move, on the scene that says most", () => {
  const [before = "", moving = ""] = FILM.split("@media (prefers-reduced-motion:no-preference)");
  expect(before).not.toMatch(/animation|keyframes/);
  const shown = [...moving.matchAll(/<(?:image|text) id="(\w+)" class="still"/g)].map(([, id]) => id);
  expect(shown).toEqual(["p1", "p2", "p4"]);
});

it("says in words what is seen, and runs nothing", () => {
  expect(FILM).toContain('<desc id="desc">1. The customer chooses. 2. The phone asks &lt;again>.</desc>');
  const kept = readFileSync(join(import.meta.dirname, "..", "..", "docs", "pictures", "payment.svg"), "utf8");
  for (const film of [FILM, kept]) expect(film).not.toMatch(/<script|\son\w+=|href="(?!data:image\/jpeg;)/);
});
