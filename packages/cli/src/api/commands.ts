import type { Command } from "commander";
import { endRequests } from "../end-requests.ts";
import type { Output } from "../output.ts";

type Options = Readonly<Record<string, string | boolean | undefined>>;

const LIMIT = ["--limit <number>", "how many, 1 to 100: 20 unless you say otherwise"] as const;
const AFTER = ["--after <next>", "what the list before ended with, for the next ones"] as const;

/**
 * What a developer asks of a running server, at `CARAVELA_URL` by the key `CARAVELA_API_KEY`: what `caravela start`
 * started, unless they are set.
 */
export function addApiCommands(caravela: Command, output: () => Output): void {
  caravela
    .command("listen")
    .description("bring a server's events to a local address, signed and in order, without registering it")
    .requiredOption("--forward <url>", "where they are posted, as http://localhost:3001/events")
    .option("--types <types>", "these types alone, parted by commas, as payment.paid,refund.succeeded")
    .action(async ({ forward, types }: { forward: string; types?: string }) => {
      const { listen } = await import("../listen/listen.ts");
      const { asked } = endRequests();
      await listen(process.env, { forward, types: wordsIn(types) }, output(), asked);
      process.exit();
    });

  caravela
    .command("trigger")
    .argument("[event]", "its type, as payment.paid")
    .option("--list", "which events there are, and how each is brought about")
    .description("bring an event about: a payment at the server, by the customer whom the local gateway simulates")
    .action(async (type: string | undefined, { list }: { list?: boolean }) => {
      const { listRecipes, trigger } = await import("../trigger/trigger.ts");
      if (list || type === undefined) return listRecipes(output());
      await trigger(process.env, type, output());
    });

  const payments = caravela.command("payments").description("the server's payments");
  payments
    .command("list")
    .description("payments, newest first")
    .option("--status <statuses>", "how they stand, parted by commas, as paid,authorized")
    .option("--reference <reference>", "your own reference")
    .option("--q <text>", "what they are to be found by: a phone's last digits, an amount, an e-mail address, …")
    .option(...LIMIT)
    .option(...AFTER)
    .action(async (options: Options) => {
      const { listPayments } = await import("./payments.ts");
      await listPayments(process.env, options, output());
    });
  payments
    .command("show")
    .argument("<id>", "the payment's, as pay_…")
    .description("a payment, and all that happened to it")
    .option("--language <language>", "in which it is told: en or pt", "en")
    .action(async (id: string, { language }: { language: string }) => {
      const { showPayment } = await import("./payments.ts");
      await showPayment(process.env, id, language, output());
    });

  const events = caravela.command("events").description("the server's events");
  const filtered = (command: Command) =>
    command
      .option("--type <types>", "what they tell, parted by commas, as payment.paid")
      .option("--payment <id>", "the payment that they tell of")
      .option("--mandate <id>", "the authorised payment that they tell of")
      .option("--endpoint <id>", "where they are sent")
      .option("--undelivered", "those alone that an endpoint has not taken");
  filtered(events.command("list").description("events, newest first"))
    .option(...LIMIT)
    .option(...AFTER)
    .action(async (options: Options) => {
      const { listEvents } = await import("./events.ts");
      await listEvents(process.env, options, output());
    });
  events
    .command("show")
    .argument("<id>", "the event's, as evt_…")
    .description("an event, where it goes, and how each try went")
    .action(async (id: string) => {
      const { showEvent } = await import("./events.ts");
      await showEvent(process.env, id, output());
    });
  filtered(
    events
      .command("resend")
      .argument("[id]", "the event's, as evt_…; without one, all that the options leave")
      .description("send an event to its endpoints again, or many"),
  ).action(async (id: string | undefined, { type, ...filter }: Options) => {
    const { resendEvents } = await import("./events.ts");
    const types = typeof type === "string" ? { type: wordsIn(type) } : {};
    await resendEvents(process.env, id, { ...filter, ...types }, output());
  });
}

function wordsIn(text = ""): string[] {
  return text
    .split(",")
    .map((word) => word.trim())
    .filter((word) => word !== "");
}
