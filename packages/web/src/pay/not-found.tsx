import { LookIcon } from "../parts/icons.tsx";
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
