export { renderAction } from "./action/page.tsx";
export type { ActionKind, ActionView } from "./action/view.ts";
export type * from "./api/answers.ts";
export type * from "./api/developers.ts";
export type * from "./api/happenings.ts";
export type * from "./api/mandates.ts";
export type * from "./api/payments.ts";
export type * from "./api/people.ts";
export type * from "./api/today.ts";
export { type AuditView, renderAudit } from "./audit/page.tsx";
export {
  type CustomerActionView,
  type CustomerView,
  renderCustomer,
  renderCustomerAction,
} from "./customer/page.tsx";
export {
  type DeveloperFormView,
  renderDeveloperForm,
  renderSecret,
  SCOPES,
  type SecretView,
} from "./developers/forms.tsx";
export {
  type EventsView,
  type RequestsView,
  renderEvents,
  renderExamination,
  renderRequests,
  renderResend,
} from "./developers/lists.tsx";
export { type DevelopersView, type Pinged, renderDevelopers } from "./developers/page.tsx";
export { type LinkView, type QrCode, renderLink } from "./link/page.tsx";
export { type NewLinkView, renderNewLink } from "./new-link/page.tsx";
export { readAmount } from "./parts/amounts.ts";
export type { Fault, FormView } from "./parts/forms.tsx";
export { codeOf } from "./parts/problems.ts";
export { touchPath } from "./parts/touch.ts";
export { capturableOf, refundableOf } from "./payment/money.ts";
export { renderPayment } from "./payment/page.tsx";
export type { Note, PaymentView } from "./payment/view.ts";
export { type PaymentsView, renderPayments } from "./payments/page.tsx";
export { type ReceiptView, renderReceipt } from "./receipt/page.tsx";
export { type ApprovalView, renderApproval } from "./refund/approval.tsx";
export { type RefundView, renderRefund } from "./refund/page.tsx";
export { REFUND_REASONS } from "./refund/texts.ts";
export { type RefundsView, renderRefunds } from "./refunds/page.tsx";
export { type RefusedView, renderNowhere, renderRefused } from "./refused/page.tsx";
export { renderSettings } from "./settings/page.tsx";
export type { Shell } from "./shell/view.ts";
export { renderSubscriptionAction, type SubscriptionActionView } from "./subscriptions/action.tsx";
export type { SubscriptionActionKind } from "./subscriptions/actions.ts";
export { renderSubscriptions, type SubscriptionsView } from "./subscriptions/list.tsx";
export { type PlanInView, renderSubscription, type SubscriptionView } from "./subscriptions/page.tsx";
export { renderTaskAction, renderTasks, type TaskActionView, type TasksView } from "./tasks/page.tsx";
export { type ColleagueFormView, type InvitedView, renderColleagueForm, renderInvited } from "./team/forms.tsx";
export { renderTeam, type TeamView } from "./team/page.tsx";
export { renderSessions, type SessionsView } from "./team/sessions.tsx";
export { renderToday } from "./today/page.tsx";
export type { TodayView } from "./today/view.ts";
