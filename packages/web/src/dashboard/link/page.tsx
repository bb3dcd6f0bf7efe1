import { euros } from "../../parts/euros.ts";
import { moment } from "../../parts/moment.ts";
import { OfPayment } from "../action/page.tsx";
import type { Payment } from "../api/payments.ts";
import { Copy, Fact, Facts, moneyOf } from "../parts/shown.tsx";
import { useDesk } from "../shell/desk.ts";
import { renderScreen } from "../shell/render.tsx";
import type { Shell } from "../shell/view.ts";
import { linkTexts } from "./texts.ts";

/** A QR code: its dark squares as the path of a drawing so many squares wide. */
export interface QrCode {
  size: number;
  path: string;
}

export interface LinkView {
  payment: Payment;
  qr: QrCode;
}

/** Renders the page with which a payment is brought to its customer. */
export function renderLink(shell: Shell, view: LinkView): string {
  return renderScreen(shell, { title: linkTexts[shell.lang].title, body: <LinkPage view={view} /> });
}

/** The light around a code that its readers need, in squares. */
const QUIET = 4;

function LinkPage({ view: { payment, qr } }: { view: LinkView }) {
  const { say, lang } = useDesk();
  const texts = say(linkTexts);
  const { payUrl, amount, reference, expiresAt } = payment;
  const message = texts.message(euros(moneyOf(amount), lang), reference, payUrl);
  const side = qr.size + 2 * QUIET;
  return (
    <section class="card narrow stack">
      <h1>{texts.title}</h1>
      <OfPayment payment={payment} />
      <p>{texts.why}</p>
      <svg class="qr" viewBox={`${-QUIET} ${-QUIET} ${side} ${side}`} role="img" aria-label={texts.qr}>
        <rect class="light" x={-QUIET} y={-QUIET} width={side} height={side} />
        <path class="dark" d={qr.path} />
      </svg>
      <Facts>
        <Fact name={texts.address}>
          <Copy text={payUrl} what={texts.address} />
        </Fact>
        <Fact name={texts.text}>
          <Copy text={message} what={texts.text} />
        </Fact>
        <Fact name={texts.until}>{moment(expiresAt, lang)}</Fact>
      </Facts>
      <p class="presses">
        <a class="button quiet" href={payUrl} rel="noreferrer">
          {texts.open}
        </a>
      </p>
    </section>
  );
}
