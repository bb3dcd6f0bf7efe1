import { LANGUAGES, PAGE_LANGS, type PageLang, TAGS } from "../lang.ts";

interface LanguagesProps {
  /** What it is called, in the page's language. */
  label: string;
  lang: PageLang;
  /** Where the page is; nothing: where the browser is. */
  at: string;
}

/** Leads to the same page in another language, where the browser keeps to it. Links alone: it needs no script. */
export function Languages({ label, lang, at }: LanguagesProps) {
  return (
    <nav class="languages" aria-label={label}>
      <ul>
        {PAGE_LANGS.map((one) => (
          <li key={one} lang={TAGS[one]} translate={false}>
            {one === lang ? (
              <span aria-current="true">{LANGUAGES[one]}</span>
            ) : (
              <a href={`${at}${at.includes("?") ? "&" : "?"}lang=${one}`} hreflang={TAGS[one]}>
                {LANGUAGES[one]}
              </a>
            )}
          </li>
        ))}
      </ul>
    </nav>
  );
}
