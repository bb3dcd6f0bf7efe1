import { Secret } from "@caravela/platform/secret";
import type { PayView } from "@caravela/web/pay";
import { afterAll, beforeAll, expect, it } from "vitest";
import { approve, createPayment, payAtAtm, read } from "../support/actions.ts";
import { type MailServer, openMailServer } from "../support/mail-server.ts";
import { openPage as openAt } from "../support/open-page.ts";
import { type Stage, setStage } from "../support/stage.ts";

const PHONE = "919999999";

let mail: MailServer;
let stage: Stage;
beforeAll(async () => {
  mail = await openMailServer();
  stage = await setStage({
    customerMail: { smtpUrl: new Secret(`smtp://127.0.0.1:${mail.port}`), from: "pagamentos@example.pt" },
  });
});
afterAll(async () => {
  await stage.close();
  await mail.close();
});

/** A payment's page, and what its form of e-mail brings. */
async function openPage(changes: object = {}) {
  const id = await createPayment(stage, changes);
  const page = openAt<PayView>((await read(stage, id)).payUrl);
  const send = async (what: string, address: string) =>
    ((await (await page.post("mail", { what, address }, "application/json")).json()) as PayView).mail?.outcome;
  const start = async (to: string, fields = {}) => page.post(to, { request: (await page.view()).request, ...fields });
  return { ...page, id, send, start };
}

async function openPaid(changes: object = {}) {
  const page = await openPage(changes);
  await page.start("mbway", { phone: PHONE });
  await approve(stage, PHONE);
  await stage.settle();
  return page;
}

const kept = async () => (await stage.pool.query("select * from customer_mail order by at")).rows;

it("is its receipt whenever its address is opened, and tells what was given back of it", async () => {
  const page = await openPaid({ items: [{ name: "Two mugs", quantity: 2, amount: 550 }] });
  const sums = async () => (await page.view()).receipt?.sums.map(({ value }) => value);
  expect(await sums()).toEqual(["€5.50"]);
  const opened = await page.html();
  for (const said of ["Proof of payment", page.id, "by MB WAY •••9999", "Two mugs", "This document is not an invoice."])
    expect(opened).toContain(said);
  await stage.api("POST", `/v1/payments/${page.id}/refunds`, { amount: 150 });
  await stage.settle();
  expect(await sums()).toEqual(["€5.50", "−€1.50", "€4.00"]);
  expect(await page.html()).toContain("Final amount");
});

it("is sent where the customer wants it, from the shop, once to each address, without keeping one", async () => {
  const page = await openPaid({ description: "http://not.ours.example", locale: "fr" });
  const before = mail.mails.length;
  const pressedTwice = [page.send("receipt", " Ana@Example.pt "), page.send("receipt", "Ana@Example.pt")];
  expect(await Promise.all(pressedTwice)).toEqual(["sent", "sent"]);
  expect(await page.send("receipt", "ana@example.pt")).toBe("sent_before");
  expect(mail.mails).toHaveLength(before + 1);
  const { from, to, headers, text } = mail.mails.at(-1) ?? { headers: "", text: "" };
  expect([from, to]).toEqual(["pagamentos@example.pt", ["Ana@example.pt"]]);
  expect(headers).toMatch(/^Auto-Submitted: auto-generated$/m);
  expect(headers).toMatch(/^From: .+ <pagamentos@example\.pt>$/m);
  for (const part of ["text/plain", "text/html", 'lang=3D"fr-FR"', page.id]) expect(headers + text).toContain(part);
  expect(text).not.toContain("not.ours");
  expect(JSON.stringify(await kept())).not.toMatch(/example\.pt/i);
});

it("goes to three addresses at most, so that nobody sends mail by it", async () => {
  const page = await openPaid();
  const before = mail.mails.length;
  const outcomes = [];
  for (const name of ["a", "b", "c", "d"]) outcomes.push(await page.send("receipt", `${name}@example.pt`));
  expect(outcomes).toEqual(["sent", "sent", "sent", "too_often"]);
  expect(mail.mails).toHaveLength(before + 3);
});

it("goes to one address alone, and says beside the field what is none", async () => {
  const page = await openPaid();
  const before = mail.mails.length;
  for (const address of [
    "",
    "ana",
    "ana@localhost",
    "ana@[127.0.0.1]",
    "ana@127.0.0.1",
    "ana@example.pt, rui@example.pt",
    "ana@example.pt\r\nBcc: rui@example.pt",
    "Ana <ana@example.pt>",
    // what nobody sees, and some mail server leaves out: it would go where no other press could tell
    "a\u0000na@example.pt",
    "\u202eana@example.pt",
    "ana@\u212aiosk.pt",
    `${"a".repeat(65)}@example.pt`,
    "4111111111111111@x",
  ]) {
    const answer = await page.post("mail", { what: "receipt", address });
    const html = await answer.text();
    expect([address, answer.status]).toEqual([address, 422]);
    expect(html).toContain("This e-mail address is not complete.");
    expect(html).not.toContain("4111111111111111");
  }
  expect(mail.mails).toHaveLength(before);
  expect(await page.send("receipt", "ana@example.pt")).toBe("sent");
});

it("sends nothing but what the page shows by then", async () => {
  const page = await openPage();
  const before = mail.mails.length;
  for (const what of ["receipt", "reference", "nonsense"]) {
    const answer = await page.post("mail", { what, address: "ana@example.pt" });
    expect([answer.status, answer.headers.get("location")]).toEqual([303, page.path]);
  }
  // a page that still shows the reference, when it has been paid otherwise: that is not what the receipt is sent for
  const paid = await openPaid();
  expect((await paid.post("mail", { what: "reference", address: "ana@example.pt" })).status).toBe(303);
  expect(mail.mails).toHaveLength(before);
});

it("says when it could not be sent, and sends it when it is pressed later", async () => {
  const page = await openPaid();
  const before = mail.mails.length;
  mail.takes = false;
  expect(await page.send("receipt", "late@example.pt")).toBe("not_taken");
  mail.takes = true;
  expect(await page.send("receipt", "late@example.pt")).toBe("not_taken");
  await stage.advance(60);
  expect(await page.send("receipt", "late@example.pt")).toBe("sent");
  expect(mail.mails).toHaveLength(before + 1);
});

it("takes a reference along: by e-mail without a way to the page, and in a calendar until it cannot be paid", async () => {
  const page = await openPage();
  expect((await fetch(`${page.url}/reference.ics`, { redirect: "manual" })).status).toBe(303);
  await page.start("multibanco");
  const { screen } = await page.view();
  if (screen.kind !== "reference") throw new Error("there is no reference");
  const answer = await fetch(`${page.url}/reference.ics`);
  expect(answer.headers.get("content-type")).toBe("text/calendar; charset=utf-8");
  expect(answer.headers.get("content-disposition")).toBe('attachment; filename="multibanco.ics"');
  const calendar = await answer.text();
  expect(calendar).toMatch(/^BEGIN:VCALENDAR\r\n[\s\S]*\r\nUID:pay_\w+\.1@[\w.]+\r\n/);
  expect(await page.send("reference", "ana@example.pt")).toBe("sent");
  const { text = "" } = mail.mails.at(-1) ?? {};
  expect(text).toContain(screen.reference.replace(/(...)(...)(...)/, "$1 $2 $3"));
  expect(text + calendar).not.toContain(page.path);
  await payAtAtm(stage, screen);
  await stage.settle();
  expect(await page.html()).toContain(`by Multibanco ${screen.entity} / `);
  expect((await fetch(`${page.url}/reference.ics`, { redirect: "manual" })).status).toBe(303);
  // the receipt is another thing than the reference
  expect(await page.send("receipt", "ana@example.pt")).toBe("sent");
});

it("is limited for each network, which is forgotten after a day, and all of it after ninety", async () => {
  await stage.pool.query("delete from customer_mail");
  const page = await openPaid();
  await stage.pool.query(
    `insert into customer_mail (payment_id, what, address, network, at)
     select 'pay_' || n, 'receipt', '\\x00', '127.0.0.1', $1 from generate_series(1, 30) as n`,
    [new Date(stage.now())],
  );
  expect(await page.send("receipt", "ana@example.pt")).toBe("too_often");
  await stage.advance(3_601);
  expect(await page.send("receipt", "ana@example.pt")).toBe("sent");
  await stage.advance(2 * 86_400);
  expect((await kept()).map(({ network }) => network)).toEqual(Array(31).fill(null));
  await stage.pool.query("update customer_mail set at = at - interval '90 days'");
  await stage.advance(86_400);
  expect(await kept()).toEqual([]);
});

it("is no choice where no mail server is set", async () => {
  const page = await openPaid();
  expect(await page.html()).toContain("Get the proof of payment by e-mail");
  await stage.restartServer({ customerMail: null });
  const without = openAt<PayView>((await read(stage, page.id)).payUrl);
  expect((await without.view()).mail).toBeNull();
  expect(await without.html()).not.toContain("by e-mail");
  const answer = await without.post("mail", { what: "receipt", address: "ana@example.pt" });
  expect(answer.status).toBe(303);
});
