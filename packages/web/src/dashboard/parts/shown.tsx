import { type Cents, cents } from "@caravela/sibs/money";
import type { ComponentChildren } from "preact";
import type { Lang } from "../../lang.ts";
import { euros } from "../../parts/euros.ts";
import { moment } from "../../parts/moment.ts";
import { clock, inLisbon, shortDay } from "../../parts/short-day.ts";
import type { Payment } from "../api/payments.ts";
import { useDesk } from "../shell/desk.ts";
import { shellTexts } from "../shell/texts.ts";
import { standingOf, TONES, type Tone, words } from "./words.ts";

/** An amount of the API, as money. */
export function moneyOf(amount: number): Cents {
  return cents(amount);
}

/** An amount in words of the language. */
export function Money({ amount }: { amount: number }) {
  const { lang } = useDesk();
  return <span class="money">{euros(moneyOf(amount), lang)}</span>;
}

/**
 * Whether an address by which one acts as the customer is told in full: whoever may not know who that is has it
 * shortened, and it leads nowhere.
 */
export function isWhole(address: string): boolean {
  return !address.endsWith("…");
}

/** When something was, by the clocks of Lisbon, as short as a table has it. */
export function When({ at, only }: { at: string; only?: "time" }) {
  const { lang } = useDesk();
  return (
    <time dateTime={at} title={moment(at, lang)}>
      {only === "time" ? clock(at, lang) : `${shortDay(at, lang)} ${clock(at, lang)}`}
    </time>
  );
}

/** The day on which something was, in Lisbon, as short as a table has it. */
export function Day({ at }: { at: string }) {
  return <time dateTime={at}>{shortDay(at, useDesk().lang)}</time>;
}

/** `sábado, 28 de novembro de 2026`. */
export function longDay(at: string, lang: Lang): string {
  return inLisbon(at, lang, { weekday: "long", day: "numeric", month: "long", year: "numeric" });
}

/** A word with its colour. */
export function Pill({ tone, children }: { tone: Tone; children: ComponentChildren }) {
  return <span class={`pill ${tone}`}>{children}</span>;
}

/** How a payment stands, in a word. */
export function StandingPill({ payment }: { payment: Payment }) {
  const standing = standingOf(payment);
  return <Pill tone={TONES[standing]}>{useDesk().say(words).standings[standing]}</Pill>;
}

/** What somebody may want to take along: selected by a press, and copied by a button where script runs. */
export function Copy({ text, what }: { text: string; what: string }) {
  const texts = useDesk().say(shellTexts);
  return (
    <span class="copy">
      <code>{text}</code>
      <button
        type="button"
        class="plain needs-script"
        data-copy={text}
        data-copied={texts.copied}
        aria-label={`${texts.copy}: ${what}`}
      >
        {texts.copy}
      </button>
    </span>
  );
}

/** Names and what stands for them. */
export function Facts({ children }: { children: ComponentChildren }) {
  return <dl class="facts">{children}</dl>;
}

/** One of them; nothing where it is not known. */
export function Fact({ name, children }: { name: string; children: ComponentChildren }) {
  if (children === null || children === undefined || children === "") return null;
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** A part of a screen, with its title. */
export function Card({ id, title, children }: { id: string; title: string; children: ComponentChildren }) {
  return (
    <section class="card" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  );
}

/** Text in which a phone that is told by its last digits stands as people say it: `…9999` for `351#*****9999`. */
export function withShortPhones(text: string): string {
  return text.replace(/351#\*+(\d{4})/g, "…$1");
}
