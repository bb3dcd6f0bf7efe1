import type { Cents } from "@caravela/sibs/money";
import { Alert } from "../../parts/alert.tsx";
import { ending } from "../../parts/ending.ts";
import { euros } from "../../parts/euros.ts";
import { ClockIcon, CrossIcon, NoticeIcon } from "../../parts/icons.tsx";
import { WayBack } from "../../parts/returning.tsx";
import { Screen } from "../../parts/screen.tsx";
import { usePay } from "../context.ts";
import { advise } from "../next-steps.ts";
import { WantNothing } from "../other-way.tsx";
import type { ScreenOf } from "../view.ts";
import { Ways } from "../ways.tsx";

/** Nothing asked of the customer yet. */
export function Choose() {
  const { texts } = usePay();
  return (
    <Screen title={texts.choose.title}>
      <Choices />
    </Screen>
  );
}

/** Nothing that the customer could do. */
export function NothingToChoose() {
  const { view, texts } = usePay();
  if (view.outOfReach.length > 0) {
    return (
      <Screen icon={<NoticeIcon />} title={texts.reach.none}>
        <Choices />
      </Screen>
    );
  }
  return (
    <Screen icon={<ClockIcon />} title={texts.nothingToChoose.title}>
      <p>{texts.nothingToChoose.why(view.shop.name)}</p>
      <WayBack />
    </Screen>
  );
}

export function Declined({ screen }: { screen: ScreenOf<"declined"> }) {
  const { view, texts } = usePay();
  const words = texts.declined[screen.reason];
  return (
    <Screen icon={<CrossIcon />} tone="bad" title={words.title}>
      <p>
        {words.why} {advise(view, screen.reason, texts)}
      </p>
      <Choices />
    </Screen>
  );
}

export function NotAnswered() {
  const { view, texts } = usePay();
  return (
    <Screen icon={<ClockIcon />} tone="bad" title={texts.notAnswered.title}>
      <p>
        {texts.notAnswered.why} {advise(view, "not_answered", texts)} {texts.notAnswered.safe}
      </p>
      <Choices />
    </Screen>
  );
}

export function Failed() {
  const { view, texts } = usePay();
  return (
    <Screen icon={<NoticeIcon />} tone="bad" title={texts.failed.title}>
      <p>
        {texts.failed.why} {advise(view, "failed", texts)}
      </p>
      <Choices />
    </Screen>
  );
}

/** What keeps the customer from what was asked for, said above the ways there are. */
function Hindrance() {
  const { view, texts } = usePay();
  const { phoneRests, mandateGone, cardTyped } = view;
  const problem = cardTyped?.problems.form;
  return (
    <>
      {phoneRests !== null && (
        <Alert>
          {texts.phone.rests(phoneRests)} {advise(view, "phone_rests", texts)}
        </Alert>
      )}
      {mandateGone && (
        <Alert>
          {texts.mandate.gone} {advise(view, "mandate_gone", texts)}
        </Alert>
      )}
      {problem !== undefined && (
        <Alert>
          {texts.card.formProblems[problem]} {problem === "too_many_tries" && advise(view, problem, texts)}
        </Alert>
      )}
    </>
  );
}

/** What is on a phone still, where another way may begin beside it. */
function StillAsked({ phone }: { phone: string }) {
  const { view, texts } = usePay();
  const { beside, backToIt } = texts.otherWay;
  return (
    <div class="note stack">
      <p>{beside(ending(phone))}</p>
      {view.wish !== null && <WantNothing>{backToIt}</WantNothing>}
    </div>
  );
}

/** The ways to pay, if there are any. */
function Choices() {
  const { view, texts } = usePay();
  if (view.methods.length === 0) {
    return (
      <>
        <p>{texts.nothingToChoose.noWay(view.shop.name)}</p>
        <OutOfReach />
        <WayBack />
      </>
    );
  }
  return (
    <>
      {view.beside !== null && <StillAsked phone={view.beside} />}
      <Hindrance />
      <Ways />
      <OutOfReach />
    </>
  );
}

/** Why a way that the shop takes is not in the list. */
function OutOfReach() {
  const { view, texts } = usePay();
  if (view.outOfReach.length === 0) return null;
  return (
    <ul class="out-of-reach hint">
      {view.outOfReach.map(({ method, least, most }) => {
        const [way, from, to] = [texts.methods[method], printed(least), printed(most)];
        if (from === null) return to !== null && <li key={method}>{texts.reach.most(way, to)}</li>;
        return <li key={method}>{to === null ? texts.reach.least(way, from) : texts.reach.both(way, from, to)}</li>;
      })}
    </ul>
  );

  function printed(amount: Cents | null): string | null {
    return amount === null ? null : euros(amount, view.lang);
  }
}
