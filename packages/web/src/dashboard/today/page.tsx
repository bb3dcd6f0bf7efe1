import type { ComponentChildren } from "preact";
import { day } from "../../parts/day.ts";
import { failureWords } from "../parts/failures.ts";
import { methodName } from "../parts/methods.ts";
import { Card, Fact, Facts, longDay, Money } from "../parts/shown.tsx";
import { useDesk } from "../shell/desk.ts";
import { renderScreen } from "../shell/render.tsx";
import type { Shell } from "../shell/view.ts";
import { TakenChart } from "./chart.tsx";
import { byMethod, byReason, dayByDay, daysBefore, growth, sumsOf } from "./figures.ts";
import { HealthLine } from "./health.tsx";
import { PAYMENTS, paidOn, refundedOn } from "./lists.ts";
import { todayTexts } from "./texts.ts";
import type { TodayView } from "./view.ts";

/** So many days stand in the chart: the day of two weeks ago is the first. */
const DAYS = 15;

/** Renders what a day begins with. */
export function renderToday(shell: Shell, view: TodayView): string {
  return renderScreen(shell, { title: todayTexts[shell.lang].title, body: <TodayPage view={view} /> });
}

function TodayPage({ view }: { view: TodayView }) {
  const { say, lang } = useDesk();
  const texts = say(todayTexts);
  const { today, days, references, failures, health } = view;
  return (
    <>
      <header class="title">
        <h1>{texts.title}</h1>
        <p class="of">{longDay(`${today}T12:00:00Z`, lang)}</p>
      </header>
      <HealthLine health={health} />
      <div class="columns">
        <div class="stack">
          <Taken today={today} days={days} />
          <Card id="fortnight" title={texts.fortnight}>
            <TakenChart days={dayByDay(days, today, DAYS)} today={today} />
          </Card>
        </div>
        <div class="stack">
          {references !== null && <References references={references} />}
          {failures !== null && <Failures failures={failures} today={today} />}
        </div>
      </div>
    </>
  );
}

/** What came in today, beside the same day of last week, and how. */
function Taken({ today, days }: { today: string; days: TodayView["days"] }) {
  const { say, lang } = useDesk();
  const texts = say(todayTexts);
  const sums = sumsOf(days.filter((line) => line.day === today));
  const weekBefore = daysBefore(today, 7);
  const before = sumsOf(days.filter((line) => line.day === weekBefore));
  const more = growth(sums.taken, before.taken);
  return (
    <Card id="taken" title={texts.taken}>
      <p class="figure">
        <a href={paidOn(today)}>
          <Money amount={sums.taken} />
        </a>
        <span class="of">{texts.payments(sums.count)}</span>
      </p>
      {sums.count === 0 && <p class="hint">{texts.nothingTaken}</p>}
      <Facts>
        {byMethod(days, today).map(({ method, sums }) => (
          <Fact key={method} name={methodName(method, lang)}>
            <a href={`${paidOn(today)}&method=${method}`}>
              <Money amount={sums.taken} />
            </a>{" "}
            <span class="of">{texts.payments(sums.count)}</span>
          </Fact>
        ))}
        <Fact name={texts.refunded}>
          <a href={refundedOn(today)}>
            <Money amount={sums.refunded} />
          </a>
        </Fact>
        <Fact name={texts.against(day(weekBefore, lang))}>
          <a href={paidOn(weekBefore)}>
            <Money amount={before.taken} />
          </a>
          {more !== null && <span class="of"> · {texts.more(more)}</span>}
        </Fact>
      </Facts>
    </Card>
  );
}

function References({ references }: { references: NonNullable<TodayView["references"]> }) {
  const { say, lang } = useDesk();
  const texts = say(todayTexts);
  const days = [...new Set(references.map((one) => one.day))];
  return (
    <Card id="references" title={texts.references}>
      {days.length === 0 ? (
        <p class="hint">{texts.noReferences}</p>
      ) : (
        <>
          <p class="hint">{texts.referencesHint}</p>
          <Sums
            lines={days.map((end) => {
              const own = references.filter((one) => one.day === end);
              const count = own.reduce((sum, one) => sum + one.count, 0);
              const amount = own.reduce((sum, one) => sum + one.amount, 0);
              return {
                key: end,
                name: day(end, lang),
                count: <a href={`${PAYMENTS}?reference_ends=${end}`}>{texts.referencesOf(count)}</a>,
                value: <Money amount={amount} />,
              };
            })}
          />
        </>
      )}
    </Card>
  );
}

function Failures({ failures, today }: { failures: NonNullable<TodayView["failures"]>; today: string }) {
  const { say, lang } = useDesk();
  const texts = say(todayTexts);
  const reasons = byReason(failures.counts);
  return (
    <Card id="failures" title={texts.failures}>
      <p class="hint">{texts.failuresHint}</p>
      {reasons.length === 0 ? (
        <p>{texts.noFailures}</p>
      ) : (
        <Sums
          lines={reasons.map(({ reason, method, count }) => ({
            key: `${reason} ${method}`,
            name: failureWords(reason, lang),
            count: methodName(method, lang),
            value: (
              <a
                href={`${PAYMENTS}?failed_from=${failures.from}&failed_to=${today}&failure=${reason}&failed_method=${method}`}
              >
                {count}
              </a>
            ),
          }))}
        />
      )}
    </Card>
  );
}

interface SumLine {
  readonly key: string;
  readonly name: string;
  readonly count: ComponentChildren;
  readonly value: ComponentChildren;
}

/** Lines of a name, how many, and how much. */
function Sums({ lines }: { lines: readonly SumLine[] }) {
  return (
    <ul class="sum-lines">
      {lines.map(({ key, name, count, value }) => (
        <li key={key}>
          <span>{name}</span>
          <span class="of">{count}</span>
          <span class="value">{value}</span>
        </li>
      ))}
    </ul>
  );
}
