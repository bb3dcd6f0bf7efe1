import { isLoopback } from "@caravela/platform/settings";
import type { ServerSettings } from "@caravela/server";
import { type Finding, hint } from "./finding.ts";

/** Looks at what customers are told of the shop. Against the local gateway nobody needs to be told. */
export function examineShop({ sibsBaseUrl, shop, terminals }: ServerSettings): Finding[] {
  if (isLoopback(sibsBaseUrl)) return [];
  const shops = terminals?.map(({ id, shop }) => ({ shop, of: ` of terminal ${id}` })) ?? [{ shop, of: "" }];
  return shops.flatMap(({ shop: { contact, terms }, of }) => [
    ...(contact === null
      ? [lacking("how the shop", `${of} is reached`, "CARAVELA_MERCHANT_CONTACT", "merchantContact")]
      : []),
    ...(terms === null
      ? [lacking("the terms and conditions of the shop", of, "CARAVELA_MERCHANT_TERMS_URL", "merchantTermsUrl")]
      : []),
  ]);

  function lacking(what: string, of: string, setting: string, member: string): Finding {
    const where = terminals ? `\`${member}\` in the file of the terminals` : setting;
    return hint(`customers' pages do not say ${what}${of}`, `set ${where}: each page has it at its foot.`);
  }
}
