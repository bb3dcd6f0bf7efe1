import type { ComponentType } from "preact";
import { Terms, TermsSummary } from "../mandate/terms.tsx";
import { ending } from "../parts/ending.ts";
import { ClockIcon, CrossIcon, PaidMedallion, PauseIcon, PhoneIcon } from "../parts/icons.tsx";
import { useLivePage } from "../parts/live-page.ts";
import { type Page, usePage } from "../parts/page-context.ts";
import { RequestOnPhone } from "../parts/request-on-phone.tsx";
import { Returning, WayBack } from "../parts/returning.tsx";
import { Screen } from "../parts/screen.tsx";
import { Sheet } from "../parts/sheet.tsx";
import { KnownInApp } from "../parts/shop.tsx";
import { paceOf, refreshWithoutScript, titleOf } from "./looks.ts";
import type { Texts } from "./texts.pt.ts";
import type { AuthorizeScreen, AuthorizeView } from "./view.ts";

const useAuthorize = usePage<Page<AuthorizeView, Texts>>;

type ScreenOf<Kind extends AuthorizeScreen["kind"]> = Extract<AuthorizeScreen, { kind: Kind }>;

/** The page where a mandate is agreed to: who asks and what for on one side, where the customer stands on the other. */
export function AuthorizePage({ view: first, texts }: { view: AuthorizeView; texts: Texts }) {
  const live = useLivePage(first, texts, { paceOf, titleOf });
  const { view } = live.page;
  return (
    <Sheet
      live={live}
      summary={<TermsSummary view={view} texts={texts.terms} />}
      refreshes={refreshWithoutScript(view)?.url === view.path}
    >
      <CurrentScreen key={view.screen.kind} />
    </Sheet>
  );
}

const screens: { [Kind in AuthorizeScreen["kind"]]: ComponentType<{ screen: ScreenOf<Kind> }> } = {
  unconfirmed: Unconfirmed,
  waiting: Waiting,
  confirming: Confirming,
  active: Active,
  suspended: Suspended,
  refused: Refused,
  over: Over,
};

function CurrentScreen() {
  const { screen } = useAuthorize().view;
  // The list holds for each kind what takes a screen of that kind, which TypeScript cannot follow through the look-up.
  const Drawn = screens[screen.kind] as ComponentType<{ screen: AuthorizeScreen }>;
  return <Drawn screen={screen} />;
}

function Unconfirmed() {
  const { texts } = useAuthorize();
  return (
    <Screen icon={<ClockIcon />} title={texts.unconfirmed.title} busy>
      <p>{texts.unconfirmed.why}</p>
      <Agreement />
    </Screen>
  );
}

function Waiting({ screen }: { screen: ScreenOf<"waiting"> }) {
  const { view, texts } = useAuthorize();
  return (
    <Screen icon={<PhoneIcon />} title={texts.waiting.title}>
      <p>{texts.waiting.sent(ending(view.phone))}</p>
      <RequestOnPhone secondsLeft={screen.secondsLeft}>
        <p>{texts.waiting.asks(view.shop.inApp ?? view.shop.name)}</p>
        <p class="bubble-purpose">{view.description}</p>
      </RequestOnPhone>
      <KnownInApp />
      <Agreement />
      <p class="hint">{texts.waiting.ifNot}</p>
    </Screen>
  );
}

function Confirming() {
  const { texts } = useAuthorize();
  return (
    <Screen icon={<ClockIcon />} title={texts.confirming.title} busy>
      <p>{texts.confirming.why}</p>
      <Agreement />
    </Screen>
  );
}

function Active({ screen }: { screen: ScreenOf<"active"> }) {
  const { view, texts } = useAuthorize();
  return (
    <Screen sign={<PaidMedallion />} title={texts.active.title}>
      <p>{texts.active.why(view.shop.name)}</p>
      <Terms view={view} texts={texts.terms} managePath={view.managePath} />
      <Returning seconds={screen.returnAfterSeconds} />
      <WayBack />
    </Screen>
  );
}

function Suspended() {
  const { view, texts } = useAuthorize();
  return (
    <Screen icon={<PauseIcon />} title={texts.suspended.title}>
      <p>{texts.suspended.why}</p>
      <Terms view={view} texts={texts.terms} managePath={view.managePath} />
      <WayBack />
    </Screen>
  );
}

function Refused({ screen }: { screen: ScreenOf<"refused"> }) {
  const { view, texts } = useAuthorize();
  const words = texts.refused[screen.reason];
  return (
    <Screen
      icon={screen.reason === "not_answered" ? <ClockIcon /> : <CrossIcon />}
      tone={screen.reason === "withdrawn" ? "calm" : "bad"}
      title={words.title}
    >
      <p>{words.why(view.shop.name)}</p>
      <WayBack />
    </Screen>
  );
}

function Over({ screen }: { screen: ScreenOf<"over"> }) {
  const { view, texts } = useAuthorize();
  const words = texts.over[screen.why];
  return (
    <Screen icon={<CrossIcon />} title={words.title}>
      <p>{words.why(view.shop.name)}</p>
      <a class="button quiet" href={view.managePath}>
        {texts.charges}
      </a>
      <WayBack />
    </Screen>
  );
}

/** What is agreed to by approving. */
function Agreement() {
  const { view, texts } = useAuthorize();
  return (
    <section class="agreement" aria-labelledby="agreement">
      <h2 id="agreement">{texts.agreement}</h2>
      <Terms view={view} texts={texts.terms} managePath={view.managePath} />
    </section>
  );
}
