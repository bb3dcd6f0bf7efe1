export type * from "./api.ts";
export type { FormView } from "./parts/forms.tsx";
export { renderPayment } from "./payment/page.tsx";
export type { Note, PaymentView } from "./payment/view.ts";
export { type PaymentsView, renderPayments } from "./payments/page.tsx";
export { type RefusedView, renderNowhere, renderRefused } from "./refused/page.tsx";
export type { Shell } from "./shell/view.ts";
