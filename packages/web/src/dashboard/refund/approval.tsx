import { OfPayment } from "../action/page.tsx";
import type { Approval, Payment } from "../api/payments.ts";
import { ActionForm, Field, type FormView, ProblemSaid } from "../parts/forms.tsx";
import { Fact, Facts, Money, When } from "../parts/shown.tsx";
import { useDesk } from "../shell/desk.ts";
import { renderScreen } from "../shell/render.tsx";
import type { Shell } from "../shell/view.ts";
import { refundTexts } from "./texts.ts";

/** What is pressed there. */
export interface ApprovalForms {
  approve: FormView;
  refuse: FormView;
  withdraw: FormView;
}

export interface ApprovalView extends ApprovalForms {
  payment: Payment;
  approval: Approval;
}

/** Renders the page on which a second person decides about a refund; for all others it is the request alone. */
export function renderApproval(shell: Shell, view: ApprovalView): string {
  const texts = refundTexts[shell.lang].approval;
  const presses = pressesOf(shell, view.approval);
  const title = presses.decides ? texts.title : texts.request;
  return renderScreen(shell, { title, body: <ApprovalPage view={view} title={title} presses={presses} /> });
}

/** What whoever looks may do with a request, and whether it is their own. */
interface Presses {
  isOwn: boolean;
  decides: boolean;
  withdraws: boolean;
}

function pressesOf({ me }: Shell, { status, requestedBy }: Approval): Presses {
  const isOwn = me?.by.id === requestedBy.id;
  const may = (operation: string) => status === "waiting" && me?.operations.includes(operation) === true;
  return { isOwn, decides: !isOwn && may("approveRefund"), withdraws: isOwn && may("withdrawRefund") };
}

function ApprovalPage({ view, title, presses }: { view: ApprovalView; title: string; presses: Presses }) {
  const { payment, approval, approve, refuse, withdraw } = view;
  const { isOwn, decides, withdraws } = presses;
  const { approval: texts } = useDesk().say(refundTexts);
  const problem = approve.problem ?? refuse.problem ?? (withdraws ? null : withdraw.problem);
  const back = `/dashboard/payments/${payment.id}`;
  return (
    <section class="card narrow stack">
      <h1>{title}</h1>
      <OfPayment payment={payment} />
      <WhatIsAsked approval={approval} />
      {isOwn && approval.status === "waiting" && <p class="warning">{texts.own}</p>}
      {decides ? <Decide view={view} /> : problem !== null && <ProblemSaid problem={problem} />}
      {withdraws && (
        <ActionForm
          to={`${back}/approvals/${approval.id}/withdraw`}
          form={withdraw}
          submit={texts.withdraw}
          grave
          back={back}
        />
      )}
    </section>
  );
}

function WhatIsAsked({ approval }: { approval: Approval }) {
  const { approval: texts, reason, reasons, note } = useDesk().say(refundTexts);
  return (
    <Facts>
      <Fact name={texts.amount}>
        <Money amount={approval.amount} />
      </Fact>
      <Fact name={texts.status}>{texts.states[approval.status]}</Fact>
      <Fact name={texts.asked}>{approval.requestedBy.name}</Fact>
      <Fact name={reason}>{approval.statedReason === null ? null : reasons[approval.statedReason]}</Fact>
      <Fact name={note}>{approval.note}</Fact>
      <Fact name={texts.at}>
        <When at={approval.createdAt} />
      </Fact>
      {approval.status === "waiting" && (
        <Fact name={texts.until}>
          <When at={approval.expiresAt} />
        </Fact>
      )}
      <Fact name={texts.decided}>{approval.decidedBy?.name}</Fact>
      <Fact name={texts.why}>{approval.decisionNote}</Fact>
    </Facts>
  );
}

/** For whoever may refund, and did not ask for this. */
function Decide({ view: { payment, approval, approve, refuse } }: { view: ApprovalView }) {
  const { approval: texts } = useDesk().say(refundTexts);
  const back = `/dashboard/payments/${payment.id}`;
  const at = `${back}/approvals/${approval.id}`;
  return (
    <>
      <ActionForm to={`${at}/approve`} form={approve} submit={texts.press} back={back} />
      <hr />
      <ActionForm to={`${at}/refuse`} form={refuse} submit={texts.refuse} grave>
        <Field name="note" label={texts.refuseNote} form={refuse} kind="long" maxLength={1_000} />
      </ActionForm>
    </>
  );
}
