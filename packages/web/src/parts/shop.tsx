import { footTexts } from "./foot-texts.ts";
import { LockIcon } from "./icons.tsx";
import { inThrees } from "./in-threes.ts";
import { Languages } from "./languages.tsx";
import type { ShopOnPage } from "./live.ts";
import { usePage } from "./page-context.ts";

/** Who is paid, at the top. @param label what is said before the name. */
export function PaidTo({ label, shop: { name, logo } }: { label: string; shop: ShopOnPage }) {
  return (
    <>
      {/* the name stands beside it */}
      {logo !== null && <img class="logo" src={logo} alt="" />}
      <p class="merchant">
        <span class="faint">{label}</span> {name}
      </p>
    </>
  );
}

/** What the customer knows the shop by in the app, where that is another name. */
export function KnownInApp() {
  const { view, texts } = usePage();
  const { name, inApp } = view.shop;
  if (inApp === null || inApp === name) return null;
  return <p class="hint">{texts.onPhone.knownAs(name, inApp)}</p>;
}

/**
 * Who is paid, by whom it is secured, how the shop is reached and what it owes its customers to name.
 * @param at where this very page is.
 */
export function Foot({ at }: { at: string }) {
  // It never changes: the page's script leaves what the server drew as it is, and needs not bring it along.
  if (!IS_SERVER) return <footer class="foot on-screen" dangerouslySetInnerHTML={{ __html: "" }} />;
  return <DrawnFoot at={at} />;
}

function DrawnFoot({ at }: { at: string }) {
  const { view, texts } = usePage();
  const { name, taxNumber, contact, terms, privacy, complaints } = view.shop;
  const words = footTexts[view.lang];
  const named = [
    { word: words.terms, url: terms },
    { word: words.privacy, url: privacy },
    { word: words.complaints, url: complaints },
  ];
  const links = named.flatMap(({ word, url }) => (url === null ? [] : [{ word, url }]));
  return (
    <footer class="foot on-screen">
      <p class="handled-by">
        <LockIcon />
        <span>{words.secured}</span>
      </p>
      <p>
        {name}
        {taxNumber !== null && ` · ${words.taxNumber}\u00a0${inThrees(taxNumber)}`}
      </p>
      {contact !== null && (
        <p>
          <Contact line={contact} />
        </p>
      )}
      {links.length > 0 && (
        <ul class="foot-links">
          {links.map(({ word, url }) => (
            <li key={word}>
              {/* beside the payment, which stays */}
              <a href={url} target="_blank" rel="noopener noreferrer">
                {word}
              </a>
            </li>
          ))}
        </ul>
      )}
      <Languages label={texts.language} lang={view.lang} at={at} />
    </footer>
  );
}

/** How a shop is reached, as it wrote it: what can be pressed is. */
function Contact({ line }: { line: string }) {
  return (
    <>
      {line.split(/(,\s*)/).map((part, place) => {
        const href = wayTo(part);
        return href === null ? (
          part
        ) : (
          <a key={place} href={href}>
            {part}
          </a>
        );
      })}
    </>
  );
}

function wayTo(part: string): string | null {
  if (/^[^\s@:/?#]+@[^\s@:/?#]+\.[^\s@:/?#]+$/.test(part)) return `mailto:${part}`;
  if (/^\+?[\d ]{9,18}$/.test(part)) return `tel:${part.replaceAll(" ", "")}`;
  return /^https?:\/\/\S+$/.test(part) ? part : null;
}
