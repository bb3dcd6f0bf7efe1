import type { ComponentChildren } from "preact";
import { day } from "../parts/day.ts";
import { euros } from "../parts/euros.ts";
import { PageForm, Submit } from "../parts/form.tsx";
import { CheckIcon, ClockIcon, CrossIcon, NoticeIcon, PauseIcon } from "../parts/icons.tsx";
import { useLivePage } from "../parts/live-page.ts";
import { moment } from "../parts/moment.ts";
import { type Page, usePage } from "../parts/page-context.ts";
import { WayBack } from "../parts/returning.tsx";
import { Screen } from "../parts/screen.tsx";
import { Sheet } from "../parts/sheet.tsx";
import { canBeEnded, endWords, paceOf, titleOf } from "./looks.ts";
import { Terms, TermsSummary } from "./terms.tsx";
import type { Texts } from "./texts.pt.ts";
import type { ChargeOnPage, MandateScreen, MandateView } from "./view.ts";

const useMandate = usePage<Page<MandateView, Texts>>;

/**
 * The page where a mandate is looked after: what was agreed on one side, how it stands and what was charged on the
 * other.
 */
export function MandatePage({ view: first, texts }: { view: MandateView; texts: Texts }) {
  const { asksToEnd } = first;
  const live = useLivePage(first, texts, {
    paceOf,
    // What comes later tells how things stand; what this page asks it was asked for with.
    titleOf: (view) => titleOf({ ...view, asksToEnd }, texts),
  });
  const { view } = live.page;
  return (
    <Sheet
      live={live}
      summary={<TermsSummary view={view} texts={texts.terms} />}
      at={asksToEnd ? `${view.path}?end` : view.path}
    >
      {asksToEnd && canBeEnded(view) ? <AskToEnd /> : <Standing />}
    </Sheet>
  );
}

const LOOKS: Record<MandateScreen["kind"], { icon: ComponentChildren; tone: "calm" | "good" | "bad" }> = {
  pending: { icon: <ClockIcon />, tone: "calm" },
  active: { icon: <CheckIcon />, tone: "good" },
  suspended: { icon: <PauseIcon />, tone: "calm" },
  canceled: { icon: <CrossIcon />, tone: "calm" },
  expired: { icon: <ClockIcon />, tone: "calm" },
  refused: { icon: <CrossIcon />, tone: "calm" },
};

function Standing() {
  const { view, texts } = useMandate();
  const { kind } = view.screen;
  const words = texts.screens[kind];
  return (
    <Screen {...LOOKS[kind]} title={words.title}>
      <p>{words.why(view.shop.name)}</p>
      {kind === "pending" && (
        <a class="button" href={view.authorizePath}>
          {texts.follow}
        </a>
      )}
      {canBeEnded(view) && (
        <>
          <Terms view={view} texts={texts.terms} managePath={null} />
          <Coming />
        </>
      )}
      {kind !== "pending" && kind !== "refused" && <Past />}
      {canBeEnded(view) && (
        <a class="button quiet grave on-screen" href={`${view.path}?end`}>
          {endWords(view, texts).press}
        </a>
      )}
      <WayBack />
    </Screen>
  );
}

/** What will be charged, the soonest first. */
function Coming() {
  const { texts } = useMandate();
  return (
    <section class="coming" aria-labelledby="coming">
      <h2 id="coming">{texts.coming.title}</h2>
      <NextCharges />
    </section>
  );
}

function NextCharges() {
  const { view, texts } = useMandate();
  const next = view.plans
    .flatMap(({ nextDate, ...plan }) => (nextDate === null ? [] : [{ ...plan, nextDate }]))
    .sort((a, b) => a.nextDate.localeCompare(b.nextDate));
  if (next.length === 0) return <p class="hint">{texts.coming.none}</p>;
  return (
    <ul class="charges">
      {next.map(({ id, nextDate, amount, description }) => (
        <li key={id}>
          <span class="what">
            {day(nextDate, view.lang)}
            {description !== null && <span class="hint">{description}</span>}
          </span>
          <span class="how-much">{euros(amount, view.lang)}</span>
        </li>
      ))}
    </ul>
  );
}

/** What was charged, the newest first. */
function Past() {
  const { view, texts } = useMandate();
  return (
    <section class="past" aria-labelledby="past">
      <h2 id="past">{texts.past.title}</h2>
      {view.charges.length === 0 ? (
        <p class="hint">{texts.past.none}</p>
      ) : (
        <ul class="charges">
          {view.charges.map((charge) => (
            <Charge key={charge.id} charge={charge} />
          ))}
        </ul>
      )}
      {view.hasMoreCharges && <p class="hint">{texts.past.more}</p>}
    </section>
  );
}

function Charge({ charge: { at, amount, description, state, payPath } }: { charge: ChargeOnPage }) {
  const { view, texts } = useMandate();
  return (
    <li>
      <span class="what">
        {moment(at, view.lang)}
        {description !== null && description !== view.description && <span class="hint">{description}</span>}
        {state === "to_approve" && <span class="hint">{texts.past.approve}</span>}
        {payPath !== null && <a href={payPath}>{texts.past.settle}</a>}
      </span>
      <span class="how-much">
        {euros(amount, view.lang)}
        <span class={`state ${state}`}>{texts.past.states[state]}</span>
      </span>
    </li>
  );
}

/** The step before the end: a press by mistake ends nothing. */
function AskToEnd() {
  const { view, texts } = useMandate();
  const words = endWords(view, texts);
  const isPlanned = view.plans.some(({ nextDate }) => nextDate !== null);
  return (
    <Screen icon={<NoticeIcon />} tone="bad" title={words.title}>
      <p>{words.why(view.shop.name)}</p>
      {isPlanned && (
        <>
          <p>{texts.end.notCharged}</p>
          <NextCharges />
        </>
      )}
      <PageForm to="cancel">
        <input type="hidden" name="confirmed" value="yes" autocomplete="off" />
        <Submit look="grave">{words.yes}</Submit>
      </PageForm>
      <a class="button quiet" href={view.path}>
        {texts.end.no}
      </a>
    </Screen>
  );
}
