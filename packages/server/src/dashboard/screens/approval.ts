import { type Approval, type ApprovalForms, type Operation, renderApproval } from "@caravela/web/dashboard";
import { textOf } from "../../pages/form-fields.ts";
import { findListed } from "../call-form.ts";
import { faultyForm, formAgain, freshForm, isDone } from "../forms.ts";
import type { Drawn, Screens } from "../room.ts";
import type { Visit } from "../visit.ts";
import { saidOf } from "./made.ts";
import { paymentOf, segment } from "./payment.ts";

const AT = "/dashboard/payments/:id/approvals/:approval";

/** What is pressed there, and what the payment's page says once it is done. */
const PRESSES: Readonly<Record<keyof ApprovalForms, (done: unknown) => string>> = {
  approve: (made) => saidOf(made as Operation, "refund"),
  refuse: () => "approval_refused",
  withdraw: () => "approval_withdrawn",
};

/** The page on which a second person approves a refund, or refuses it; and whoever asked withdraws it. */
export function approvalScreen(screens: Screens): void {
  screens.show(AT, (visit) => draw(visit, {}));
  for (const [press, said] of Object.entries(PRESSES)) {
    // whoever touched their passkey first is led back to where they pressed
    screens.show(`${AT}/${press}`, async ({ params }) => ({ to: pageOf(params) }));
    screens.press(`${AT}/${press}`, async (visit, fields): Promise<Drawn> => {
      const { id } = await approvalOf(visit);
      const note = textOf(fields, "note").trim();
      const wantsNote = press === "refuse";
      if (wantsNote && note === "") return draw(visit, { refuse: faultyForm(fields, { note: "missing" }) });
      const path = `/v1/approvals/${segment(id)}/${press}`;
      const outcome = await visit.ask.post(path, wantsNote ? { note } : null, textOf(fields, "key"));
      if (!isDone(outcome)) return draw(visit, { [press]: formAgain(fields, outcome.refused, visit.key) });
      return { to: `/dashboard/payments/${segment(visit.params.id ?? "")}?done=${said(outcome.done)}` };
    });
  }
}

function pageOf({ id = "", approval = "" }: Visit["params"]): string {
  return `/dashboard/payments/${segment(id)}/approvals/${segment(approval)}`;
}

/** The page with its forms, one of which may have come back. */
async function draw(visit: Visit, came: Partial<ApprovalForms>): Promise<Drawn> {
  const [payment, approval] = await Promise.all([paymentOf(visit), approvalOf(visit)]);
  const fresh = () => freshForm(visit.key());
  const { approve = fresh(), refuse = fresh(), withdraw = fresh() } = came;
  const html = renderApproval(await visit.shell(), { payment, approval, approve, refuse, withdraw });
  const back = came.approve ?? came.refuse ?? came.withdraw;
  return back === undefined ? html : { html, status: back.problem?.status ?? 422 };
}

/** @throws Refused where the payment has none: its page decides about no other's. */
function approvalOf({ ask, params: { id, approval } }: Visit): Promise<Approval> {
  return findListed<Approval>(ask, "/v1/approvals", approval, { payment: id });
}
