import { readFileSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { whyNoDrawing } from "./drawing.ts";
import { type ShopFile, shopFile } from "./shop.ts";

/** In bytes: it is loaded by a phone while a customer waits to pay. */
const LARGEST = 64 * 1024;

interface Kind {
  readonly name: "SVG" | "PNG" | "WebP" | "JPEG" | "ICO";
  readonly ending: string;
  readonly type: string;
  /** Whether these bytes are one, whole from the first to the last. */
  is(bytes: Buffer): boolean;
}

const KINDS: readonly Kind[] = [
  { name: "SVG", ending: "svg", type: "image/svg+xml", is: (bytes) => /^\ufeff?\s*</.test(bytes.toString("utf8")) },
  {
    name: "PNG",
    ending: "png",
    type: "image/png",
    is: (bytes) => begins(bytes, "89504e470d0a1a0a") && ends(bytes, "49454e44ae426082"),
  },
  {
    name: "WebP",
    ending: "webp",
    type: "image/webp",
    is: (bytes) => begins(bytes, "52494646") && begins(bytes.subarray(8), "57454250") && isWholeRiff(bytes),
  },
  {
    name: "JPEG",
    ending: "jpg",
    type: "image/jpeg",
    is: (bytes) => begins(bytes, "ffd8ff") && bytes.includes("ffd9", bytes.length - 64, "hex"),
  },
  { name: "ICO", ending: "ico", type: "image/x-icon", is: (bytes) => begins(bytes, "00000100") && bytes.length > 22 },
];

const OF_LOGO = ["SVG", "PNG", "WebP", "JPEG"] as const;
const OF_ICON = ["SVG", "PNG", "ICO"] as const;

/**
 * Reads the file of a shop's logo. @param folder where a relative path begins. @throws TypeError saying what is wrong.
 */
export const logoIn = (folder: string) => (path: string) => pictureAt(resolve(folder, path), OF_LOGO);

/** Reads the file of the sign in the browser's tab, in the same way. */
export const iconIn = (folder: string) => (path: string) => pictureAt(resolve(folder, path), OF_ICON);

function pictureAt(path: string, allowed: readonly Kind["name"][]): ShopFile {
  const bytes = bytesOf(path);
  const kind = KINDS.find((one) => allowed.includes(one.name) && one.is(bytes));
  const words = `${allowed.slice(0, -1).join(", ")} or ${allowed.at(-1)}`;
  if (kind === undefined) throw new TypeError(`a whole picture in ${words} is needed, and this file is none`);
  const why = kind.name === "SVG" ? whyNoSvg(bytes) : undefined;
  if (why !== undefined) throw new TypeError(why);
  return shopFile(bytes, kind.ending, kind.type);
}

/** What is too large is not read. */
function bytesOf(path: string): Buffer {
  try {
    const { size } = statSync(path);
    if (size <= LARGEST) return readFileSync(path);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unreadable";
    throw new TypeError(`this file cannot be read (${code})`);
  }
  throw new TypeError(`this file is too large: ${LARGEST / 1024} KiB at most`);
}

function whyNoSvg(bytes: Buffer): string | undefined {
  try {
    return whyNoDrawing(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return "an SVG in UTF-8 is needed";
  }
}

function begins(bytes: Buffer, hex: string): boolean {
  return bytes.subarray(0, hex.length / 2).toString("hex") === hex;
}

function ends(bytes: Buffer, hex: string): boolean {
  return bytes.subarray(-hex.length / 2).toString("hex") === hex;
}

/** A RIFF says how long it is, padded to an even length. */
function isWholeRiff(bytes: Buffer): boolean {
  return bytes.length >= 12 && bytes.readUInt32LE(4) + 8 <= bytes.length;
}
