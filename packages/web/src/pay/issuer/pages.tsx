import { LockIcon } from "../../parts/icons.tsx";
import { Screen } from "../../parts/screen.tsx";
import type { Texts } from "../texts.pt.ts";
import type { BankAction } from "../view.ts";

/** Leads to the issuer: by a button, by itself where a script runs, and in a frame to a frame inside it. */
export function BankPage({ action, path, texts }: { action: BankAction; path: string; texts: Texts }) {
  return (
    <div class="sheet alone">
      <main class="stack">
        <Screen icon={<LockIcon />} title={texts.challenge.title}>
          <form class="stack" method="post" action={action.url} data-title={texts.challenge.frame}>
            {Object.entries(action.fields).map(([name, value]) => (
              <input key={name} type="hidden" name={name} value={value} autocomplete="off" />
            ))}
            <button type="submit" class="button">
              {texts.challenge.atTheBank}
            </button>
          </form>
          <a class="button quiet" href={path}>
            {texts.challenge.back}
          </a>
        </Screen>
      </main>
    </div>
  );
}

/** Where the issuer sends its customer back to, in a frame: for a moment, until the page around it knows. */
export function BackFromBankPage({ texts }: { texts: Texts }) {
  return (
    <main>
      <h1>{texts.moment.title}</h1>
    </main>
  );
}
