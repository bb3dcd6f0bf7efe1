import { Fragment } from "preact";
import { ending } from "../../parts/ending.ts";
import { ClockIcon, CrossIcon, NoticeIcon } from "../../parts/icons.tsx";
import { WayBack } from "../../parts/returning.tsx";
import { Screen } from "../../parts/screen.tsx";
import { usePay } from "../context.ts";
import { AgainForm, PhoneForm } from "../forms.tsx";
import { onPage } from "../methods/index.ts";
import { advise } from "../next-steps.ts";
import type { ScreenOf } from "../view.ts";

/** Nothing asked of the customer yet: the methods, one below the other. */
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
  return (
    <Screen icon={<ClockIcon />} title={texts.nothingToChoose.title}>
      <p>{texts.nothingToChoose.why(view.merchant)}</p>
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
      <WaysOn phone={screen.reason === "unknown_phone" ? null : screen.phone} />
    </Screen>
  );
}

export function NotAnswered({ screen }: { screen: ScreenOf<"not_answered"> }) {
  const { view, texts } = usePay();
  return (
    <Screen icon={<ClockIcon />} tone="bad" title={texts.notAnswered.title}>
      <p>
        {texts.notAnswered.why} {advise(view, "not_answered", texts)} {texts.notAnswered.safe}
      </p>
      <WaysOn phone={screen.phone} />
    </Screen>
  );
}

export function Failed({ screen }: { screen: ScreenOf<"failed"> }) {
  const { view, texts } = usePay();
  return (
    <Screen icon={<NoticeIcon />} tone="bad" title={texts.failed.title}>
      <p>
        {texts.failed.why} {advise(view, "failed", texts)}
      </p>
      <WaysOn phone={screen.phone} />
    </Screen>
  );
}

/** How to go on after a try that did not pay: the same phone in one press where there is one, or any method anew. */
function WaysOn({ phone }: { phone: string | null }) {
  const { view, texts } = usePay();
  if (phone === null) return <Choices />;
  const others = view.methods.filter((method) => !onPage[method].asksPhone);
  return (
    <>
      <PhoneRests />
      <AgainForm ending={ending(phone)} />
      <details class="more" open={view.typed !== null}>
        <summary>{texts.phone.another}</summary>
        <PhoneForm quiet />
      </details>
      {others.map((method) => {
        const { Choice } = onPage[method];
        return <Choice key={method} />;
      })}
    </>
  );
}

/** Why the phone was not asked: said where the customer looks for the way on. */
function PhoneRests() {
  const { view, texts } = usePay();
  if (view.phoneRests === null) return null;
  return (
    <p class="warning" role="alert">
      {texts.phone.rests(view.phoneRests)}
    </p>
  );
}

function Choices() {
  const { view, texts } = usePay();
  if (view.methods.length === 0) {
    return (
      <>
        <p>{texts.nothingToChoose.noWay(view.merchant)}</p>
        <WayBack />
      </>
    );
  }
  return (
    <>
      <PhoneRests />
      {view.mandateGone && (
        <p class="warning" role="alert">
          {texts.mandate.gone} {advise(view, "mandate_gone", texts)}
        </p>
      )}
      {view.methods.map((method, index) => {
        const { Choice } = onPage[method];
        return (
          <Fragment key={method}>
            {index > 0 && <p class="or">{texts.or}</p>}
            <Choice />
          </Fragment>
        );
      })}
    </>
  );
}
