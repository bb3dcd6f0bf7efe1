import type { ComponentChildren } from "preact";
import { CaravelIcon, LookIcon } from "../../parts/icons.tsx";
import { useDesk } from "./desk.ts";
import { PLACES, type Place, placeOf } from "./navigation.ts";
import { shellTexts } from "./texts.ts";

/** What stands around every screen: where else one can go, the search, who is signed in. */
export function Frame({ children }: { children: ComponentChildren }) {
  const { me, say } = useDesk();
  const texts = say(shellTexts);
  return (
    <div class="desk">
      <a class="skip" href="#main">
        {texts.skip}
      </a>
      <header class="top">
        <a class="brand" href="/dashboard" aria-label={texts.home}>
          <CaravelIcon />
          <span>Caravela</span>
        </a>
        {me !== null && <Menu />}
      </header>
      {me !== null && <Search />}
      <main id="main" tabIndex={-1}>
        {children}
      </main>
      {me !== null && <KeysHelp />}
    </div>
  );
}

/** On a wide screen the column at the left; on a narrow one it comes by a press. */
function Menu() {
  const { say } = useDesk();
  const texts = say(shellTexts);
  return (
    <>
      <TasksBadge />
      <button type="button" class="menu-button" popovertarget="menu">
        {texts.menu}
      </button>
      <nav id="menu" popover="auto" aria-label={texts.places}>
        <Places />
        <Who />
      </nav>
    </>
  );
}

function usePlaces(): readonly Place[] {
  const { may } = useDesk();
  return PLACES.filter(({ needs }) => may(needs));
}

function Places() {
  const { lang, path, tasks } = useDesk();
  const here = placeOf(path);
  return (
    <ul class="places">
      {usePlaces().map((place) => (
        <li key={place.path}>
          <a href={place.path} data-go={place.key} aria-current={place === here ? "page" : undefined}>
            {place.called[lang]}
            {place.counts === "tasks" && (
              <span class="counted" data-badge="places">
                {tasks !== null && tasks.count > 0 && <span class="badge">{countOf(tasks)}</span>}
              </span>
            )}
          </a>
        </li>
      ))}
    </ul>
  );
}

/** On every page of a narrow screen, where the places are behind a press. */
function TasksBadge() {
  const { say, tasks, may } = useDesk();
  const place = PLACES.find(({ counts, needs }) => counts === "tasks" && may(needs));
  if (place === undefined) return null;
  return (
    <span class="counted" data-badge="top">
      {tasks !== null && tasks.count > 0 && (
        <a class="badge on-top" href={place.path}>
          {say(shellTexts).tasks(countOf(tasks))}
        </a>
      )}
    </span>
  );
}

function countOf({ count, more }: { count: number; more: boolean }): string {
  return more ? `${count}+` : String(count);
}

function Who() {
  const { me, say, lang, path } = useDesk();
  const texts = say(shellTexts);
  if (me === null) return null;
  const other = lang === "pt" ? "en" : "pt";
  return (
    <div class="who">
      <p>
        <strong>{me.by.name ?? me.by.id}</strong>
        {me.role !== null && <span>{texts.roles[me.role] ?? me.role}</span>}
      </p>
      <form method="post" action="/dashboard/language">
        <input type="hidden" name="to" value={path} />
        <button type="submit" class="plain" name="lang" value={other} lang={other}>
          {other === "pt" ? "Português" : "English"}
        </button>
      </form>
      <button type="button" class="plain needs-script" data-keys>
        {texts.keys} <kbd>?</kbd>
      </button>
      {me.session !== null && (
        <form method="post" action="/dashboard/logout">
          <button type="submit" class="plain">
            {texts.signOut}
          </button>
        </form>
      )}
    </div>
  );
}

function Search() {
  const { q, say, may } = useDesk();
  const texts = say(shellTexts);
  if (!may("listPayments")) return null;
  return (
    <search>
      <form class="search" method="get" action="/dashboard/payments">
        <label class="heard" for="q">
          {texts.search}
        </label>
        <input
          id="q"
          name="q"
          type="search"
          value={q}
          maxLength={200}
          required
          autocomplete="off"
          spellcheck={false}
          placeholder={texts.searchHint}
          aria-keyshortcuts="/"
        />
        <button type="submit" aria-label={texts.find}>
          <LookIcon />
        </button>
      </form>
    </search>
  );
}

/** The keys, shown by `?`. */
function KeysHelp() {
  const { lang, say } = useDesk();
  const texts = say(shellTexts);
  return (
    <dialog id="keys" aria-labelledby="keys-title">
      <h2 id="keys-title">{texts.keys}</h2>
      <dl class="keys">
        <dt>
          <kbd>/</kbd>
        </dt>
        <dd>{texts.keysOf.search}</dd>
        {usePlaces().map(({ path, key, called }) => (
          <>
            <dt key={path}>
              <kbd>g</kbd> <kbd>{key}</kbd>
            </dt>
            <dd>{texts.keysOf.go(called[lang])}</dd>
          </>
        ))}
        <dt>
          <kbd>?</kbd>
        </dt>
        <dd>{texts.keysOf.help}</dd>
      </dl>
      <form method="dialog">
        <button type="submit" class="button quiet">
          {texts.keysClose}
        </button>
      </form>
    </dialog>
  );
}
