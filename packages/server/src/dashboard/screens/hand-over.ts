import { type QrCode, type ReceiptView, renderLink, renderReceipt } from "@caravela/web/dashboard";
import qrcode from "qrcode-generator";
import type { Screens } from "../room.ts";
import { paymentOf } from "./payment.ts";

/** Whom a customer pays at a terminal, how they are reached, and their tax number. */
export interface KnowsShops {
  shopOf(terminal: string | null): ReceiptView["shop"];
}

/** What a customer is handed: the address by which they pay, and the proof that they did. */
export function handOverScreens({ shopOf }: KnowsShops): (screens: Screens) => void {
  return (screens) => {
    screens.show("/dashboard/payments/:id/link", async (visit) => {
      // whoever hands it over acts for the customer, whom others may not know
      visit.mustHave("createPayment");
      const payment = await paymentOf(visit);
      return renderLink(await visit.shell(), { payment, qr: qrOf(payment.payUrl) });
    });

    screens.show("/dashboard/payments/:id/receipt", async (visit) => {
      const payment = await paymentOf(visit);
      if (payment.amountCaptured === 0) return { to: `/dashboard/payments/${payment.id}` };
      return renderReceipt(await visit.shell(), { payment, shop: shopOf(payment.terminal) });
    });
  };
}

/** A text as a QR code that bears a scratch. */
function qrOf(text: string): QrCode {
  const code = qrcode(0, "M");
  code.addData(text);
  code.make();
  const size = code.getModuleCount();
  const places = Array.from({ length: size }, (_, place) => place);
  const squares = places.flatMap((row) =>
    places.filter((column) => code.isDark(row, column)).map((column) => `M${column} ${row}h1v1h-1z`),
  );
  return { size, path: squares.join("") };
}
