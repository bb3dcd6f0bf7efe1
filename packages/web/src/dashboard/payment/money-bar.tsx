import { euros } from "../../parts/euros.ts";
import type { Payment } from "../api/payments.ts";
import { Fact, Facts, Money, moneyOf } from "../parts/shown.tsx";
import { useDesk } from "../shell/desk.ts";
import { type MoneyParts, partsOf, refundableOf } from "./money.ts";
import { paymentTexts } from "./texts.ts";

const WIDTH = 1000;
/** The least that a part is wide, so that it is seen. */
const LEAST = 12;

/** What became of the money: as a bar for the eye, and each part in words and numbers. */
export function MoneyBar({ payment }: { payment: Payment }) {
  const { say, lang } = useDesk();
  const { parts: names, sums } = say(paymentTexts);
  const parts = Object.entries(partsOf(payment)) as [keyof MoneyParts, number][];
  const shown = parts.filter(([, amount]) => amount > 0);
  const said = shown.map(([part, amount]) => `${names[part]}: ${euros(moneyOf(amount), lang)}`).join(", ");
  return (
    <div class="money-bar">
      <svg viewBox={`0 0 ${WIDTH} 40`} preserveAspectRatio="none" role="img" aria-label={said}>
        {placed(shown).map(({ part, from, width }) => (
          <rect key={part} class={`part ${part}`} x={from} y="0" width={width} height="40" />
        ))}
      </svg>
      <ul class="legend">
        {shown.map(([part, amount]) => (
          <li key={part} class={part}>
            {names[part]} <Money amount={amount} />
          </li>
        ))}
      </ul>
      <Facts>
        <Fact name={sums.amount}>
          <Money amount={payment.amount} />
        </Fact>
        {payment.capture === "manual" && payment.amountAuthorized > 0 && (
          <Fact name={sums.authorized}>
            <Money amount={payment.amountAuthorized} />
          </Fact>
        )}
        {payment.amountCaptured > 0 && (
          <Fact name={sums.left}>
            <Money amount={refundableOf(payment)} />
          </Fact>
        )}
      </Facts>
    </div>
  );
}

/** Side by side, each as wide as its share, and none too narrow to be seen. */
function placed(parts: readonly (readonly [keyof MoneyParts, number])[]) {
  const all = parts.reduce((sum, [, amount]) => sum + amount, 0);
  const widths = parts.map(([, amount]) => Math.max(LEAST, (amount / all) * WIDTH));
  const scale = WIDTH / widths.reduce((sum, width) => sum + width, 0);
  return parts.map(([part], index) => ({
    part,
    from: round(widths.slice(0, index).reduce((sum, width) => sum + width, 0) * scale),
    width: round((widths[index] ?? 0) * scale),
  }));
}

const round = (value: number): number => Math.round(value * 10) / 10;
