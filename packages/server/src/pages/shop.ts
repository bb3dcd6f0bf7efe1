import { constants } from "node:zlib";
import { type Http, securityHeaders } from "@caravela/platform/http";
import type { PayView } from "@caravela/web/pay";
import compress from "@fastify/compress";
import type { Shop, ShopFile } from "../shop/shop.ts";
import type { KnowsTerminals, OfTerminal } from "../terminals.ts";
import { hidden } from "./customer-page.ts";

/** What showing customers whom they pay may touch. */
export interface ShowsShops extends KnowsTerminals {
  readonly settings: {
    /** For what is of a terminal that is not served any more. */
    readonly shop: Shop;
  };
}

/** Whom a customer pays. */
export function shopOf({ terminals, settings }: ShowsShops, subject: OfTerminal): Shop {
  return (terminals.of(subject) ?? settings).shop;
}

/**
 * Whose colour stands where nobody knows whose page it is: the one shop's, where there is one. Of several nothing is
 * said here.
 */
export function onlyShop({ settings }: Pick<ShowsShops, "settings">): PayView["shop"] {
  return whoIsPaid(settings.shop).shop;
}

/** Beside the pages' own files: who lets those pass lets these. */
const AT = "/assets/shop";

/** Who is paid, as a page shows it. */
export function whoIsPaid(shop: Shop): Pick<PayView, "shop" | "merchant"> {
  const at = (file: ShopFile | null) => (file === null ? null : `${AT}/${file.name}`);
  const onPage = { ...shop, logo: at(shop.logo), icon: at(shop.icon), colour: at(shop.colour) };
  return { shop: onPage, merchant: shop.name };
}

/** A drawing that somebody opens by itself runs nothing either, and loads nothing. */
const HEADERS = {
  ...securityHeaders,
  "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox",
  "cache-control": "public, max-age=31536000, immutable",
};

/** What the pages of these shops load of theirs. */
export async function shopFiles(http: Http, shops: readonly Shop[]): Promise<void> {
  const files = shops.flatMap(({ logo, icon, colour }) => [logo, icon, colour]).filter((file) => file !== null);
  const byName = new Map(files.map((file) => [file.name, file]));
  await http.register(async (scope) => {
    await scope.register(compress, {
      encodings: ["br", "gzip"],
      brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } },
    });
    scope.get(`${AT}/:name`, hidden, async (request, reply) => {
      const { name } = request.params as { name: string };
      const file = byName.get(name);
      if (file === undefined) return reply.callNotFound();
      return reply.headers(HEADERS).type(file.type).send(file.bytes);
    });
  });
}
