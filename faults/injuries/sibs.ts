import type { Answer } from "../../tests/support/json.ts";
import { until } from "../../tests/support/until.ts";
import type { Kind } from "./injury.ts";

const LASTS_MS = [1_000, 5_000] as const;

/** SIBS answers with errors and pages, or does what it is asked and does not say so; its notifications go astray. */
export const sibsInBadWeather: Kind = ({ sandbox }, dice) => {
  const often = dice.pick([0.1, 0.3, 0.6]);
  const call = { delayMs: [0, 50], http: { 503: often / 2, 500: often / 2 }, html: often / 2, dropAnswer: often };
  const notifications = {
    drop: often,
    duplicate: often,
    corrupt: often / 2,
    reorder: often / 4,
    delaySeconds: [0, 0.2],
  };
  const faults = { seed: dice.between(1, 1_000_000), calls: { "*": call }, notifications };
  // something else may keep the gateway from answering just then
  const set = (to: object) => () => until(() => sandbox("PUT", "/faults", to).then(isDone, isNotDone));
  return { where: "SIBS", touches: ["gateway"], lastsMs: dice.between(...LASTS_MS), begin: set(faults), end: set({}) };
};

const isDone = ({ status }: Answer): boolean => status === 200;
const isNotDone = (): boolean => false;
