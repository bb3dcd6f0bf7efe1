import type { Lang } from "../../lang.ts";
import { KeyIcon, LockIcon, PersonIcon } from "../../parts/icons.tsx";
import { Screen } from "../../parts/screen.tsx";
import { LoginSheet, PasskeyForm, Problem } from "./parts.tsx";
import type { Texts } from "./texts.pt.ts";
import type { InvitationView, PasskeyOnPage, PasskeysView, SignInView, TouchView } from "./view.ts";

interface Of<View> {
  view: View;
  texts: Texts;
}

/** Where somebody signs in. */
export function SignInPage({ view, texts }: Of<SignInView>) {
  const { merchant, passkeys, path, problem, back, signOnPath, signedOut } = view;
  const says = texts.signIn;
  return (
    <LoginSheet merchant={merchant} texts={texts}>
      <Screen icon={<KeyIcon />} title={says.title}>
        <Problem problem={problem} texts={texts} />
        {signedOut && <p class="note">{says.signedOut}</p>}
        <p>{says.why}</p>
        <PasskeyForm does="get" action={path} press={says.press} passkeys={passkeys} texts={texts}>
          {back !== null && <input type="hidden" name="to" value={back} autocomplete="off" />}
        </PasskeyForm>
        {signOnPath !== null && (
          <a class="button quiet" href={signOnPath}>
            {says.signOn}
          </a>
        )}
        <p class="hint">{says.lost}</p>
      </Screen>
    </LoginSheet>
  );
}

/** Who is invited to what. Looking at it changes nothing. */
export function InvitationPage({ view, texts }: Of<InvitationView>) {
  const { merchant, passkeys, path, problem, name, role, minutesLeft } = view;
  const says = texts.invitation;
  return (
    <LoginSheet merchant={merchant} texts={texts}>
      <Screen icon={<PersonIcon />} title={says.title(name)}>
        <Problem problem={problem} texts={texts} />
        <p>{says.why(merchant)}</p>
        <p class="note">
          <strong>{texts.roles[role].name}</strong>
          <br />
          {texts.roles[role].may}
        </p>
        <p>{says.how}</p>
        <PasskeyForm does="create" action={path} press={says.press} passkeys={passkeys} texts={texts} />
        <p class="hint">{says.left(minutesLeft)}</p>
      </Screen>
    </LoginSheet>
  );
}

/** What stands at the address of an invitation that was used, or whose time is over, or that never was. */
export function GonePage({ merchant, signInPath, texts }: { merchant: string; signInPath: string; texts: Texts }) {
  return (
    <LoginSheet merchant={merchant} texts={texts}>
      <Screen icon={<LockIcon />} title={texts.gone.title}>
        <p>{texts.gone.why}</p>
        <a class="button quiet" href={signInPath}>
          {texts.gone.signIn}
        </a>
      </Screen>
    </LoginSheet>
  );
}

/** Asks for the passkey once more. */
export function TouchPage({ view, texts }: Of<TouchView>) {
  const { merchant, passkeys, path, problem, back, signOnPath } = view;
  const says = texts.touch;
  return (
    <LoginSheet merchant={merchant} texts={texts}>
      <Screen icon={<LockIcon />} title={says.title}>
        <Problem problem={problem} texts={texts} />
        <p>{says.why}</p>
        {signOnPath === null ? (
          <PasskeyForm does="get" action={path} press={says.press} passkeys={passkeys} texts={texts}>
            <input type="hidden" name="to" value={back} autocomplete="off" />
          </PasskeyForm>
        ) : (
          <a class="button" href={signOnPath}>
            {says.signOn}
          </a>
        )}
        <a class="button quiet" href={back}>
          {says.back}
        </a>
      </Screen>
    </LoginSheet>
  );
}

/** Where somebody looks after their own passkeys. */
export function PasskeysPage({ view, texts }: Of<PasskeysView>) {
  const { merchant, passkeys, path, problem, held, lang, touchPath } = view;
  const says = texts.passkeys;
  return (
    <LoginSheet merchant={merchant} texts={texts}>
      <Screen icon={<KeyIcon />} title={says.title}>
        <Problem problem={problem} texts={texts} />
        <p>{says.why}</p>
        <ul class="held">
          {held.map((one) => (
            <Held key={one.id} passkey={one} path={path} lang={lang} says={says} />
          ))}
        </ul>
        <h2>{says.add}</h2>
        {touchPath === null ? (
          <PasskeyForm does="create" action={path} press={says.press} passkeys={passkeys} texts={texts}>
            <div class="field">
              <label for="name">{says.name}</label>
              <input id="name" name="name" maxLength={60} autocomplete="off" aria-describedby="name-hint" />
              <span id="name-hint" class="hint">
                {says.nameHint}
              </span>
            </div>
          </PasskeyForm>
        ) : (
          <a class="button" href={touchPath}>
            {says.confirm}
          </a>
        )}
        <a class="button quiet" href="/dashboard">
          {says.back}
        </a>
      </Screen>
    </LoginSheet>
  );
}

interface HeldProps {
  passkey: PasskeyOnPage;
  path: string;
  lang: Lang;
  says: Texts["passkeys"];
}

function Held({ passkey: { id, name, createdAt, usedAt }, path, lang, says }: HeldProps) {
  const day = new Intl.DateTimeFormat(lang === "pt" ? "pt-PT" : "en-GB", {
    dateStyle: "medium",
    timeZone: "Europe/Lisbon",
  });
  const print = (moment: string) => day.format(new Date(moment));
  return (
    <li>
      <span class="what">
        {name}
        <span class="hint">
          {says.created(print(createdAt))}, {usedAt === null ? says.unused : says.used(print(usedAt))}
        </span>
      </span>
      <form method="post" action={`${path}/${id}/remove`}>
        <button class="button quiet grave" type="submit" aria-label={says.removeOne(name)}>
          {says.remove}
        </button>
      </form>
    </li>
  );
}

/** What leads on to the dashboard from the provider's page: a browser would not send the new cookie with a redirect. */
export function SignedOnPage({ merchant, path, texts }: { merchant: string; path: string; texts: Texts }) {
  return (
    <LoginSheet merchant={merchant} texts={texts}>
      <Screen icon={<KeyIcon />} tone="good" title={texts.signedOn.title}>
        <p>{texts.signedOn.why}</p>
        <a class="button" href={path}>
          {texts.signedOn.goOn}
        </a>
      </Screen>
    </LoginSheet>
  );
}
