import { useEffect, useRef } from "preact/hooks";
import { useCopying } from "../../parts/copying.ts";
import { useIsOver } from "../../parts/countdown.ts";
import { euros, typedEuros } from "../../parts/euros.ts";
import { ClockIcon, SlipIcon } from "../../parts/icons.tsx";
import { inThrees } from "../../parts/in-threes.ts";
import { moment } from "../../parts/moment.ts";
import { WayBack } from "../../parts/returning.tsx";
import { Screen } from "../../parts/screen.tsx";
import { type Pay, usePay } from "../context.ts";
import { PayForm, PhoneForm, Press } from "../forms.tsx";
import { Along } from "../receipt/along.tsx";
import type { ScreenOf } from "../view.ts";
import type { Way } from "../way.ts";

/** A reference, to be paid wherever a bank takes one. */
export function multibancoWays({ texts }: Pay): Way[] {
  const form = (
    <PayForm to="multibanco">
      <p class="hint">{texts.reference.chooseWhy}</p>
      <Press>{texts.reference.choose}</Press>
    </PayForm>
  );
  return [{ id: "multibanco", sign: <SlipIcon />, name: texts.methods.multibanco, hint: texts.ways.multibanco, form }];
}

export function MultibancoReference({ screen }: { screen: ScreenOf<"reference"> }) {
  const { view, texts, look } = usePay();
  const isOver = useIsOver(screen.secondsLeft, screen);
  useEffect(() => {
    if (isOver) look();
  }, [isOver, look]);
  const words = texts.reference;
  if (isOver) return <ReferenceOver screen={screen} />;
  return (
    <Screen icon={<SlipIcon />} title={words.title}>
      <dl class="slip">
        <Line name={words.entity} shown={screen.entity} copied={screen.entity} />
        <Line name={words.reference} shown={inThrees(screen.reference)} copied={screen.reference} />
        <Line name={words.amount} shown={euros(view.amount, view.lang)} copied={typedEuros(view.amount, view.lang)} />
        <div class="line">
          <dt>
            {words.until} ({words.lisbon})
          </dt>
          <dd class="until">{moment(screen.endsAt, view.lang)}</dd>
        </div>
      </dl>
      <p>{words.how}</p>
      <p class="note">{words.weWillKnow}</p>
      <WayBack />
      <Along />
      {view.methods.includes("mbway") && (
        <details class="more on-screen" open={view.typed !== null}>
          <summary>{words.instead}</summary>
          <div class="stack">
            <p class="hint">{words.insteadWhy}</p>
            <PhoneForm aside />
          </div>
        </details>
      )}
    </Screen>
  );
}

/**
 * Its time has ended: nothing to type, copy or print any more. Whoever paid in its last minutes waits for the bank to
 * say so.
 */
export function ReferenceOver({ screen }: { screen: Pick<ScreenOf<"reference_over">, "endsAt"> }) {
  const { view, texts } = usePay();
  const { over } = texts.reference;
  return (
    <Screen icon={<ClockIcon />} title={over.title}>
      <p class="warning">{over.paid}</p>
      <p>{over.unpaid}</p>
      <p class="hint">{over.ended(moment(screen.endsAt, view.lang))}</p>
    </Screen>
  );
}

/**
 * One line of the slip, with a button that copies what an ATM or a bank wants typed: digits, and the page's mark before
 * the cents.
 */
function Line({ name, shown, copied }: { name: string; shown: string; copied: string }) {
  const { texts } = usePay();
  const [done, write] = useCopying(texts.reference.copiedWhat(name));
  const figures = useRef<HTMLSpanElement>(null);
  async function copy() {
    // Where it may not, the figures are marked, ready for the keyboard's own copy.
    if (!(await write(copied)) && figures.current !== null) getSelection()?.selectAllChildren(figures.current);
  }
  return (
    <div class="line">
      <dt>{name}</dt>
      <dd>
        <span class="figures" ref={figures}>
          {shown}
        </span>
        <button
          type="button"
          class="copy needs-script on-screen"
          onClick={copy}
          aria-label={`${texts.reference.copy}: ${name}`}
        >
          {done ? texts.reference.copied : texts.reference.copy}
        </button>
      </dd>
    </div>
  );
}
