import type { ComponentChildren } from "preact";
import { ClockIcon, LookIcon } from "./icons.tsx";
import { Screen } from "./screen.tsx";

/** What is said in place of a page. */
export interface Saying {
  title: string;
  why: string;
}

/** What stands at an address where there is nothing. @param foot what stands below it. */
export function NotFoundPage({ texts, foot }: { texts: Saying; foot?: ComponentChildren }) {
  return (
    <NoPage foot={foot}>
      <Screen icon={<LookIcon />} title={texts.title}>
        <p>{texts.why}</p>
      </Screen>
    </NoPage>
  );
}

interface UnavailableProps {
  path: string;
  texts: Saying & { tryAgain: string };
  foot?: ComponentChildren;
}

/** What stands in place of a page while the server cannot show it. @param path where the page is. */
export function UnavailablePage({ path, texts, foot }: UnavailableProps) {
  return (
    <NoPage foot={foot}>
      <Screen icon={<ClockIcon />} title={texts.title}>
        <p>{texts.why}</p>
        <a class="button quiet" href={path}>
          {texts.tryAgain}
        </a>
      </Screen>
    </NoPage>
  );
}

/** What stands where a page may not be shown inside another. @param path where it is by itself. */
export function NotHerePage({ path, texts }: { path: string; texts: Saying & { open: string } }) {
  return (
    <NoPage>
      <Screen icon={<LookIcon />} title={texts.title}>
        <p>{texts.why}</p>
        <a class="button" href={path} target="_top">
          {texts.open}
        </a>
      </Screen>
    </NoPage>
  );
}

/** A page that only says something. */
export function NoPage({ foot, children }: { foot?: ComponentChildren; children: ComponentChildren }) {
  return (
    <div class="sheet alone">
      <main class="stack">{children}</main>
      {foot !== undefined && <footer class="foot on-screen">{foot}</footer>}
    </div>
  );
}
