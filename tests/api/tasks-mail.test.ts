import { lisbonDate, lisbonText } from "@caravela/platform/lisbon";
import { Secret } from "@caravela/platform/secret";
import { afterAll, beforeAll, expect, it } from "vitest";
import { approve, askPhone, createPayment } from "../support/actions.ts";
import { type MailServer, openMailServer, type ReceivedMail } from "../support/mail-server.ts";
import { type Stage, setStage } from "../support/stage.ts";
import { until } from "../support/until.ts";

const DAY = 86_400;

let mail: MailServer;
let stage: Stage;
beforeAll(async () => {
  mail = await openMailServer();
  stage = await setStage({
    tasksMail: {
      smtpUrl: new Secret(`smtp://127.0.0.1:${mail.port}`),
      from: "caravela@example.pt",
      to: ["ana@example.pt", "rui@example.pt"],
      lang: "en",
    },
  });
});
afterAll(async () => {
  await stage.close();
  await mail.close();
});

const dueAt = async () =>
  (await stage.pool.query<{ due_at: Date }>("select due_at from chore where name = 'mail_tasks'")).rows[0]?.due_at;
const sentOn = ({ headers }: ReceivedMail) => lisbonDate(new Date(/^Date: (.*)$/m.exec(headers)?.[1] ?? ""));

it("is sent once a day at eight in Lisbon, while something needs a person, and has nothing of a customer in it", async () => {
  await stage.advance(2 * DAY);
  expect(mail.mails).toEqual([]);
  // paid after it was canceled, so that the money goes back
  const late = await createPayment(stage, {
    reference: "order-17",
    description: "A gift",
    customer: { name: "Ana Secreta", email: "secret@example.pt" },
  });
  await askPhone(stage, late, "919999998");
  await stage.api("POST", `/v1/payments/${late}/cancel`);
  await approve(stage, "919999998");
  await stage.settle();
  await stage.advance(3 * DAY);
  expect(mail.mails.map(({ from, to }) => [from, to])).toEqual(
    Array(3).fill(["caravela@example.pt", ["ana@example.pt", "rui@example.pt"]]),
  );
  expect(new Set(mail.mails.map(sentOn)).size).toBe(3);
  for (const { text, headers } of mail.mails) {
    expect(text).toContain(`· order-17 · ${late}`);
    for (const secret of ["Ana", "secret@", "9998", "gift"]) expect(headers + text).not.toContain(secret);
  }
  expect(lisbonText((await dueAt()) ?? 0, "seconds")).toMatch(/T08:00:00/);
});

it("is tried again the same day where the mail server does not take it, and sent once then", async () => {
  const before = mail.mails.length;
  const due = (await dueAt())?.getTime() ?? 0;
  await stage.advance(Math.floor((due - stage.now()) / 1000) - 60);
  mail.takes = false;
  await stage.advance(120);
  expect(mail.mails).toHaveLength(before);
  mail.takes = true;
  await stage.advance(11 * 60);
  expect(mail.mails).toHaveLength(before + 1);
  await stage.advance(3_600);
  expect(mail.mails).toHaveLength(before + 1);
});

it("is sent by one of several servers", async () => {
  const before = mail.mails.length;
  await stage.startAnother();
  await stage.pool.query("update chore set due_at = now() - interval '1 day' where name = 'mail_tasks'");
  await until(async () => ((await dueAt()) ?? new Date(0)).getTime() > stage.now());
  expect(mail.mails).toHaveLength(before + 1);
});

it("is not sent once a person is done with it", async () => {
  const before = mail.mails.length;
  const { data } = (await stage.api("GET", "/v1/tasks")).body;
  for (const { id } of data) await stage.api("POST", `/v1/tasks/${id}/done`, { note: "Seen." });
  expect((await stage.api("GET", "/v1/tasks")).body.data).toEqual([]);
  await stage.advance(2 * DAY);
  expect(mail.mails).toHaveLength(before);
});
