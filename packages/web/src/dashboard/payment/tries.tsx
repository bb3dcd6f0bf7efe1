import type { Attempt, Operation, Payment } from "../api/payments.ts";
import { failureWords } from "../parts/failures.ts";
import { methodName } from "../parts/methods.ts";
import { Copy, Fact, Facts, Money, Pill, When, withShortPhones } from "../parts/shown.tsx";
import { OPERATION_TONES, type Tone, words } from "../parts/words.ts";
import { refundTexts } from "../refund/texts.ts";
import { useDesk } from "../shell/desk.ts";
import { paymentTexts } from "./texts.ts";

const ATTEMPT_TONES: Readonly<Record<Attempt["status"], Tone>> = {
  prepared: "calm",
  submitted: "calm",
  action_required: "calm",
  pending: "calm",
  approved: "good",
  declined: "bad",
  timed_out: "off",
  expired: "off",
  canceled: "off",
  failed: "bad",
};

/** The tries to pay, the newest first. */
export function Attempts({ payment }: { payment: Payment }) {
  const texts = useDesk().say(paymentTexts);
  if (payment.attempts.length === 0) return <p class="hint">{texts.noAttempts}</p>;
  return (
    <ol class="tries">
      {payment.attempts.toReversed().map((attempt) => (
        <li key={attempt.id}>
          <AttemptOf payment={payment} attempt={attempt} />
        </li>
      ))}
    </ol>
  );
}

function AttemptOf({ payment, attempt }: { payment: Payment; attempt: Attempt }) {
  const { say, may, lang } = useDesk();
  const texts = say(paymentTexts);
  const { attempts, standings } = say(words);
  const { failure, inDoubt } = attempt;
  return (
    <>
      <p class="try">
        <strong>{methodName(attempt.method, lang)}</strong>
        <span>{detailOf(attempt)}</span>
        {inDoubt ? (
          <Pill tone="warn">{standings.in_doubt}</Pill>
        ) : (
          <Pill tone={ATTEMPT_TONES[attempt.status]}>{attempts[attempt.status]}</Pill>
        )}
      </p>
      <Facts>
        <Fact name={texts.attempt.when}>
          <When at={attempt.createdAt} />
        </Fact>
        {attempt.transactionId !== null && (
          <Fact name={texts.attempt.transaction}>
            <Copy text={attempt.transactionId} what={texts.attempt.transaction} />
          </Fact>
        )}
        {failure !== null && <Fact name={texts.attempt.failure}>{failureWords(failure.reason, lang)}</Fact>}
        {failure?.code != null && <Fact name={`SIBS, ${texts.attempt.code}`}>{failure.code}</Fact>}
        {attempt.settled !== null && <SettledBy settled={attempt.settled} />}
      </Facts>
      {inDoubt && may("settleAttempt") && (
        <a href={`/dashboard/payments/${payment.id}/attempts/${attempt.id}/settle`}>{texts.settle}</a>
      )}
    </>
  );
}

/** What tells a try from another by the same way: the phone, the reference, the card. */
function detailOf({ mbway, multibanco, card }: Attempt): string {
  if (mbway !== null) return withShortPhones(mbway.phone);
  if (multibanco !== null) return `${multibanco.entity} ${multibanco.reference.replace(/(\d{3})(?=\d)/g, "$1 ")}`;
  return card === null ? "" : `${card.brand} …${card.lastFour}`;
}

/** Refunds, captures and what was given up of a hold. */
export function Operations({ payment }: { payment: Payment }) {
  const { operations } = useDesk().say(paymentTexts);
  return (
    <>
      {(["refunds", "captures", "cancellations"] as const).map((kind) =>
        payment[kind].length === 0 ? null : (
          <div key={kind} class="operations">
            <h3>{operations[kind]}</h3>
            <ol class="tries">
              {payment[kind].toReversed().map((operation) => (
                <li key={operation.id}>
                  <OperationOf operation={operation} />
                </li>
              ))}
            </ol>
          </div>
        ),
      )}
    </>
  );
}

function OperationOf({ operation }: { operation: Operation }) {
  const { say, may, lang } = useDesk();
  const texts = say(paymentTexts);
  const { failure } = operation;
  const { reason, reasons, note, approval } = say(refundTexts);
  const isInDoubt = operation.status === "in_doubt";
  return (
    <>
      <p class="try">
        <strong>
          <Money amount={operation.amount} />
        </strong>
        <span>
          <When at={operation.createdAt} /> · {texts.operationReasons[operation.reason]}
        </span>
        <Pill tone={OPERATION_TONES[operation.status]}>{say(words).operations[operation.status]}</Pill>
      </p>
      {isInDoubt && <p class="warning">{texts.doNotRepeat}</p>}
      <Facts>
        {failure !== null && <Fact name={texts.attempt.failure}>{failureWords(failure.reason, lang)}</Fact>}
        <Fact name={reason}>{operation.statedReason === null ? null : reasons[operation.statedReason]}</Fact>
        <Fact name={note}>{operation.note}</Fact>
        <Fact name={approval.asked}>{operation.requestedBy?.name}</Fact>
        {operation.settled !== null && <SettledBy settled={operation.settled} />}
      </Facts>
      {isInDoubt && may("settleOperation") && (
        <a href={`/dashboard/payments/${operation.payment}/operations/${operation.id}/settle`}>{texts.settle}</a>
      )}
    </>
  );
}

function SettledBy({ settled: { by, note } }: { settled: NonNullable<Operation["settled"]> }) {
  const texts = useDesk().say(paymentTexts);
  return <Fact name={texts.settledBy(by.name ?? texts.by.shop)}>{note}</Fact>;
}
