import { ClockIcon, LookIcon } from "../parts/icons.tsx";
import { Screen } from "./screens/screen.tsx";
import type { Texts } from "./texts.pt.ts";

/** What stands at an address that is no payment's. */
export function NotFoundPage({ texts }: { texts: Texts }) {
  return (
    <div class="sheet alone">
      <main class="stack">
        <Screen icon={<LookIcon />} title={texts.notFound.title}>
          <p>{texts.notFound.why}</p>
        </Screen>
      </main>
    </div>
  );
}

/** What stands in place of a payment while the server cannot show it. */
export function UnavailablePage({ path, texts }: { path: string; texts: Texts }) {
  return (
    <div class="sheet alone">
      <main class="stack">
        <Screen icon={<ClockIcon />} title={texts.unavailable.title}>
          <p>{texts.unavailable.why}</p>
          <a class="button quiet" href={path}>
            {texts.unavailable.tryAgain}
          </a>
        </Screen>
      </main>
    </div>
  );
}
