import type { Dice } from "../../simulation/dice.ts";
import type { Ground } from "../ground/ground.ts";

/** Something that hurts what runs, for a while. */
export interface Injury {
  /** What it hurts, as the report and the stories say it. */
  readonly where: string;
  /** What must not be hurt by two at once. */
  readonly touches: readonly string[];
  readonly lastsMs: number;
  begin(): Promise<void>;
  /** Takes its cause away: from here on it is measured how long it takes until payments go through. */
  end(): Promise<void>;
}

/** A kind of injury. Null: this machine cannot have it. */
export type Kind = (ground: Ground, dice: Dice) => Injury | null;
