import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { contrastOf, shopColour } from "./colour.ts";
import { whyNoDrawing } from "./drawing.ts";
import { iconIn, logoIn } from "./picture.ts";
import { taxNumber } from "./tax-number.ts";

describe("a shop's colour", () => {
  it("is the button's and the head's by day, and is made lighter by night", () => {
    expect(shopColour("#7A1F3D").bytes.toString()).toBe(
      ":root{--accent:#7a1f3d;--on-accent:#ffffff;--accent-text:#7a1f3d;--accent-tint:#f2e9ec;--accent-deep:#7a1f3d;--faint-on-deep:#e4d2d8}\n" +
        "@media (prefers-color-scheme:dark){:root{--accent:#b27d8e;--on-accent:#0b1533;--accent-text:#b27d8e;--accent-tint:#2e1d33;--accent-deep:#621931}}\n",
    );
    expect(shopColour("a00").bytes).toEqual(shopColour("#aa0000").bytes);
  });

  it("can be read wherever it stands, by day and by night, or is refused with one that can", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffffff }), (number) => {
        const text = `#${number.toString(16).padStart(6, "0")}`;
        let sheet: string;
        try {
          sheet = shopColour(text).bytes.toString();
        } catch (error) {
          const [, darker = ""] = /take a darker one, as (#[\da-f]{6})/.exec((error as Error).message) ?? [];
          expect(contrastOf(parts(text), parts("#ffffff"))).toBeLessThan(4.5);
          shopColour(darker);
          return;
        }
        const [byDay = "", byNight = ""] = sheet.split("@media");
        const day = { ink: "#18223c", muted: "#545f78", card: "#fffdf9", paper: "#f2eee5", ...coloursIn(byDay) };
        const night = { ink: "#e9edf7", muted: "#a8b2ca", card: "#141c2f", paper: "#0c1220" };
        for (const at of [day, { ...day, ...night, ...coloursIn(byNight) }])
          for (const [letters, grounds] of Object.entries(READ_ON))
            for (const ground of grounds)
              expect([letters, ground, contrastOf(of(at, letters), of(at, ground)) >= 4.5]).toEqual([
                letters,
                ground,
                true,
              ]);
      }),
    );
  });

  it.each(["red", "#12345", "#ggg", "rgb(1,2,3)", "#7a1f3d;}"])("is not %s", (text) => {
    expect(() => shopColour(text)).toThrow(/as #rrggbb/);
  });
});

/** What stands on what. */
const READ_ON = {
  "on-accent": ["accent"],
  "accent-text": ["card", "paper", "accent-tint"],
  ink: ["accent-tint"],
  muted: ["accent-tint"],
  white: ["accent-deep"],
  "faint-on-deep": ["accent-deep"],
};

function coloursIn(sheet: string): Record<string, string> {
  return Object.fromEntries([...sheet.matchAll(/--([a-z-]+):(#[\da-f]{6})/g)].map(([, name, value]) => [name, value]));
}

function of(colours: Record<string, string>, name: string) {
  return parts(colours[name] ?? "#ffffff");
}

function parts(hex: string): readonly [number, number, number] {
  const part = (at: number) => Number.parseInt(hex.slice(at, at + 2), 16);
  return [part(1), part(3), part(5)];
}

describe("a tax number", () => {
  it.each(["123456789", "PT 123 456 789", "123.456.789", "500000000", "450000001"])("may be %s", (text) => {
    expect(taxNumber(text)).toMatch(/^\d{9}$/);
  });

  it("shows a digit that is wrong, and two neighbours that changed places", () => {
    fc.assert(
      fc.property(fc.nat(8), fc.integer({ min: 1, max: 9 }), (place, more) => {
        const digits = [..."123456789"].map(Number);
        const other = digits.map((digit, at) => (at === place ? (digit + more) % 10 : digit)).join("");
        expect(() => taxNumber(other)).toThrow();
      }),
    );
    for (const text of ["213456789", "124356789", "123456798"]) expect(() => taxNumber(text)).toThrow(/last digit/);
  });

  it.each(["", "12345678", "1234567890", "ES123456789", "000000000", "400000003", "12345678X"])("is not %s", (text) => {
    expect(() => taxNumber(text)).toThrow(/tax number/);
  });
});

const XMLNS = 'xmlns="http://www.w3.org/2000/svg"';

describe("a drawing", () => {
  it("may have whatever draws, of itself", () => {
    const body = `<title>Cais</title><defs><linearGradient id="a"/><style>.b{fill:url(#a)}</style></defs>
      <g onward="1" fill="url( '#a' )"/><use href="#b"/><image href="data:image/png;base64,AAAA"/>`.replace(
      ' onward="1"',
      "",
    );
    expect(whyNoDrawing(`<?xml version="1.0"?><!DOCTYPE svg><svg ${XMLNS} viewBox="0 0 1 1">${body}</svg>`)).toBe(
      undefined,
    );
  });

  it.each([
    ["script", "<script>1</script>"],
    ["script under another prefix", '<x:script xmlns:x="http://www.w3.org/2000/svg">1</x:script>'],
    ["what is pressed", '<g onclick="x()"/>'],
    ["what loads", '<g ONLOAD="x()"/>'],
    ["another document", "<foreignObject><p/></foreignObject>"],
    ["a link to script", '<a href="javascript:x()"/>'],
    ["a link to script, spelt otherwise", '<a xlink:href=" java&#115;cript:x()"/>'],
    ["a picture from elsewhere", '<image href="https://elsewhere.example/x.png"/>'],
    ["a drawing inside", '<image href="data:image/svg+xml,x"/>'],
    ["a part from elsewhere", '<use xlink:href="//elsewhere.example/x.svg#a"/>'],
    ["a style from elsewhere", "<style>@import 'https://elsewhere.example/x.css';</style>"],
    ["a fill from elsewhere", '<g style="fill:url(https://elsewhere.example/x)"/>'],
    ["a fill that is spelt otherwise", '<g style="fill:\\75rl(x)"/>'],
    ["a fill behind a comment", '<g style="fill:u/**/rl(x)"/>'],
    ["a cursor from elsewhere", '<g cursor="url(https://elsewhere.example/x)"/>'],
    ["an address that is changed later", '<a href="#a"><set attributeName="href" to="x"/></a>'],
    ["the same by an animation", '<animate attributeName="href" to="javascript:x()"/>'],
    ["sound", '<audio src="x"/>'],
    ["an entity", "&x;"],
    ["half an element", "<g>"],
  ])("has no %s", (_what, body) => {
    expect(whyNoDrawing(`<svg ${XMLNS}>${body}</svg>`)).toEqual(expect.any(String));
  });

  it.each([
    ["no XML", "hello"],
    ["another document", "<html/>"],
    ["what browsers do not draw", "<svg/>"],
    ["a style sheet from elsewhere", `<?xml-stylesheet href="https://elsewhere.example"?><svg ${XMLNS}/>`],
  ])("is not %s", (_what, text) => {
    expect(whyNoDrawing(text)).toEqual(expect.any(String));
  });
});

const PNG = Buffer.from("89504e470d0a1a0a0000000049454e44ae426082", "hex");
const WEBP = Buffer.from("524946460400000057454250", "hex");
const JPEG = Buffer.from("ffd8ffe000ffd9", "hex");
const ICO = Buffer.alloc(40);
ICO[2] = ICO[4] = 1;

describe("a picture", () => {
  let folder: string;
  const put = (content: Buffer | string) => {
    writeFileSync(join(folder, "picture"), content);
    return "picture";
  };
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "caravela-shop-"));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each([
    ["image/svg+xml", `\ufeff<svg ${XMLNS}/>`],
    ["image/png", PNG],
    ["image/webp", WEBP],
    ["image/jpeg", JPEG],
  ])("is known by what is in it: %s", (type, content) => {
    const file = logoIn(folder)(put(content));
    expect(file).toMatchObject({ type, name: expect.stringMatching(/^[\da-f]{20}\.(svg|png|webp|jpg)$/) });
    expect(file.bytes).toEqual(Buffer.from(content));
  });

  it("has another address when it is another", () => {
    expect(logoIn(folder)(put(PNG)).name).not.toBe(logoIn(folder)(put(WEBP)).name);
  });

  it("may be an ICO in the tab, and no photograph", () => {
    expect(iconIn(folder)(put(ICO)).type).toBe("image/x-icon");
    expect(() => iconIn(folder)(put(JPEG))).toThrow("a whole picture in SVG, PNG or ICO is needed");
    expect(() => logoIn(folder)(put(ICO))).toThrow("a whole picture in SVG, PNG, WebP or JPEG is needed");
  });

  it.each([
    ["half of one", PNG.subarray(0, 12), /whole picture/],
    ["half of a WebP", Buffer.from("524946460900000057454250", "hex"), /whole picture/],
    ["empty", "", /whole picture/],
    ["text", "a logo", /whole picture/],
    ["a page", "<!doctype html><p>", /no XML|begins with <svg/],
    ["with script", `<svg ${XMLNS}><script/></svg>`, /has a <script>: leave that out/],
    ["in another encoding", Buffer.from(`<svg ${XMLNS}><title>é</title></svg>`, "latin1"), /UTF-8/],
    ["too large", Buffer.alloc(64 * 1024 + 1), /too large: 64 KiB at most/],
  ])("is not taken when it is %s", (_what, content, says) => {
    expect(() => logoIn(folder)(put(content))).toThrow(says);
  });

  it("says which file cannot be read, and why", () => {
    expect(() => logoIn(folder)("nowhere.svg")).toThrow("this file cannot be read (ENOENT)");
    expect(() => logoIn(folder)(".")).toThrow(/cannot be read \(EISDIR\)|too large/);
  });
});
