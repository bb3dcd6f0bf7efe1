import type { MandateId } from "../domain/identifiers.ts";
import { doubtMandate } from "../domain/mandate/begin.ts";
import { type MandateTask, mandateTasks } from "../domain/mandate/due.ts";
import { HOUR } from "../domain/time.ts";
import { given, type Timed } from "../given.ts";
import { type AsksAboutMandates, askMandate } from "../inquiries/mandate.ts";
import { type EndsMandates, endAtSibs } from "../mandates/end-at-sibs.ts";
import { type ChargesPlans, performPlanTask } from "../plans/make-payment.ts";
import type { Breaker } from "../sibs/breaker.ts";
import type { RestsMandates } from "../storage/ports.ts";
import { at, type ByTerminal } from "../terminals.ts";
import { doDueWork } from "./due-work.ts";

/** What following a mandate may touch. */
export type FollowsMandates = AsksAboutMandates &
  EndsMandates &
  ChargesPlans &
  RestsMandates &
  Timed & { readonly breaker: ByTerminal<Breaker>; readonly settings: { readonly holdsCharges: boolean } };

const CHARGES: readonly MandateTask["do"][] = ["begin_charge", "make_charge"];

/** Does for one mandate and its plans whatever their time has come for, and sets when it is looked at again. */
export async function followMandate(ports: FollowsMandates, id: MandateId): Promise<void> {
  const { mandates, clock, breaker } = ports;
  const found = await mandates.load(id);
  if (found === null) return;
  const until = await doDueWork<MandateTask>({
    tasks: async () => mandateTasks((await mandates.lately(id)) ?? found, given(ports)),
    rests: (task) => {
      if (CHARGES.includes(task.do)) return ports.settings.holdsCharges ? clock.now().getTime() + HOUR : null;
      return task.do === "ask_mandate" ? at(breaker, found).restsUntil() : null;
    },
    perform: (task) => perform(ports, id, task),
  });
  await mandates.rest(id, { now: clock.now().getTime(), until, found });
}

async function perform(ports: FollowsMandates, id: MandateId, task: MandateTask): Promise<void> {
  switch (task.do) {
    case "doubt_mandate":
      await ports.mandates.record(id, doubtMandate);
      return;
    case "ask_mandate": {
      const heard = await askMandate(ports, id);
      if (heard !== null) await endAtSibs(ports, heard);
      return;
    }
    default:
      await performPlanTask(ports, id, task);
  }
}
