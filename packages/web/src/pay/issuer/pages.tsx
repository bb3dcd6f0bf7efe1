import type { ComponentChildren } from "preact";
import { LockIcon } from "../../parts/icons.tsx";
import { NoPage } from "../../parts/no-page.tsx";
import { Screen } from "../../parts/screen.tsx";
import type { Texts } from "../texts.pt.ts";
import type { BankAction } from "../view.ts";

interface BankPageProps {
  action: BankAction;
  /** Where the payment's page is. */
  path: string;
  texts: Texts;
  /** What stands below it. */
  foot: ComponentChildren;
}

/** Leads to the issuer: by a button, by itself where a script runs, and in a frame to a frame inside it. */
export function BankPage({ action, path, texts, foot }: BankPageProps) {
  return (
    <NoPage foot={foot}>
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
    </NoPage>
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
