import type { ComponentChildren } from "preact";
import { Alert } from "./alert.tsx";
import type { PageView } from "./live.ts";
import type { LivePage } from "./live-page.ts";
import { PageProvider } from "./page-context.ts";
import { WayBackAbove } from "./returning.tsx";
import { Foot } from "./shop.tsx";
import type { PageTexts } from "./texts.pt.ts";

interface SheetProps<View extends PageView, Texts extends PageTexts> {
  live: LivePage<View, Texts>;
  /** What it is all about, on one side. */
  summary: ComponentChildren;
  /** Whether a browser without script fetches the page again by itself. */
  refreshes?: boolean;
  /** Where this very page is, where it is not the view's path alone. */
  at?: string;
  /** Whether it is shown inside a page of the shop's, which says who is paid and leads on. */
  inside?: boolean;
  /** Where the customer stands, on the other. */
  children: ComponentChildren;
}

/** The sheet that every customer's page is. */
export function Sheet<View extends PageView, Texts extends PageTexts>({
  live: { page, online, failed, spoken },
  summary,
  refreshes = false,
  at,
  inside = false,
  children,
}: SheetProps<View, Texts>) {
  const { texts, view } = page;
  return (
    <PageProvider value={page}>
      <div class={inside ? "sheet inside" : "sheet"}>
        {!inside && (
          <header class="summary">
            <WayBackAbove />
            {summary}
          </header>
        )}
        <main class="stack">
          {!online && <p class="warning">{texts.offline}</p>}
          {failed && <Alert>{texts.notSent}</Alert>}
          {children}
          {refreshes && (
            <noscript>
              <p class="hint">{texts.withoutScript}</p>
              <a class="button quiet" href={view.path}>
                {texts.update}
              </a>
            </noscript>
          )}
        </main>
        {!inside && <Foot at={at ?? view.path} />}
      </div>
      <p class="heard" aria-live="polite">
        {spoken}
        {page.slow && texts.asking}
      </p>
    </PageProvider>
  );
}
