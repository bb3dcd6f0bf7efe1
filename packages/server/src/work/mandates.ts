import { doubtMandate } from "../domain/mandate/decisions.ts";
import { type MandateTask, mandateTasks } from "../domain/mandate/due.ts";
import { askMandate } from "../inquiries/mandate.ts";
import { performPlanTask } from "../plans/charge.ts";
import { given, type Services } from "../services.ts";
import type { Breaker } from "../sibs/breaker.ts";
import { inRounds } from "./rounds.ts";

/** Does for one mandate and its plans whatever their time has come for, and sets when it is looked at again. */
export async function followMandate(services: Services, breaker: Breaker, id: string): Promise<void> {
  const { mandates, clock } = services;
  const rest = await inRounds(breaker, {
    tasks: async () => {
      const mandate = await mandates.load(id);
      return mandate === null ? [] : mandateTasks(mandate, given(services));
    },
    canWait: (task) => task.do === "ask_mandate",
    perform: (task) => perform(services, id, task),
  });
  await mandates.rest(id, clock.now().getTime(), rest);
}

async function perform(services: Services, id: string, task: MandateTask): Promise<void> {
  switch (task.do) {
    case "doubt_mandate":
      await services.mandates.record(id, doubtMandate);
      return;
    case "ask_mandate":
      await askMandate(services, id);
      return;
    default:
      await performPlanTask(services, id, task);
  }
}
