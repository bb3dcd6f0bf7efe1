import { useEffect, useRef, useState } from "preact/hooks";
import { type Pay, usePay } from "./context.ts";
import { onPage } from "./methods/index.ts";
import type { Way } from "./way.ts";

/**
 * The ways to pay, one below the other: one is open with its form, the others are a line each. Without script too, by
 * what a browser does with details of one name.
 */
export function Ways() {
  const pay = usePay();
  const ways = pay.view.methods.flatMap((method) => onPage[method].ways(pay));
  const [wanted, want] = useState(() => firstOpen(ways, pay));
  const list = useRef<HTMLDivElement>(null);
  // Whoever opened another before the script came keeps it open.
  useEffect(() => {
    const shown = list.current?.querySelector<HTMLDetailsElement>("details.way[open]");
    if (shown) want(idOf(shown));
  }, []);
  const open = ways.some(({ id }) => id === wanted) ? wanted : ways[0]?.id;
  const [only] = ways;
  if (only !== undefined && ways.length === 1) return <OnlyWay way={only} />;

  /** Opens a way within the press, for only then does a phone show its keyboard for the field that takes the focus. */
  function show(event: MouseEvent): void {
    event.preventDefault();
    const own = (event.currentTarget as HTMLElement).parentElement as HTMLDetailsElement;
    for (const other of list.current?.querySelectorAll<HTMLDetailsElement>("details.way[open]") ?? []) {
      if (other !== own) other.open = false;
    }
    own.open = true;
    want(idOf(own));
    own.querySelector<HTMLElement>(FIRST_FIELD)?.focus({ preventScroll: true });
    own.scrollIntoView({ block: "start" });
  }

  return (
    <div class="ways" ref={list}>
      {ways.map((way) => (
        <details
          key={way.id}
          data-way={way.id}
          class="way"
          name="way"
          open={way.id === open}
          onToggle={({ currentTarget }) => currentTarget.open && want(idOf(currentTarget))}
        >
          {/* biome-ignore lint/a11y/noStaticElementInteractions: a summary is pressed by keys too, which click it */}
          <summary class="way-line" onClick={show}>
            <WayLine way={way} />
          </summary>
          <div class="way-form">{way.form}</div>
        </details>
      ))}
    </div>
  );
}

/** Where there is nothing to choose, nothing is folded. */
function OnlyWay({ way }: { way: Way }) {
  return (
    <div class="ways">
      <section class="way" aria-labelledby="only-way">
        <div class="way-line">
          <WayLine way={way} titleId="only-way" />
        </div>
        <div class="way-form">{way.form}</div>
      </section>
    </div>
  );
}

function WayLine({ way: { sign, name, hint }, titleId }: { way: Way; titleId?: string }) {
  return (
    <>
      <span class="way-sign">{sign}</span>
      <h2 id={titleId}>{name}</h2>
      <span class="hint">{hint}</span>
    </>
  );
}

const FIRST_FIELD = "input:not([type=hidden], [type=radio], [type=checkbox])";

function idOf(details: HTMLDetailsElement): string | undefined {
  return details.dataset.way;
}

/**
 * The way that is open at first: the one with something wrong in it, the one that was wished for, then the one that was
 * tried; and after the customer turned away from that, another.
 */
function firstOpen(ways: readonly Way[], pay: Pay): string | undefined {
  const { view, lastSent } = pay;
  const { typed, cardTyped, tried, screen, wish } = view;
  const has = (id: string | null | undefined) => ways.some((way) => way.id === id);
  if (typed !== null && has("mbway")) return "mbway";
  if (cardTyped !== null && has(cardTyped.form)) return cardTyped.form;
  const wished = wish === null ? undefined : onPage[wish.way].ways(pay)[0]?.id;
  if (wished !== undefined) return wished;
  if (tried === null) return ways[0]?.id;
  const ofTried = onPage[tried].ways(pay).map(({ id }) => id);
  if (screen.kind === "choose") return ways.find(({ id }) => !ofTried.includes(id))?.id;
  const sent = lastSent();
  if (sent !== null && ofTried.includes(sent)) return sent;
  return ofTried.find(has);
}
