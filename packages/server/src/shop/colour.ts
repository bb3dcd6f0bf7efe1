import { type ShopFile, shopFile } from "./shop.ts";

/** Red, green and blue, 0 to 255. */
type Colour = readonly [number, number, number];

/** What WCAG asks of letters, with a little to spare for rounding. */
const READABLE = 4.5;
const SPARE = 0.05;

const WHITE: Colour = [255, 255, 255];
const BLACK: Colour = [0, 0, 0];
/** The pages' paper by day, and their cards by night: `--paper` and `--card` of their colours. */
const PAPER_BY_DAY: Colour = [242, 238, 229];
const CARD_BY_NIGHT: Colour = [20, 28, 47];
/** The letters on the button by night: `--on-blue`. */
const ON_BUTTON_BY_NIGHT: Colour = [11, 21, 51];

/**
 * Reads a shop's colour, `#rrggbb` (the sign may be missing), and makes of it the style sheet that colours its pages:
 * by day the button has it as it is, and the head above all where light letters can be read on it; what is written in
 * it is as dark as it must be to be read, and by night as light.
 * @throws TypeError when white letters on it can hardly be read.
 */
export function shopColour(text: string): ShopFile {
  const colour = readColour(text);
  const contrast = contrastOf(colour, WHITE);
  if (contrast < READABLE) {
    const darker = hex(towards(BLACK, colour, [WHITE]));
    const shown = (Math.floor(contrast * 10) / 10).toFixed(1);
    throw new TypeError(
      `white letters on it can hardly be read (a contrast of ${shown}, and ${READABLE} is needed): take a darker one, as ${darker}`,
    );
  }
  const faint = mix(colour, WHITE, 0.8);
  const deep = towards(BLACK, colour, [faint]);
  const tint = mix(colour, WHITE, 0.9);
  const tintByNight = mix(CARD_BY_NIGHT, colour, 0.25);
  const light = towards(WHITE, colour, [tintByNight, CARD_BY_NIGHT, ON_BUTTON_BY_NIGHT]);
  const day = styled({
    accent: colour,
    "on-accent": WHITE,
    "accent-text": towards(BLACK, colour, [tint, PAPER_BY_DAY]),
    "accent-tint": tint,
    "accent-deep": deep,
    "faint-on-deep": faint,
  });
  const night = styled({
    accent: light,
    "on-accent": ON_BUTTON_BY_NIGHT,
    "accent-text": light,
    "accent-tint": tintByNight,
    "accent-deep": mix(deep, BLACK, 0.2),
  });
  const sheet = `${day}\n@media (prefers-color-scheme:dark){${night}}\n`;
  return shopFile(Buffer.from(sheet), "css", "text/css; charset=utf-8");
}

function styled(colours: Readonly<Record<string, Colour>>): string {
  const values = Object.entries(colours).map(([name, colour]) => `--${name}:${hex(colour)}`);
  return `:root{${values.join(";")}}`;
}

function readColour(text: string): Colour {
  const [, digits = ""] = /^#?([\da-f]{6}|[\da-f]{3})$/i.exec(text) ?? [];
  if (digits === "") throw new TypeError("a colour is needed as #rrggbb, such as #7a1f3d");
  const long = digits.length === 3 ? [...digits].map((digit) => digit + digit).join("") : digits;
  const number = Number.parseInt(long, 16);
  return [(number >> 16) & 255, (number >> 8) & 255, number & 255];
}

/** The colour mixed with as little of another as lets both it and these be told apart as letters and ground must be. */
function towards(other: Colour, colour: Colour, beside: readonly Colour[]): Colour {
  const steps = Array.from({ length: 101 }, (_, percent) => mix(colour, other, percent / 100));
  return steps.find((one) => beside.every((ground) => contrastOf(one, ground) >= READABLE + SPARE)) ?? other;
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
