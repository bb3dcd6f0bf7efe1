import { describe, it } from "vitest";
import { setStage } from "../support/stage.ts";
import { balance, nothingPayableIsLeft } from "./books.ts";
import { Town } from "./town.ts";

/**
 * Each is a life of its own. `SIMULATION_SEEDS=7,8` plays others; a seed that fails is added here before what it found
 * is mended.
 */
const SEEDS = (process.env.SIMULATION_SEEDS ?? "22,24,25").split(",").map(Number);

const MOMENTS = 75;
/** Every so many moments other things go wrong, and the server is stopped and started again. */
const CHANGE_OF_WEATHER = 6;
const RESTART = 35;
/** What has been in doubt for long is asked about each hour, a withdrawal is tried again after ten minutes. */
const WELL_OVER_AN_HOUR = 4_500;
const DAY = 86_400;

describe("many payments in bad weather", () => {
  it.each(SEEDS)(
    "seed %i: when all is over, server, SIBS and shop agree on every cent",
    async (seed) => {
      const stage = await setStage();
      const town = new Town(stage, seed);
      try {
        await town.authorise();
        for (let moment = 1; moment <= MOMENTS; moment += 1) {
          if (moment % CHANGE_OF_WEATHER === 0) await town.weather();
          if (moment % RESTART === 0) await stage.restartServer();
          await town.moment();
        }
        await town.changeOfMind();
        await town.fairWeather();
        // until SIBS was asked about whatever is in doubt, and withdrawals were tried again
        await stage.advance(WELL_OVER_AN_HOUR);
        await nothingPayableIsLeft(stage);
        for (let day = 0; day < 3; day += 1) await stage.advance(DAY);
        await balance(stage);
      } catch (error) {
        const deeds = town.deeds.slice(-40).join("\n");
        throw new Error(`seed ${seed}: ${(error as Error).message}\n${deeds}`, { cause: error });
      } finally {
        await stage.close();
      }
    },
    120_000,
  );
});
