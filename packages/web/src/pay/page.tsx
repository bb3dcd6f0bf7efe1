import type { ComponentType } from "preact";
import { useMemo } from "preact/hooks";
import { useLivePage } from "../parts/live-page.ts";
import { Sheet } from "../parts/sheet.tsx";
import { type Pay, usePay } from "./context.ts";
import { useGoOn } from "./go-on.ts";
import { paceOf } from "./pace.ts";
import { refreshWithoutScript } from "./refresh.ts";
import { screens } from "./screens/index.ts";
import { useShopAround } from "./shop-around.ts";
import { Summary } from "./summary.tsx";
import type { Texts } from "./texts.pt.ts";
import { titleOf } from "./title.ts";
import { useTyped } from "./typed.ts";
import type { PayScreen, PayView } from "./view.ts";

/** The payment page: what is to be paid on one side, where the customer stands on the other. */
export function PayPage({ view: first, texts }: { view: PayView; texts: Texts }) {
  const live = useLivePage(first, texts, { paceOf, titleOf, placeOf });
  const { page, accept } = live;
  const goOn = useGoOn(first, accept);
  const { typedIn, lastSent, keepTyped } = useTyped(page.view.screen.kind);
  const pay = useMemo<Pay>(
    () => ({ ...page, goOn, typedIn, lastSent, keepTyped }),
    [page, goOn, typedIn, lastSent, keepTyped],
  );
  const { view } = pay;
  useShopAround(view, titleOf(view, texts));
  return (
    <Sheet
      live={{ ...live, page: pay }}
      summary={<Summary view={view} />}
      inside={view.embedded !== null}
      refreshes={refreshWithoutScript(view)?.url === view.path}
    >
      <CurrentScreen key={placeOf(view)} />
    </Sheet>
  );
}

/** Where the customer stands, by one word: a try that ended like the one before is another place. */
function placeOf({ screen, request }: PayView): string {
  return `${screen.kind} ${request}`;
}

function CurrentScreen() {
  const { screen } = usePay().view;
  // The list holds for each kind what takes a screen of that kind, which TypeScript cannot follow through the look-up.
  const Drawn = screens[screen.kind] as ComponentType<{ screen: PayScreen }>;
  return <Drawn screen={screen} />;
}
