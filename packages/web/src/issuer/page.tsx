import type { ComponentChildren } from "preact";
import type { Lang } from "../lang.ts";
import { euros } from "../parts/euros.ts";
import { texts } from "./texts.ts";
import type { BankView, ChallengeView, EndingView } from "./view.ts";

/** The bank asks its customer for the password. */
export function ChallengePage({ lang, id, merchant, amount, card, isWrong, returnUrl }: ChallengeView) {
  const said = texts[lang];
  return (
    <Bank lang={lang}>
      <h1>{said.title}</h1>
      <p>{said.asks(merchant)}</p>
      <p class="amount">{euros(amount, lang)}</p>
      <p class="card">{`${card.firstSix.slice(0, 4)} ${card.firstSix.slice(4)}•• •••• ${card.lastFour}`}</p>
      <form method="post" action="/issuer/challenge/answer">
        <input type="hidden" name="id" value={id} />
        {returnUrl !== null && <input type="hidden" name="returnUrl" value={returnUrl} />}
        <label for="password">{said.password}</label>
        {isWrong && (
          <p class="wrong" id="wrong" role="alert">
            {said.wrong}
          </p>
        )}
        <input
          id="password"
          name="password"
          type="password"
          inputMode="numeric"
          autocomplete="one-time-code"
          maxLength={20}
          // biome-ignore lint/a11y/noAutofocus: the page is there for this field alone
          autoFocus
          aria-describedby={isWrong ? "hint wrong" : "hint"}
        />
        <p class="hint" id="hint">
          {said.hint}
        </p>
        <button type="submit" name="press" value="confirm">
          {said.confirm}
        </button>
        <button type="submit" name="press" value="cancel" class="second" formNoValidate>
          {said.cancel}
        </button>
      </form>
    </Bank>
  );
}

/** The bank is done. `browser.ts` reads what it is to say from the `main` element. */
export function EndingPage({ lang, id, ending, returnUrl }: EndingView) {
  const said = texts[lang];
  return (
    <Bank lang={lang} data={{ "data-action": id, "data-ending": ending ?? "", "data-return-url": returnUrl ?? "" }}>
      <h1>{said.endings[ending ?? "over"]}</h1>
      <p>
        {returnUrl === null ? (
          said.close
        ) : (
          <a href={returnUrl} target="_top">
            {said.back}
          </a>
        )}
      </p>
    </Bank>
  );
}

/** What this bank is, and its cards. */
export function BankPage({ lang, cards, waiting }: BankView) {
  const said = texts[lang];
  return (
    <Bank lang={lang} wide>
      <h1>{said.bank}</h1>
      <p>{said.about}</p>
      <p>{said.waiting(waiting)}</p>
      <table>
        <thead>
          <tr>
            <th>{said.card}</th>
            <th>{said.outcome}</th>
          </tr>
        </thead>
        <tbody>
          {cards.map(({ number, says }) => (
            <tr key={number}>
              <td>
                <code>{number.replace(/(.{4})(?=.)/g, "$1 ")}</code>
              </td>
              <td>{says}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Bank>
  );
}

interface BankProps {
  lang: Lang;
  wide?: boolean;
  /** What the script of the last page is to know. */
  data?: Record<`data-${string}`, string>;
  children: ComponentChildren;
}

function Bank({ lang, wide = false, data = {}, children }: BankProps) {
  return (
    <main class={wide ? "wide" : ""} {...data}>
      <p class="bank">
        <svg viewBox="0 0 24 24" aria-hidden="true" focusable="false">
          <path d="M2 19h20l-3 3H5zM11 2v15H5c4-4 6-9 6-15zm2 3c4 3 6 7 7 12h-7z" />
        </svg>
        {texts[lang].bank}
      </p>
      {children}
      <p class="simulated">{texts[lang].simulated}</p>
    </main>
  );
}
