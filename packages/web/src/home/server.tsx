import { renderDocument } from "../parts/document.tsx";
import { CaravelIcon, CheckIcon } from "../parts/icons.tsx";
import { Languages } from "../parts/languages.tsx";
import { Screen } from "../parts/screen.tsx";
import { homeTexts } from "./texts.ts";
import type { HomeView } from "./view.ts";

export type { HomePlace, HomeView } from "./view.ts";

/** Renders what stands at the server's own address: what it is, that it runs, and where to go. */
export function renderHomePage(view: HomeView): string {
  const { title } = homeTexts[view.lang];
  return renderDocument({ lang: view.lang, title: `Caravela: ${title}`, script: "home", page: <HomePage {...view} /> });
}

function HomePage({ lang, version, places, isDemonstration }: HomeView) {
  const texts = homeTexts[lang];
  return (
    <div class="sheet home">
      <header class="summary">
        <p class="merchant" translate={false}>
          Caravela
        </p>
        <p class="faint">{texts.tagline}</p>
        {version !== null && (
          <p class="through">
            <CaravelIcon />
            <span>{texts.version(version)}</span>
          </p>
        )}
      </header>
      <main class="stack">
        <Screen icon={<CheckIcon />} tone="good" title={texts.title}>
          <p>{texts.why}</p>
          {isDemonstration ? <p class="note">{texts.demonstration}</p> : <p class="note">{texts.cameToPay}</p>}
          <ul class="places">
            {places.map(({ name, at }) => (
              <li key={name}>
                <a href={at}>
                  <strong>{texts.places[name].name}</strong> <span class="hint">{texts.places[name].about}</span>
                </a>
              </li>
            ))}
          </ul>
        </Screen>
      </main>
      <footer class="foot on-screen">
        <Languages label={texts.language} lang={lang} at="/" />
      </footer>
    </div>
  );
}
