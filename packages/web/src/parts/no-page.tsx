import { ClockIcon, LookIcon } from "./icons.tsx";
import { Screen } from "./screen.tsx";

/** What is said in place of a page. */
export interface Saying {
  title: string;
  why: string;
}

/** What stands at an address where there is nothing. */
export function NotFoundPage({ texts }: { texts: Saying }) {
  return (
    <div class="sheet alone">
      <main class="stack">
        <Screen icon={<LookIcon />} title={texts.title}>
          <p>{texts.why}</p>
        </Screen>
      </main>
    </div>
  );
}

/** What stands in place of a page while the server cannot show it. @param path where the page is. */
export function UnavailablePage({ path, texts }: { path: string; texts: Saying & { tryAgain: string } }) {
  return (
    <div class="sheet alone">
      <main class="stack">
        <Screen icon={<ClockIcon />} title={texts.title}>
          <p>{texts.why}</p>
          <a class="button quiet" href={path}>
            {texts.tryAgain}
          </a>
        </Screen>
      </main>
    </div>
  );
}
