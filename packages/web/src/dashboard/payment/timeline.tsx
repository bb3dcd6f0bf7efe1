import type { By, JournalLine } from "../api/happenings.ts";
import type { Payment } from "../api/payments.ts";
import { When, withShortPhones } from "../parts/shown.tsx";
import { words } from "../parts/words.ts";
import { useDesk } from "../shell/desk.ts";
import { paymentTexts } from "./texts.ts";
import { type Piece, type Told, timelineOf } from "./timeline.ts";

interface TimelineProps {
  /** Of a payment, its attempts: after a failure stands what is sensible. */
  payment?: Pick<Payment, "attempts">;
  journal: readonly JournalLine[];
}

/** What happened, day by day. */
export function Timeline({ payment = { attempts: [] }, journal }: TimelineProps) {
  const { lang } = useDesk();
  return (
    <div class="timeline">
      {timelineOf(payment, journal, lang).map(({ day, pieces }) => (
        <section key={day}>
          <h3>{day}</h3>
          <ol>
            {pieces.map((piece) => (
              <PieceOfIt key={piece.is === "told" ? piece.told.line.number : piece.steps[0]?.number} piece={piece} />
            ))}
          </ol>
        </section>
      ))}
    </div>
  );
}

function PieceOfIt({ piece }: { piece: Piece }) {
  return piece.is === "told" ? <TellingLine told={piece.told} /> : <Steps steps={piece.steps} />;
}

function TellingLine({ told: { line, tone, advice } }: { told: Told }) {
  const { say } = useDesk();
  return (
    <li class={`told ${tone}`}>
      <When at={line.at} only="time" />
      <div>
        <p>{withShortPhones(line.text)}</p>
        {advice !== null && <p class="advice">{say(words).advice[advice]}</p>}
      </div>
      <ByWhom by={line.by} />
    </li>
  );
}

/** What only explains: there for whoever wants to know. */
function Steps({ steps }: { steps: readonly JournalLine[] }) {
  const texts = useDesk().say(paymentTexts);
  return (
    <li class="steps">
      <details>
        <summary>{texts.steps(steps.length)}</summary>
        <ol>
          {steps.map((line) => (
            <li key={line.number} class="step">
              <When at={line.at} only="time" />
              <p>{withShortPhones(line.text)}</p>
            </li>
          ))}
        </ol>
      </details>
    </li>
  );
}

function ByWhom({ by }: { by: By | null }) {
  const texts = useDesk().say(paymentTexts);
  if (by === null) return null;
  return <span class="by">{by.name ?? texts.by[by.type]}</span>;
}
