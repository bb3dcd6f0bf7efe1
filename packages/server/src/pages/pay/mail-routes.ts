import { customerAddress } from "@caravela/platform/address";
import type { Http } from "@caravela/platform/http";
import type { Log } from "@caravela/platform/log";
import { shorten } from "@caravela/sibs/text";
import { calendarOf, type MailOutcome, mailOf, type PayView } from "@caravela/web/pay";
import type { Timed } from "../../given.ts";
import type { CustomerMails, WantedMail } from "../../storage/customer-mails.ts";
import { type CustomerMailSettings, isMailAddress } from "../../tasks/mail-settings.ts";
import { mailErrorCode, type SendsMail } from "../../tasks/smtp.ts";
import { about, addressOf, answerForm, hidden, sendView, wantsView } from "../customer-page.ts";
import { fieldsOf, textOf } from "../form-fields.ts";
import type { PayPage } from "./pay-page.ts";
import { withoutNumber } from "./sent-form.ts";

/** What sending customers what they want by e-mail may touch. */
export type MailsCustomers = Timed & {
  readonly log: Log;
  readonly customerMails: Pick<CustomerMails, "claim" | "sent">;
  /** Null: no mail server is set, and nothing is sent. */
  readonly customerMail: (Pick<CustomerMailSettings, "from"> & { readonly send: SendsMail }) | null;
  readonly settings: { readonly publicUrl: string };
};

/** What the page shows, to be taken along: by e-mail, and a reference in a calendar. */
export function addMailAndCalendar(http: Http, page: PayPage, ports: MailsCustomers): void {
  const own = addressOf(page, ":token");
  const underWay = new Map<string, Promise<MailOutcome>>();
  /** Whoever presses twice is told by the second answer too, which is all that they see, what became of the first. */
  const sendOnce = (wanted: WantedMail, view: PayView): Promise<MailOutcome> => {
    const same = [wanted.payment.id, wanted.what, wanted.address.toLowerCase()].join("\n");
    const outcome = underWay.get(same) ?? sendTo(wanted, view, ports).finally(() => underWay.delete(same));
    underWay.set(same, outcome);
    return outcome;
  };

  http.post(
    `${own}/mail`,
    hidden,
    about(page, async (payment, request, reply) => {
      const fields = fieldsOf(request);
      const view = await page.show(payment, request);
      // The page shows something else by now: that is what whoever pressed sees.
      if (view.mail?.what !== textOf(fields, "what")) {
        return answerForm(page, { subject: payment, back: view.path }, request, reply);
      }
      const address = textOf(fields, "address").trim();
      const wanted = { payment, what: view.mail.what, address, from: customerAddress(request) };
      const outcome = isMailAddress(address) ? await sendOnce(wanted, view) : "no_address";
      const typed = withoutNumber(shorten(address, 254));
      const shown = await page.show(payment, request, { mailed: { outcome, typed } });
      reply.code(outcome === "sent" ? 200 : 422);
      return wantsView(request) ? reply.send(shown) : sendView(page, shown, reply);
    }),
  );

  http.get(
    `${own}/reference.ics`,
    hidden,
    about(page, async (payment, request, reply) => {
      const view = await page.show(payment, request);
      const uid = `${payment.id}.${payment.attempts.length}@${new URL(ports.settings.publicUrl).hostname}`;
      const calendar = calendarOf(view, { uid, now: ports.clock.now() });
      if (calendar === null) return reply.redirect(view.path, 303);
      return reply
        .header("content-disposition", 'attachment; filename="multibanco.ics"')
        .type("text/calendar; charset=utf-8")
        .send(calendar);
    }),
  );
}

/** Sends what the page shows to one address, once, where that may be. What a mail server says is in no log. */
async function sendTo(wanted: WantedMail, view: PayView, ports: MailsCustomers): Promise<MailOutcome> {
  const { customerMail, customerMails, clock, log, settings } = ports;
  const mail = mailOf(view, `${settings.publicUrl}${view.embedded?.full ?? view.path}`);
  if (customerMail === null || mail === null) return "not_taken";
  const claimed = await customerMails.claim(wanted);
  if (claimed === "wait") return "not_taken";
  if (claimed !== "granted") return claimed;
  const { payment, what, address } = wanted;
  const { from, send } = customerMail;
  const now = clock.now();
  try {
    await send({
      ...mail,
      from: { name: view.shop.name, address: from },
      to: [address],
      date: now,
      messageId: `<${what}.${payment.id}.${now.getTime()}@${from.split("@").at(-1)}>`,
    });
  } catch (error) {
    log.warn({ code: mailErrorCode(error), payment: payment.id, what }, "an e-mail to a customer was not taken");
    return "not_taken";
  }
  await customerMails.sent(wanted);
  return "sent";
}
