import { renderToString } from "preact-render-to-string";
import { type PageLang, TAGS } from "../../lang.ts";
import { inOneText, referenceRows } from "../receipt/lines.ts";
import { receiptTexts } from "../receipt/texts.ts";
import { summaryTexts } from "../summary-texts.ts";
import type { Texts } from "../texts.pt.ts";
import type { PayView, Receipt, ReceiptLine, ScreenOf } from "../view.ts";
import { mailTexts } from "./all-texts.ts";

/** An e-mail to a customer, as words alone and with its lines in a table. */
export interface CustomerMail {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** What an e-mail is made of, in the order in which it is read. */
interface Letter {
  lang: PageLang;
  subject: string;
  before: string;
  /** Lines that belong together. */
  tables: ReceiptLine[][];
  notes: string[];
  link?: { words: string; url: string };
  /** Why whoever reads it got it. */
  why: string;
}

/**
 * The receipt. Of the shop's own words it has the order and its lines, not the description, in which some shops let
 * their customers write. @param url where its page is: what is paid is paid, and whoever has it can do nothing with it.
 */
export function receiptMail(receipt: Receipt, view: PayView, url: string): CustomerMail {
  const words = mailTexts[view.lang];
  const to = { name: words.lines.to, value: view.shop.name };
  return written({
    lang: view.lang,
    subject: words.receipt.subject(view.shop.name),
    before: words.receipt.before(view.shop.name),
    tables: [[to, ...receipt.facts], receipt.items, receipt.sums],
    notes: [receiptTexts[view.lang].noInvoice],
    link: { words: words.receipt.link, url },
    why: words.why,
  });
}

/** A reference. Nothing in it leads to the page, where whoever has it could choose another way to pay. */
export function referenceMail(screen: ScreenOf<"reference">, view: PayView, texts: Texts): CustomerMail {
  const words = mailTexts[view.lang];
  const order = view.reference === null ? [] : [{ name: summaryTexts[view.lang].order, value: view.reference }];
  return written({
    lang: view.lang,
    subject: words.reference.subject(view.shop.name),
    before: words.reference.before(view.shop.name),
    tables: [[...referenceRows(screen, view, texts), ...order]],
    notes: [texts.reference.how],
    why: words.why,
  });
}

function written(letter: Letter): CustomerMail {
  const { subject, before, notes, link, why } = letter;
  const tables = letter.tables.filter((rows) => rows.length > 0);
  const text = [
    before,
    ...tables.map(inOneText),
    ...notes,
    ...(link === undefined ? [] : [`${link.words}\n${link.url}`]),
    `--\n${why}`,
  ].join("\n\n");
  return {
    subject,
    text: `${text}\n`,
    html: `<!doctype html>${renderToString(<LetterPage letter={{ ...letter, tables }} />)}`,
  };
}

const FONT = "font-family: system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif; line-height: 1.5";

/** Simple enough for every program that reads mail: one column, and nothing that is loaded. */
function LetterPage({ letter }: { letter: Letter }) {
  const { lang, subject, before, tables, notes, link, why } = letter;
  return (
    <html lang={TAGS[lang]}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{subject}</title>
      </head>
      <body style={`margin: 0; padding: 24px 16px; ${FONT}`}>
        <div style="max-width: 34rem; margin: 0 auto">
          <h1 style="font-size: 20px">{subject}</h1>
          <p>{before}</p>
          {tables.map((rows, at) => (
            <table key={at} role="presentation" style="width: 100%; border-collapse: collapse; margin: 0 0 16px">
              {rows.map(({ name, value }, line) => (
                <tr key={line}>
                  <td style="padding: 8px 12px 8px 0; border-top: 1px solid #ccc; vertical-align: top">{name}</td>
                  <td style="padding: 8px 0; border-top: 1px solid #ccc; text-align: right; font-weight: 600">
                    {value}
                  </td>
                </tr>
              ))}
            </table>
          ))}
          {notes.map((note) => (
            <p key={note}>{note}</p>
          ))}
          {link && (
            <p>
              {link.words} <a href={link.url}>{link.url}</a>
            </p>
          )}
          <p style="font-size: 13px; color: #666">{why}</p>
        </div>
      </body>
    </html>
  );
}
