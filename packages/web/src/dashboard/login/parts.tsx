import type { ComponentChildren } from "preact";
import { CaravelIcon } from "../../parts/icons.tsx";
import type { Texts } from "./texts.pt.ts";
import type { LoginProblem, WherePasskeys } from "./view.ts";

interface LoginSheetProps {
  merchant: string;
  texts: Texts;
  children: ComponentChildren;
}

/** The sheet that each page of signing in is: whose dashboard it is on one side, what is asked on the other. */
export function LoginSheet({ merchant, texts, children }: LoginSheetProps) {
  return (
    <div class="sheet login">
      <header class="summary">
        <p class="merchant">{merchant}</p>
        <p class="faint">{texts.dashboard}</p>
        <p class="through">
          <CaravelIcon />
          <span>{texts.through}</span>
        </p>
      </header>
      <main class="stack">{children}</main>
    </div>
  );
}

/** Why the last press came to nothing. */
export function Problem({ problem, texts }: { problem: LoginProblem | null; texts: Texts }) {
  return problem === null ? null : (
    <p class="warning" role="alert">
      {texts.problems[problem]}
    </p>
  );
}

interface PasskeyFormProps {
  /** Whether a passkey is made, or answered by. */
  does: "create" | "get";
  /** Where the form goes with the answer, and what is asked of the browser comes from `…/options`. */
  action: string;
  press: string;
  passkeys: WherePasskeys;
  texts: Texts;
  /** More fields. */
  children?: ComponentChildren;
}

/** The form that a passkey answers, or why none can here. */
export function PasskeyForm({ does, action, press, passkeys, texts, children }: PasskeyFormProps) {
  const { impossible, found } = texts;
  if (typeof passkeys === "string") return <p class="warning">{impossible[passkeys]}</p>;
  return (
    <>
      <noscript>
        <p class="warning">{impossible.script}</p>
      </noscript>
      <form class="stack needs-script" method="post" action={action} data-passkey={does} data-origin={passkeys.origin}>
        {children}
        <input type="hidden" name="answer" value="" autocomplete="off" />
        <button class="button" type="submit">
          {press}
        </button>
        {Object.entries(found).map(([what, words]) => (
          <p key={what} class="warning" role="alert" data-found={what} hidden>
            {words}
          </p>
        ))}
      </form>
      <div class="elsewhere" data-elsewhere hidden>
        <p class="warning">{impossible.elsewhere}</p>
        <a class="button" href={`${passkeys.origin}${action}`}>
          {impossible.open}
        </a>
      </div>
    </>
  );
}
