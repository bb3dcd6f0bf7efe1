import type { Stage } from "./stage.ts";

const DAYS = 86_400;

type OnStage = Pick<Stage, "api" | "now">;

/** What day it is in Lisbon on the stage, so many days from now. */
export function dayOn(stage: Pick<Stage, "now">, fromNow: number): string {
  const at = stage.now() + fromNow * DAYS * 1000;
  return new Intl.DateTimeFormat("en-CA", { timeZone: "Europe/Lisbon" }).format(at);
}

/** Makes a plan of 9.90 € a day from tomorrow on, unless told otherwise. */
export async function makePlan(stage: OnStage, mandate: string, changes: object = {}) {
  const wanted = { amount: 990, currency: "EUR", every: { days: 1 }, firstDate: dayOn(stage, 1), ...changes };
  const made = await stage.api("POST", `/v1/mandates/${mandate}/plans`, wanted);
  if (made.status !== 201) throw new Error(`no plan: ${JSON.stringify(made.body)}`);
  return made.body;
}

/** The plan as the API shows it. */
export async function readPlan(stage: Pick<Stage, "api">, id: string) {
  return (await stage.api("GET", `/v1/plans/${id}`)).body;
}

/** Asks for a plan's pause, resumption, end, or for its next charge to be left out. */
export function askPlan(stage: Pick<Stage, "api">, id: string, what: string, body?: object) {
  return stage.api("POST", `/v1/plans/${id}/${what}`, body);
}
