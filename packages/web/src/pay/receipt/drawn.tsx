import { renderToString } from "preact-render-to-string";
import type { PageLang } from "../../lang.ts";
import { moment } from "../../parts/moment.ts";
import { paidBy } from "../mails/receipt-lines.ts";
import { en } from "../texts.en.ts";
import { es } from "../texts.es.ts";
import { fr } from "../texts.fr.ts";
import { pt, type Texts } from "../texts.pt.ts";
import type { MailOutcome, PayView, ReceiptLine, ScreenOf } from "../view.ts";
import { inOneText, referenceRows } from "./lines.ts";
import { mailForms } from "./mail-texts.ts";
import { receiptTexts } from "./texts.ts";

const texts = { pt, en, es, fr } satisfies Record<PageLang, Texts>;

/** A page before it is known what may be taken along of it. */
type Shown = Omit<PayView, "along">;

/**
 * The receipt, what is held, or what may be done with a reference, drawn here so that the page's script needs neither
 * its words nor its parts; null: there is nothing to take along.
 */
export function drawAlong(view: Shown): string | null {
  const { screen, receipt } = view;
  if (receipt !== null) return renderToString(<ReceiptAlong view={view} receipt={receipt} />);
  if (screen.kind === "authorized") return renderToString(<Held view={view} screen={screen} />);
  if (screen.kind !== "reference") return null;
  const words = texts[view.lang];
  return renderToString(
    <div class="keep on-screen">
      <a class="button quiet" href={inLang(`${view.path}/reference.ics`, view)}>
        {receiptTexts[view.lang].calendar}
      </a>
      <ShareAndPrint view={view} title={words.reference.title} shared={inOneText(referenceRows(screen, view, words))} />
      <MailForm view={view} />
    </div>,
  );
}

/** Follows no script, which would say in which language the page is; inside a page of the shop's nothing else does. */
function inLang(to: string, { lang }: Pick<Shown, "lang">): string {
  return `${to}?lang=${lang}`;
}

/** Since when money is held, and on which card. */
function Held({ view: { lang }, screen }: { view: Shown; screen: ScreenOf<"authorized"> }) {
  const by = paidBy({ ...screen, phone: null, reference: null }, lang, texts[lang]);
  return (
    <p class="hint">
      {moment(screen.paidAt, lang)}
      {by !== null && ", "}
      {by !== null && <Spoken line={by} />}
    </p>
  );
}

/** The receipt of what was paid, and what may be done with it. On paper it is all there is. */
function ReceiptAlong({ view, receipt }: { view: Shown; receipt: NonNullable<PayView["receipt"]> }) {
  const words = receiptTexts[view.lang];
  return (
    <>
      <section class="receipt" aria-labelledby="receipt">
        <h2 id="receipt">{words.title}</h2>
        <p class="issuer">{view.shop.name}</p>
        <dl class="slip">
          <Lines lines={receipt.facts} />
        </dl>
        {receipt.items.length > 0 && (
          <div class="in-print">
            <h3>{words.items}</h3>
            <dl class="slip">
              <Lines lines={receipt.items} />
            </dl>
          </div>
        )}
        <dl class="slip sums">
          <Lines lines={receipt.sums} />
        </dl>
        <p class="hint">{words.noInvoice}</p>
      </section>
      <div class="keep on-screen">
        <ShareAndPrint view={view} title={`${words.title} · ${view.shop.name}`} />
        <MailForm view={view} />
      </div>
    </>
  );
}

function Lines({ lines }: { lines: ReceiptLine[] }) {
  return (
    <>
      {lines.map((line, at) => (
        <div key={at} class={line.isBeside ? "line in-print" : "line"}>
          <dt>{line.name}</dt>
          <dd>
            <Spoken line={line} />
          </dd>
        </div>
      ))}
    </>
  );
}

/** What stands there, and for those who listen in words. */
function Spoken({ line: { value, heard } }: { line: Pick<ReceiptLine, "value" | "heard"> }) {
  if (heard === undefined) return <>{value}</>;
  return (
    <>
      <span aria-hidden="true">{value}</span>
      <span class="heard">{heard}</span>
    </>
  );
}

/** @param shared the words to share; absent: the page's address. What the script cannot even copy, it shows. */
function ShareAndPrint({ view, title, shared }: { view: Shown; title: string; shared?: string }) {
  const words = receiptTexts[view.lang];
  return (
    <>
      <button
        type="button"
        class="button quiet needs-script"
        data-share={title}
        data-text={shared}
        data-url={shared === undefined ? (view.embedded?.full ?? view.path) : undefined}
        data-copied={words.copiedForSharing}
      >
        {words.share}
      </button>
      <p class="note by-hand" role="status" hidden>
        {words.byHand} <span class="copied-by-hand" />
      </p>
      <button type="button" class="button quiet needs-script" data-print>
        {words.print}
      </button>
    </>
  );
}

const DONE: readonly MailOutcome[] = ["sent", "sent_before"];

/** Sends what the page shows to one address, where the customer wants it. It is answered with the whole page. */
function MailForm({ view: { mail, lang, path } }: { view: Shown }) {
  if (mail === null) return null;
  const words = mailForms[lang];
  const { outcome } = mail;
  const isAtField = outcome === "no_address";
  const isDone = outcome !== null && DONE.includes(outcome);
  return (
    <details class="more" open={outcome !== null}>
      <summary>{words.open[mail.what]}</summary>
      {outcome !== null && !isAtField && (
        <p class={isDone ? "note" : "warning"} role="status">
          {words.outcomes[outcome]}
        </p>
      )}
      {!isDone && (
        <form class="stack" method="post" action={inLang(`${path}/mail`, { lang })} noValidate>
          <input type="hidden" name="what" value={mail.what} />
          <div class="field">
            <label for="mail">{words.address}</label>
            <input
              id="mail"
              name="address"
              type="email"
              autocomplete="email"
              enterkeyhint="send"
              maxLength={254}
              value={mail.typed}
              autofocus={isAtField}
              aria-invalid={isAtField}
              aria-describedby={isAtField ? "mail-problem mail-hint" : "mail-hint"}
            />
            {isAtField && (
              <p class="problem" id="mail-problem">
                {words.outcomes.no_address}
              </p>
            )}
            <p class="hint" id="mail-hint">
              {words.hint}
            </p>
          </div>
          <button type="submit" class="button quiet">
            {words.send}
          </button>
        </form>
      )}
    </details>
  );
}
