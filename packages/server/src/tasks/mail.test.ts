import { expect, it } from "vitest";
import { tasksMail } from "./mail.ts";
import type { AnyTask } from "./task.ts";

const PAYMENT = "pay_0mx0xhsihce5xsb5ax8w" as const;
const TASKS: readonly AnyTask[] = [
  {
    of: "endpoint",
    endpoint: "ep_0mx0xhvxgg6gacq7ihkm",
    since: new Date("2026-07-01T10:00:00Z"),
    tried: 3,
    givenUp: 0,
    isGone: false,
  },
  {
    of: "subject",
    id: "1",
    subject: PAYMENT,
    reference: "order-17",
    since: new Date("2026-11-28T23:30:00Z"),
    about: { kind: "money_given_back", reason: "late" } as never,
  },
];

it("says what needs a person, since when in Lisbon, and of what, by the order and its id, in both languages", () => {
  const asked = { data: TASKS, hasMore: true };
  const mail = tasksMail(asked, { lang: "en", url: "https://pay.example.pt" });
  expect(mail.subject).toBe("Caravela: needs attention (2+)");
  expect(mail.text).toContain(`28/11/2026 23:30 · order-17 · ${PAYMENT}\nMoney came when the payment was over`);
  expect(mail.text).toContain("01/07/2026 11:00 · ep_0mx0xhvxgg6gacq7ihkm\nYour endpoint has not taken events (3)");
  // in the order that it says, whatever stands in front in the list
  expect(mail.text.indexOf("28/11/2026")).toBeLessThan(mail.text.indexOf("01/07/2026"));
  // whoever reads mail ends it with a mouse
  expect(mail.text).toContain("where each is ended: https://pay.example.pt/dashboard/tasks");
  const portuguese = tasksMail({ ...asked, hasMore: false }, { lang: "pt", url: "https://pay.example.pt" });
  expect(portuguese.subject).toBe("Caravela: a precisar de atenção (2)");
  expect(portuguese.text).toContain("https://pay.example.pt/dashboard/tasks");
  expect(portuguese.text).toContain(
    `28/11/2026 23:30 · order-17 · ${PAYMENT}\nO dinheiro chegou quando o pagamento já tinha acabado`,
  );
});
