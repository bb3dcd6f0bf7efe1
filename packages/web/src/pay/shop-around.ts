import { useEffect, useLayoutEffect, useState } from "preact/hooks";
import { type FromPage, isHello } from "../drop-in/messages.ts";
import type { PayView } from "./view.ts";

/**
 * Tells the shop's page around this one how the payment stands, and how much room it needs: once that page has said
 * hello, from an origin that the shop has named, and nobody else.
 */
export function useShopAround({ embedded }: PayView, title: string): void {
  const [shop, setShop] = useState<string | null>(null);
  // Before the page counts as loaded, for then it is greeted. The origins stay as long as the page does.
  useLayoutEffect(() => {
    if (embedded === null || parent === window) return;
    const hear = ({ data, origin, source }: MessageEvent) => {
      if (source === parent && embedded.origins.includes(origin) && isHello(data)) setShop(origin);
    };
    addEventListener("message", hear);
    return () => removeEventListener("message", hear);
  }, []);

  const { payment = "", status = "" } = embedded ?? {};
  useEffect(() => {
    if (shop !== null) tell({ type: "caravela:payment", payment, status, title }, shop);
  }, [shop, payment, status, title]);

  useEffect(() => {
    const page = document.getElementById("page");
    if (shop === null || page === null) return;
    const sizes = new ResizeObserver(() => tell({ type: "caravela:height", height: page.offsetHeight }, shop));
    sizes.observe(page);
    return () => sizes.disconnect();
  }, [shop]);
}

function tell(message: FromPage, shop: string): void {
  parent.postMessage(message, shop);
}
