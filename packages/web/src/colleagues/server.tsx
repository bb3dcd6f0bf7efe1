import type { Lang } from "../lang.ts";
import { renderDocument } from "../parts/document.tsx";
import { PersonIcon } from "../parts/icons.tsx";
import { NotFoundPage, type Saying } from "../parts/no-page.tsx";
import { Screen } from "../parts/screen.tsx";
import { en } from "./texts.en.ts";
import { pt } from "./texts.pt.ts";

const texts = { pt, en };

/** Renders the page on which whoever has this machine signs in by one press. @param path where it is. */
export function renderLocalSignInPage(lang: Lang, path: string): string {
  const { title, why, signIn } = texts[lang].local;
  return renderDocument({
    lang,
    title,
    script: "no-page",
    view: {},
    page: (
      <div class="sheet alone">
        <main class="stack">
          <Screen icon={<PersonIcon />} title={title}>
            <p>{why}</p>
            <form method="post" action={path}>
              <button type="submit" class="button">
                {signIn}
              </button>
            </form>
          </Screen>
        </main>
      </div>
    ),
  });
}

/** Renders what stands at the address of a link that signs nobody in. */
export function renderLinkOverPage(lang: Lang): string {
  return renderSaying(lang, texts[lang].linkOver);
}

/** Renders what stands in place of a page of which something went wrong. */
export function renderNotDonePage(lang: Lang): string {
  return renderSaying(lang, texts[lang].notDone);
}

function renderSaying(lang: Lang, saying: Saying): string {
  const page = <NotFoundPage texts={saying} />;
  return renderDocument({ lang, title: saying.title, script: "no-page", view: {}, page });
}
