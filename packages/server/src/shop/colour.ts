import { type ShopFile, shopFile } from "./shop.ts";

/** Red, green and blue, 0 to 255. */
type Colour = readonly [number, number, number];

/** What WCAG asks of letters, with a little to spare for rounding. */
const READABLE = 4.5;
const SPARE = 0.05;

const WHITE: Colour = [255, 255, 255];
const BLACK: Colour = [0, 0, 0];
/** The darkest that a link stands on by day, and the lightest by night: `--blue-tint` of the pages' colours. */
const BY_DAY: Colour = [233, 238, 251];
const BY_NIGHT: Colour = [29, 42, 75];
/** The letters on the button by night: `--on-blue`. */
const ON_BUTTON_BY_NIGHT = "#0b1533";

/**
 * Reads a shop's colour, `#rrggbb` (the sign may be missing), and makes of it the style sheet that colours its button
 * and links: by day the button has it as it is, links as dark as they must be to be read; by night both are as light as
 * they must be. @throws TypeError when white letters on it can hardly be read.
 */
export function shopColour(text: string): ShopFile {
  const colour = readColour(text);
  const contrast = contrastOf(colour, WHITE);
  if (contrast < READABLE) {
    const darker = hex(towards(BLACK, colour, WHITE));
    const shown = (Math.floor(contrast * 10) / 10).toFixed(1);
    throw new TypeError(
      `white letters on it can hardly be read (a contrast of ${shown}, and ${READABLE} is needed): take a darker one, as ${darker}`,
    );
  }
  const light = hex(towards(WHITE, colour, BY_NIGHT));
  const day = `--accent:${hex(colour)};--on-accent:#ffffff;--accent-text:${hex(towards(BLACK, colour, BY_DAY))}`;
  const night = `--accent:${light};--on-accent:${ON_BUTTON_BY_NIGHT};--accent-text:${light}`;
  const sheet = `:root{${day}}\n@media (prefers-color-scheme:dark){:root{${night}}}\n`;
  return shopFile(Buffer.from(sheet), "css", "text/css; charset=utf-8");
}

function readColour(text: string): Colour {
  const [, digits = ""] = /^#?([\da-f]{6}|[\da-f]{3})$/i.exec(text) ?? [];
  if (digits === "") throw new TypeError("a colour is needed as #rrggbb, such as #7a1f3d");
  const long = digits.length === 3 ? [...digits].map((digit) => digit + digit).join("") : digits;
  const number = Number.parseInt(long, 16);
  return [(number >> 16) & 255, (number >> 8) & 255, number & 255];
}

/** The colour mixed with as little of another as lets it be read on a ground. */
function towards(other: Colour, colour: Colour, ground: Colour): Colour {
  const steps = Array.from({ length: 101 }, (_, percent) => mix(colour, other, percent / 100));
  return steps.find((one) => contrastOf(one, ground) >= READABLE + SPARE) ?? other;
}

function mix([r, g, b]: Colour, [red, green, blue]: Colour, share: number): Colour {
  const part = (of: number, other: number) => Math.round(of + (other - of) * share);
  return [part(r, red), part(g, green), part(b, blue)];
}

/** The contrast of two colours by WCAG 2, from 1 to 21. */
export function contrastOf(one: Colour, other: Colour): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(colour: Colour): number {
  const [r = 0, g = 0, b = 0] = colour.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function hex(colour: Colour): string {
  return `#${colour.map((part) => part.toString(16).padStart(2, "0")).join("")}`;
}
