import type { ComponentType } from "preact";
import { useCallback, useEffect, useMemo, useRef, useState } from "preact/hooks";
import { euros } from "../parts/euros.ts";
import { CaravelIcon } from "../parts/icons.tsx";
import { type Pay, PayProvider, usePay } from "./context.ts";
import { useLiveView } from "./live.ts";
import { refreshWithoutScript } from "./refresh.ts";
import { screens } from "./screens/index.ts";
import { useGoOn, useSender } from "./send.ts";
import type { Texts } from "./texts.pt.ts";
import { titleOf } from "./title.ts";
import type { PayScreen, PayView } from "./view.ts";

/** The payment page: what is to be paid on one side, where the customer stands on the other. */
export function PayPage({ view: first, texts }: { view: PayView; texts: Texts }) {
  const { view: newest, accept, look, online } = useLiveView(first);
  const { sending, failed, send } = useSender(accept);
  const goOn = useGoOn(first.path, accept);
  const view = useHeldWhile(sending, newest);
  const [spoken, announce] = useState("");
  const [staying, setStaying] = useState(false);
  const stay = useCallback(() => setStaying(true), []);
  const pay = useMemo<Pay>(
    () => ({ view, texts, sending, send, goOn, look, announce, staying, stay }),
    [view, texts, sending, send, goOn, look, staying, stay],
  );
  const title = titleOf(view, texts);
  useFocusOnChange(view.screen.kind, title);
  useStayOnReturn(stay);

  return (
    <PayProvider value={pay}>
      <div class="sheet">
        <Summary />
        <main class="stack">
          {!online && <p class="warning">{texts.offline}</p>}
          {failed && <p class="warning">{texts.notSent}</p>}
          <CurrentScreen key={view.screen.kind} />
          {refreshWithoutScript(view)?.url === view.path && <UpdateWithoutScript />}
        </main>
      </div>
      <p class="heard" aria-live="polite">
        {spoken}
        {failed && texts.notSent}
      </p>
    </PayProvider>
  );
}

/** What is paid, to whom and what for. */
function Summary() {
  const { view, texts } = usePay();
  return (
    <header class="summary">
      <p class="merchant">
        <span class="faint">{texts.payTo}</span> {view.merchant}
      </p>
      <p class="amount">{euros(view.amount, view.lang)}</p>
      {view.description !== null && <p>{view.description}</p>}
      <p class="faint">
        {texts.order} {view.reference}
      </p>
      <p class="through on-screen">
        <CaravelIcon />
        <span>{texts.through}</span>
      </p>
    </header>
  );
}

function UpdateWithoutScript() {
  const { view, texts } = usePay();
  return (
    <noscript>
      <p class="hint">{texts.withoutScript}</p>
      <a class="button quiet" href={view.path}>
        {texts.update}
      </a>
    </noscript>
  );
}

function CurrentScreen() {
  const { screen } = usePay().view;
  // The list holds for each kind what takes a screen of that kind, which TypeScript cannot follow through the look-up.
  const Drawn = screens[screen.kind] as ComponentType<{ screen: PayScreen }>;
  return <Drawn screen={screen} />;
}

/** The newest value, but while something is on its way the one before: steps in between, a moment each, would only flicker. */
function useHeldWhile<Value>(held: boolean, newest: Value): Value {
  const shown = useRef(newest);
  if (!held) shown.current = newest;
  return shown.current;
}

/** When the screen changes, its title takes the focus, so that those who listen hear it and the keyboard goes on from there. */
function useFocusOnChange(kind: PayScreen["kind"], title: string): void {
  const shown = useRef(kind);
  useEffect(() => {
    document.title = title;
    if (shown.current === kind) return;
    shown.current = kind;
    document.getElementById("title")?.focus();
  }, [kind, title]);
}

/** Whoever comes back from the shop by the browser's button wants to see this page, not to be sent away again. */
function useStayOnReturn(stay: () => void): void {
  useEffect(() => {
    const [navigation] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
    if (navigation?.type === "back_forward") stay();
  }, [stay]);
}
