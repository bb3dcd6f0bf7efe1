import { oneLine, webPage } from "@caravela/platform/settings";
import { shopColour } from "./colour.ts";
import { iconIn, logoIn } from "./picture.ts";
import type { Shop } from "./shop.ts";
import { taxNumber } from "./tax-number.ts";

/** By which name something of a shop is said: in the environment, and in the file of several terminals. */
interface Said {
  readonly setting: string;
  readonly member: string;
  /** Whether it is all digits, which a file may give as a number. */
  readonly isNumber?: boolean;
}

export const SHOP_NAME: Said = { setting: "CARAVELA_MERCHANT_NAME", member: "merchantName" };

/** What may be said of a shop beside its name. */
const SAID = {
  contact: { setting: "CARAVELA_MERCHANT_CONTACT", member: "merchantContact" },
  logo: { setting: "CARAVELA_MERCHANT_LOGO", member: "merchantLogo" },
  icon: { setting: "CARAVELA_MERCHANT_FAVICON", member: "merchantFavicon" },
  colour: { setting: "CARAVELA_MERCHANT_COLOUR", member: "merchantColour" },
  terms: { setting: "CARAVELA_MERCHANT_TERMS_URL", member: "merchantTermsUrl" },
  privacy: { setting: "CARAVELA_MERCHANT_PRIVACY_URL", member: "merchantPrivacyUrl" },
  complaints: { setting: "CARAVELA_MERCHANT_COMPLAINTS_URL", member: "merchantComplaintsUrl" },
  taxNumber: { setting: "CARAVELA_MERCHANT_TAX_NUMBER", member: "merchantTaxNumber", isNumber: true },
  inApp: { setting: "CARAVELA_MERCHANT_IN_APP", member: "merchantInApp" },
} as const satisfies Record<Exclude<keyof Shop, "name">, Said>;

const ALL = [SHOP_NAME, ...Object.values(SAID)];

/** The settings that say something of the one shop. */
export const SHOP_SETTINGS: readonly string[] = ALL.map(({ setting }) => setting);

/** The members that say the same of a terminal's, in the file of several. */
export const SHOP_MEMBERS: readonly string[] = ALL.map(({ member }) => member);

/** Reads what is said by a name, or null where nothing is; of what is wrong it tells whoever wrote it. */
export type ReadSaid = <T>(said: Said, parse: (text: string) => T) => T | null;

/** Reads a name of a shop, and what it is reached by, in one line. */
export const shopLine = oneLine(100);

/** Reads what is said of a shop beside its name. @param folder where the path of a picture begins. */
export function readShop(read: ReadSaid, name: string, folder: string): Shop {
  return {
    name,
    contact: read(SAID.contact, shopLine),
    logo: read(SAID.logo, logoIn(folder)),
    icon: read(SAID.icon, iconIn(folder)),
    colour: read(SAID.colour, shopColour),
    terms: read(SAID.terms, webPage),
    privacy: read(SAID.privacy, webPage),
    complaints: read(SAID.complaints, webPage),
    taxNumber: read(SAID.taxNumber, taxNumber),
    inApp: read(SAID.inApp, shopLine),
  };
}
