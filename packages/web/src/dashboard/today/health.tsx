import type { Lang } from "../../lang.ts";
import type { Health } from "../api/today.ts";
import { Fact, Facts, Pill } from "../parts/shown.tsx";
import { useDesk } from "../shell/desk.ts";
import { lasting, todayTexts } from "./texts.ts";

/** Work that has waited for less is on its way, in seconds. */
const WAITS_SECONDS = 60;
/** A share of calls that SIBS refused or did not answer, from which on somebody should know. */
const MANY_REFUSED = 0.2;

/** Whether there is nothing that somebody should look at. */
export function isWell({ sibs, oldestDue, undelivered, stalled }: Health): boolean {
  const isAnswered = sibs.spared.length === 0 && (sibs.refusedShare ?? 0) < MANY_REFUSED;
  const isDone = oldestDue === null || oldestDue.seconds < WAITS_SECONDS;
  return isAnswered && isDone && undelivered.count === 0 && stalled.length === 0;
}

/** In one line whether all works; more by a press. */
export function HealthLine({ health }: { health: Health }) {
  const { say } = useDesk();
  const texts = say(todayTexts);
  const isGood = isWell(health);
  return (
    <details class="card health" open={!isGood}>
      <summary>
        <Pill tone={isGood ? "good" : "warn"}>{isGood ? texts.well : texts.notWell}</Pill> <Answers health={health} />
      </summary>
      <More health={health} />
    </details>
  );
}

/** How SIBS answers. */
function Answers({ health: { sibs } }: { health: Health }) {
  const { say, lang } = useDesk();
  const { healthOf } = say(todayTexts);
  const [median, slowest] = [sibs.medianMs, sibs.slowestMs];
  return (
    <span>
      {healthOf.sibs}{" "}
      {median === null || slowest === null
        ? `– ${healthOf.noCalls}`
        : healthOf.sibsIn(inTime(median, lang), inTime(slowest, lang))}
      {sibs.refusedShare !== null && sibs.refusedShare > 0 && (
        <> · {healthOf.refused(String(Math.ceil(sibs.refusedShare * 100)))}</>
      )}
      {sibs.spared.length > 0 && <> · {healthOf.spared(sibs.spared.map(({ terminal }) => terminal).join(", "))}</>}
    </span>
  );
}

function More({ health }: { health: Health }) {
  const { say } = useDesk();
  const { healthOf, times } = say(todayTexts);
  const long = (seconds: number) => {
    const { value, unit } = lasting(seconds);
    return times[unit](value);
  };
  const { lastNotification, oldestDue, undelivered, inDoubt, stalled } = health;
  const doubts = inDoubt.attempts + inDoubt.operations + inDoubt.mandates;
  return (
    <>
      {stalled.length > 0 && <p class="warning">{healthOf.stalled(stalled.join(", "))}</p>}
      <Facts>
        <Fact name={healthOf.notified}>
          {lastNotification === null ? healthOf.never : healthOf.ago(long(lastNotification.seconds))}
        </Fact>
        <Fact name={healthOf.due}>
          {oldestDue === null ? healthOf.nothingDue : healthOf.dueFor(long(oldestDue.seconds))}
        </Fact>
        <Fact name={healthOf.events}>
          {undelivered.count === 0 ? (
            healthOf.allDelivered
          ) : (
            <a href="/dashboard/developers/events?undelivered=true">{healthOf.undelivered(undelivered.count)}</a>
          )}
        </Fact>
        <Fact name={healthOf.doubts}>
          {doubts === 0 ? (
            healthOf.noDoubts
          ) : (
            <a href="/dashboard/payments?in_doubt=true">{healthOf.doubtful(doubts)}</a>
          )}
        </Fact>
      </Facts>
    </>
  );
}

/** `184 ms`, `2.3 s`; in Portuguese with a comma. */
function inTime(ms: number, lang: Lang): string {
  if (ms < 1_000) return `${ms} ms`;
  const seconds = (ms / 1_000).toFixed(1);
  return `${lang === "pt" ? seconds.replace(".", ",") : seconds} s`;
}
