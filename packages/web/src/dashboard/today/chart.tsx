import { scaleBand, scaleLinear } from "d3-scale";
import type { Lang } from "../../lang.ts";
import { day } from "../../parts/day.ts";
import { euros } from "../../parts/euros.ts";
import { Money, moneyOf } from "../parts/shown.tsx";
import { Table } from "../parts/table.tsx";
import { useDesk } from "../shell/desk.ts";
import type { Sums } from "./figures.ts";
import { paidOn, refundedOn } from "./lists.ts";
import { dayOfMonth, todayTexts } from "./texts.ts";

const WIDTH = 640;
const HEIGHT = 200;
const MARGIN = { top: 12, bottom: 28, left: 84 };
/** About so many lines across. */
const TICKS = 4;

interface ChartProps {
  readonly days: readonly { readonly day: string; readonly sums: Sums }[];
  /** The one that is not over. */
  readonly today: string;
}

/** What was taken on each day: bars for the eye, and the same as a table. */
export function TakenChart({ days, today }: ChartProps) {
  const { say, lang } = useDesk();
  const texts = say(todayTexts);
  const x = scaleBand(
    days.map((one) => one.day),
    [MARGIN.left, WIDTH],
  ).padding(0.25);
  const most = Math.max(100, ...days.map(({ sums }) => sums.taken));
  const y = scaleLinear([0, most], [HEIGHT - MARGIN.bottom, MARGIN.top]).nice(TICKS);
  const floor = y(0);
  return (
    <figure class="chart">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true" focusable="false">
        {y.ticks(TICKS).map((tick) => (
          <g key={tick}>
            <line x1={MARGIN.left} x2={WIDTH} y1={y(tick)} y2={y(tick)} />
            <text class="amount" x={MARGIN.left - 8} y={y(tick) + 4}>
              {wholeEuros(tick, lang)}
            </text>
          </g>
        ))}
        {days.map(({ day, sums }, index) => (
          <g key={day}>
            <rect
              class={day === today ? "bar today" : "bar"}
              x={x(day)}
              width={x.bandwidth()}
              y={y(sums.taken)}
              height={floor - y(sums.taken)}
            />
            <text class={index % 2 === 0 ? "day" : "day between"} x={(x(day) ?? 0) + x.bandwidth() / 2} y={HEIGHT - 6}>
              {dayOfMonth(day)}
            </text>
          </g>
        ))}
      </svg>
      <details>
        <summary>{texts.asTable}</summary>
        <Table
          caption={texts.fortnight}
          columns={[
            { key: "day", label: texts.day },
            { key: "taken", label: texts.taken, kind: "money" },
            { key: "refunded", label: texts.refunded, kind: "money" },
          ]}
          rows={days.toReversed().map((one) => ({
            id: one.day,
            cells: {
              day: day(one.day, lang),
              taken: (
                <a href={paidOn(one.day)}>
                  <Money amount={one.sums.taken} />
                </a>
              ),
              refunded: (
                <a href={refundedOn(one.day)}>
                  <Money amount={one.sums.refunded} />
                </a>
              ),
            },
          }))}
          empty=""
        />
      </details>
    </figure>
  );
}

/** As short as an axis has it: `€3,000`. */
function wholeEuros(amount: number, lang: Lang): string {
  return euros(moneyOf(Math.round(amount)), lang).replace(/[.,]00(?!\d)/, "");
}
