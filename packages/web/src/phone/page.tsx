import { formatPhone, parsePhone } from "@caravela/sibs/phone";
import { useEffect, useRef, useState } from "preact/hooks";
import { euros } from "../parts/euros.ts";
import { Answered } from "./answered.tsx";
import { useLivePhone } from "./live.ts";
import { Mandates } from "./mandates.tsx";
import { Request } from "./request.tsx";
import { Asleep, Lisbon, Snack } from "./scenery.tsx";
import { type PhoneTexts, phoneTexts } from "./texts.ts";
import type { PhoneRequest, PhoneView } from "./view.ts";

/** The phone that waits for a person when nobody says otherwise (the seed's own). */
const USUAL_PHONE = "351#919999999";

/** Where this phone's page is. */
export function phonePath(alias: string): string {
  return `/phone?alias=${encodeURIComponent(alias)}`;
}

/**
 * Whether somebody may be typing: without script such a page does not look by itself what is new, which would take it
 * away.
 */
export function hasFields({ waiting, mandates }: PhoneView): boolean {
  return mandates.length > 0 || waiting.some(({ kind }) => kind === "mandate");
}

/** The simulated phone on its table. */
export function PhonePage({ view: first }: { view: PhoneView }) {
  const view = useLivePhone(first);
  const texts = phoneTexts[view.lang];
  return (
    <main class="table">
      <Phone view={view} texts={texts} />
      <div class="about">
        <h1>{texts.title}</h1>
        <p>{texts.about}</p>
        <WhichPhone view={first} texts={texts} />
        <p>
          <a href="/atm">{texts.toAtm}</a>
        </p>
        <Snack />
      </div>
    </main>
  );
}

function WhichPhone({ view, texts }: { view: PhoneView; texts: PhoneTexts }) {
  return (
    <form class="which" action="/phone" method="get">
      <label for="alias">{texts.which}</label>
      <div class="which-row">
        <input
          id="alias"
          name="alias"
          type="tel"
          autocomplete="off"
          defaultValue={view.notAPhone ?? readable(view.alias) ?? ""}
          aria-describedby={view.notAPhone === null ? "alias-hint" : "alias-problem alias-hint"}
          aria-invalid={view.notAPhone !== null}
        />
        <button type="submit" class="take">
          {texts.take}
        </button>
      </div>
      {view.notAPhone !== null && (
        <p class="problem" id="alias-problem">
          {texts.notAPhone(view.notAPhone)}
        </p>
      )}
      <p class="hint" id="alias-hint">
        {texts.hint} <a href="/sandbox/scenarios">{texts.scenarios}</a>
      </p>
    </form>
  );
}

/** A number as people write it; as it is where it is none. */
function readable(alias: string | null): string | null {
  if (alias === null) return null;
  const parsed = parsePhone(alias);
  return parsed.ok ? formatPhone(parsed.phone) : alias;
}

function Phone({ view, texts }: { view: PhoneView; texts: PhoneTexts }) {
  const number = readable(view.alias) ?? "";
  const ringing = view.waiting.length > 0;
  return (
    <section class={ringing ? "phone ringing" : "phone"} aria-label={texts.screen(number)}>
      <div class="glass">
        <p class="bar">
          <span>{number}</span>
          <span class="signal" aria-hidden="true" />
        </p>
        <h2>MB WAY</h2>
        <div class="screen">
          {view.alias !== null && hasFields(view) && (
            <a class="without-script" href={phonePath(view.alias)}>
              {texts.lookAgain}
            </a>
          )}
          <OnScreen view={view} texts={texts} />
          <Mandates view={view} texts={texts} />
        </div>
        <Lisbon />
      </div>
      <Heard view={view} texts={texts} />
    </section>
  );
}

function OnScreen({ view, texts }: { view: PhoneView; texts: PhoneTexts }) {
  if (view.alias === null) {
    return (
      <div class="quiet">
        <Asleep />
        <p>{texts.none}</p>
        <a class="take" href={phonePath(USUAL_PHONE)}>
          {texts.takeUsual}
        </a>
      </div>
    );
  }
  if (view.answered !== null) return <Answered answer={view.answered} view={view} texts={texts} />;
  if (view.waiting.length === 0) {
    return (
      <div class="quiet">
        <Asleep />
        <p>
          <strong>{texts.quiet}</strong>
        </p>
        <p>{texts.quietWhy}</p>
      </div>
    );
  }
  return view.waiting.map((request) => <Request key={request.id} request={request} view={view} texts={texts} />);
}

/** Says a new request to those who listen, and only a new one. */
function Heard({ view, texts }: { view: PhoneView; texts: PhoneTexts }) {
  const [words, setWords] = useState("");
  const known = useRef(new Set(view.waiting.map(({ id }) => id)));
  useEffect(() => {
    const fresh = view.waiting.find(({ id }) => !known.current.has(id));
    known.current = new Set(view.waiting.map(({ id }) => id));
    if (fresh !== undefined) setWords(arrival(fresh, view, texts));
  }, [view, texts]);
  return (
    <p class="heard" aria-live="polite">
      {words}
    </p>
  );
}

function arrival(request: PhoneRequest, { lang }: PhoneView, texts: PhoneTexts): string {
  if (request.kind === "mandate") return texts.arrivedMandate(request.merchant);
  return texts.arrived(request.merchant, euros(request.amount, lang));
}
