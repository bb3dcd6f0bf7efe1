import { usePay } from "./context.ts";

/** Nothing was certain for so long that nobody is asked to wait on this page any more. */
export function TakesLong() {
  const { view, texts } = usePay();
  return (
    <>
      <p>{texts.takesLong.why(view.shop.name)}</p>
      <AskTheShop />
    </>
  );
}

/** The number under which the shop finds the payment, and how the shop is reached. */
export function AskTheShop() {
  const { view, texts } = usePay();
  if (view.askShop === null) return null;
  const { payment, contact } = view.askShop;
  return (
    <p class="note ask-shop">
      {texts.takesLong.number} <strong>{payment}</strong>
      {contact !== null && (
        <>
          <br />
          {texts.takesLong.contact(view.shop.name)} <strong>{contact}</strong>
        </>
      )}
    </p>
  );
}
