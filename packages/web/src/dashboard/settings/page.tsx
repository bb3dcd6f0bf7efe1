import { OwnLimits } from "../parts/limits.tsx";
import { Card, Fact, Facts } from "../parts/shown.tsx";
import { useDesk } from "../shell/desk.ts";
import { renderScreen } from "../shell/render.tsx";
import { shellTexts } from "../shell/texts.ts";
import type { Shell } from "../shell/view.ts";
import { settingsTexts } from "./texts.ts";

/** Renders who one is here, and what one sets for oneself. */
export function renderSettings(shell: Shell): string {
  return renderScreen(shell, { title: settingsTexts[shell.lang].title, body: <SettingsPage /> });
}

function SettingsPage() {
  const texts = useDesk().say(settingsTexts);
  return (
    <>
      <header class="title">
        <h1>{texts.title}</h1>
      </header>
      <You />
      <Language />
      <SigningIn />
      <Server />
    </>
  );
}

function You() {
  const { me, say } = useDesk();
  const texts = say(settingsTexts);
  if (me === null) return null;
  const { by, role, terminal } = me;
  return (
    <Card id="you" title={texts.you}>
      <Facts>
        <Fact name={texts.name}>{by.name ?? by.id}</Fact>
        <Fact name={texts.role}>{role === null ? null : say(shellTexts).roles[role]}</Fact>
        <Fact name={texts.terminal}>{terminal ?? texts.allTerminals}</Fact>
        <OwnLimits me={me} />
      </Facts>
    </Card>
  );
}

function Language() {
  const { say, lang } = useDesk();
  const texts = say(settingsTexts);
  return (
    <Card id="language" title={say(shellTexts).language}>
      <form class="stack" method="post" action="/dashboard/language">
        <input type="hidden" name="to" value="/dashboard/settings" />
        <p>{texts.language}</p>
        <div class="presses">
          <button
            type="submit"
            class="button quiet small"
            name="lang"
            value="pt"
            lang="pt"
            aria-pressed={lang === "pt"}
          >
            Português
          </button>
          <button
            type="submit"
            class="button quiet small"
            name="lang"
            value="en"
            lang="en"
            aria-pressed={lang === "en"}
          >
            English
          </button>
        </div>
      </form>
    </Card>
  );
}

function SigningIn() {
  const { say, may } = useDesk();
  const texts = say(settingsTexts);
  return (
    <Card id="signing-in" title={texts.signingIn}>
      <p class="presses">
        {may("listPasskeys") && <a href="/dashboard/passkeys">{texts.passkeys}</a>}
        {may("listSessions") && <a href="/dashboard/sessions">{texts.sessions}</a>}
      </p>
    </Card>
  );
}

function Server() {
  const { say, may } = useDesk();
  const texts = say(settingsTexts);
  if (!may("getExamination")) return null;
  return (
    <Card id="server" title={texts.server}>
      <p>{texts.serverWhy}</p>
      <p>
        <a href="/dashboard/developers/doctor">{texts.examine}</a>
      </p>
    </Card>
  );
}
