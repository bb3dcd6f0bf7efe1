import type { ComponentChildren, VNode } from "preact";
import type { Lang } from "../../lang.ts";
import { renderDocument } from "../../parts/document.tsx";
import { GonePage, InvitationPage, PasskeysPage, SignedOnPage, SignInPage, TouchPage } from "./pages.tsx";
import { en } from "./texts.en.ts";
import { pt } from "./texts.pt.ts";
import type { InvitationView, PasskeysView, SignInView, TouchView } from "./view.ts";

export type {
  InvitationView,
  LoginProblem,
  PasskeyOnPage,
  PasskeysView,
  SignInView,
  TouchView,
  WherePasskeys,
} from "./view.ts";

const textsIn = { pt, en };

/** Renders the page where somebody signs in as a whole HTML document. */
export function renderSignInPage(view: SignInView): string {
  const texts = textsIn[view.lang];
  return render(view.lang, texts.signIn.title, <SignInPage view={view} texts={texts} />);
}

/** Renders the page of an invitation. */
export function renderInvitationPage(view: InvitationView): string {
  const texts = textsIn[view.lang];
  return render(view.lang, texts.invitation.title(view.name), <InvitationPage view={view} texts={texts} />);
}

/** Renders what stands at the address of an invitation that is not good (any more). */
export function renderGonePage(lang: Lang, of: { merchant: string; signInPath: string }): string {
  const texts = textsIn[lang];
  return render(lang, texts.gone.title, <GonePage {...of} texts={texts} />);
}

/** Renders the page that asks for the passkey once more. */
export function renderTouchPage(view: TouchView): string {
  const texts = textsIn[view.lang];
  return render(view.lang, texts.touch.title, <TouchPage view={view} texts={texts} />);
}

/** Renders the page where somebody looks after their own passkeys. */
export function renderPasskeysPage(view: PasskeysView): string {
  const texts = textsIn[view.lang];
  return render(view.lang, texts.passkeys.title, <PasskeysPage view={view} texts={texts} />);
}

/** Renders what leads on to the dashboard once somebody was signed in by the company's own provider. */
export function renderSignedOnPage(lang: Lang, of: { merchant: string; path: string }): string {
  const texts = textsIn[lang];
  const onward = <meta http-equiv="refresh" content={`0; url=${of.path}`} />;
  return render(lang, texts.signedOn.title, <SignedOnPage {...of} texts={texts} />, onward);
}

/** No script goes on from what was drawn: it only leads a form through its passkey. */
function render(lang: Lang, title: string, page: VNode, head?: ComponentChildren): string {
  return renderDocument({ lang, title, script: "login", page, view: {}, head });
}
