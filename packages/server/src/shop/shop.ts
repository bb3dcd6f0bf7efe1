import { createHash } from "node:crypto";

/** Something of a shop that its pages load from us. */
export interface ShopFile {
  /** Changes with the content: whoever has it needs not ask again. */
  readonly name: string;
  readonly type: string;
  readonly bytes: Buffer;
}

/** Who is paid, as customers know them. Null: nothing is said of it. */
export interface Shop {
  readonly name: string;
  /** How customers reach it, in one line. */
  readonly contact: string | null;
  readonly logo: ShopFile | null;
  /** The sign in the browser's tab. */
  readonly icon: ShopFile | null;
  /** A style sheet: the shop's colour, by day and by night. */
  readonly colour: ShopFile | null;
  /** Where its terms, its word on privacy and its complaints book are. */
  readonly terms: string | null;
  readonly privacy: string | null;
  readonly complaints: string | null;
  /** Portuguese: nine digits. */
  readonly taxNumber: string | null;
  /** What the MB WAY app calls it: what SIBS knows. */
  readonly inApp: string | null;
}

/** A shop of which nothing but its name is said. */
export function shopCalled(name: string): Shop {
  const nothing = { contact: null, logo: null, icon: null, colour: null, terms: null, privacy: null };
  return { name, ...nothing, complaints: null, taxNumber: null, inApp: null };
}

/** A file of a shop under the name that its content gives it. */
export function shopFile(bytes: Buffer, ending: string, type: string): ShopFile {
  return { name: `${createHash("shake256", { outputLength: 10 }).update(bytes).digest("hex")}.${ending}`, type, bytes };
}
