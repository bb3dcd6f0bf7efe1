import { type Approval, type ApprovalForms, type Operation, renderApproval } from "@caravela/web/dashboard";
import { textOf } from "../../pages/form-fields.ts";
import { findListed } from "../call-form.ts";
import { faultyForm, formAgain, freshForm, isDone } from "../forms.ts";
import type { Drawn, Screens } from "../room.ts";
import type { Visit } from "../visit.ts";
import { saidOf } from "./made.ts";
import { paymentOf, segment } from "./payment.ts";

const AT = "/dashboard/payments/:id/approvals/:approval";

/** The page on which a second person approves a refund, or refuses it; and whoever asked withdraws it. */
export function approvalScreen(screens: Screens): void {
  screens.show(AT, (visit) => draw(visit, {}));
  // whoever touched their passkey first is led back to where they pressed
  for (const press of ["approve", "refuse", "withdraw"])
    screens.show(`${AT}/${press}`, async ({ params }) => ({ to: pageOf(params) }));

  screens.press(`${AT}/approve`, async (visit, fields): Promise<Drawn> => {
    await approvalOf(visit);
    const path = `/v1/approvals/${segment(visit.params.approval ?? "")}/approve`;
    const outcome = await visit.ask.post<Operation>(path, null, textOf(fields, "key"));
    if (!isDone(outcome)) return draw(visit, { approve: formAgain(fields, outcome.refused, visit.key) });
    return { to: `/dashboard/payments/${segment(visit.params.id ?? "")}?done=${saidOf(outcome.done, "refund")}` };
  });

  screens.press(`${AT}/refuse`, async (visit, fields): Promise<Drawn> => {
    await approvalOf(visit);
    const note = textOf(fields, "note").trim();
    if (note === "") return draw(visit, { refuse: faultyForm(fields, { note: "missing" }) });
    const path = `/v1/approvals/${segment(visit.params.approval ?? "")}/refuse`;
    const outcome = await visit.ask.post(path, { note }, textOf(fields, "key"));
    if (!isDone(outcome)) return draw(visit, { refuse: formAgain(fields, outcome.refused, visit.key) });
    return { to: `/dashboard/payments/${segment(visit.params.id ?? "")}?done=approval_refused` };
  });

  screens.press(`${AT}/withdraw`, async (visit, fields): Promise<Drawn> => {
    await approvalOf(visit);
    const path = `/v1/approvals/${segment(visit.params.approval ?? "")}/withdraw`;
    const outcome = await visit.ask.post(path, null, textOf(fields, "key"));
    if (!isDone(outcome)) return draw(visit, { withdraw: formAgain(fields, outcome.refused, visit.key) });
    return { to: `/dashboard/payments/${segment(visit.params.id ?? "")}?done=approval_withdrawn` };
  });
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
