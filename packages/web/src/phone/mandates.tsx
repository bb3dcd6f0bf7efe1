import { eurosText } from "@caravela/sibs/money";
import type { ComponentChildren } from "preact";
import { day } from "../parts/day.ts";
import { euros } from "../parts/euros.ts";
import { Terms } from "./terms.tsx";
import type { PhoneTexts } from "./texts.ts";
import type { PhoneMandate, PhoneView } from "./view.ts";

/**
 * The authorised payments of this phone: who may charge how much until when, and everything its owner can do about it.
 */
export function Mandates({ view, texts }: { view: PhoneView; texts: PhoneTexts }) {
  const over = view.mandates.filter(isOver);
  if (view.mandates.length === 0) return null;
  return (
    <section class="mandates" aria-labelledby="mandates">
      <h3 id="mandates">{texts.mandates}</h3>
      {view.mandates
        .filter((mandate) => !isOver(mandate))
        .map((mandate) => (
          <Mandate key={mandate.id} mandate={mandate} view={view} texts={texts} />
        ))}
      {over.length > 0 && (
        <details class="over">
          <summary>{texts.over(over.length)}</summary>
          {over.map((mandate) => (
            <Mandate key={mandate.id} mandate={mandate} view={view} texts={texts} />
          ))}
        </details>
      )}
    </section>
  );
}

function isOver({ status }: PhoneMandate): boolean {
  return status === "expired" || status === "canceled";
}

interface MandateProps {
  mandate: PhoneMandate;
  view: PhoneView;
  texts: PhoneTexts;
}

function Mandate({ mandate, view, texts }: MandateProps) {
  const { id, merchant, description, type, status } = mandate;
  const until = day(mandate.validUntil, view.lang);
  return (
    <article class={`mandate ${status}`} id={id} aria-labelledby={`${id}-merchant`}>
      <div class="mandate-head">
        <h4 id={`${id}-merchant`}>{merchant}</h4>
        <span class="status">{texts.status[status]}</span>
      </div>
      <p class="what">{description === null ? texts.types[type] : `${texts.types[type]} · ${description}`}</p>
      {isOver(mandate) ? (
        <p class="until">{texts.wasUntil(until)}</p>
      ) : (
        <>
          <WhatIsLeft mandate={mandate} view={view} texts={texts} />
          <p class="until">{texts.until(until)}</p>
          <Controls mandate={mandate} view={view} texts={texts} />
        </>
      )}
    </article>
  );
}

function WhatIsLeft({ mandate: { type, limit, available }, view, texts }: MandateProps) {
  const most = euros(limit, view.lang);
  if (type === "oneclick") return <p class="left-of">{texts.upTo.oneclick(most)}</p>;
  return (
    <>
      <p class="left-of">{texts.leftOf(euros(available, view.lang), most)}</p>
      <svg class="gauge" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true" focusable="false">
        <rect width={(100 * available) / limit} height="4" />
      </svg>
    </>
  );
}

/** Pausing is one press, and so is its undoing; what ends for good asks once more. */
function Controls({ mandate, view, texts }: MandateProps) {
  const { id, merchant, type, status } = mandate;
  const pause = status === "active" ? "suspend" : "reactivate";
  const terms = { limit: eurosText(mandate.limit), validUntil: mandate.validUntil };
  return (
    <div class="controls">
      <Press to={pause} id={id} view={view}>
        <button type="submit">{texts[pause]}</button>
      </Press>
      <details name={`${id}-controls`} open={view.refused?.id === id}>
        <summary>{texts.change}</summary>
        <Press to="change" id={id} view={view}>
          <Terms id={id} type={type} terms={terms} view={view} texts={texts} />
          <button type="submit">{texts.save}</button>
        </Press>
      </details>
      <details name={`${id}-controls`}>
        <summary class="decline">{texts.cancel}</summary>
        <Press to="cancel" id={id} view={view}>
          <p>{texts.cancelWhy(merchant)}</p>
          <button type="submit" class="decline">
            {texts.cancelYes}
          </button>
        </Press>
      </details>
    </div>
  );
}

interface PressProps {
  to: "suspend" | "reactivate" | "change" | "cancel";
  id: string;
  view: PhoneView;
  children: ComponentChildren;
}

function Press({ to, id, view, children }: PressProps) {
  return (
    <form method="post" action={`/phone/mandates/${to}`} noValidate>
      <input type="hidden" name="alias" value={view.alias ?? ""} />
      <input type="hidden" name="id" value={id} />
      {children}
    </form>
  );
}
