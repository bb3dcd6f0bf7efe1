import type { Dice } from "../../simulation/dice.ts";
import type { Ground } from "../ground/ground.ts";
import type { Injury, Kind } from "./injury.ts";

/** What a dead server had in hand is another's after ten seconds: one that stands still for longer finds it taken. */
const BEYOND_A_LEASE_MS = [10_500, 13_000] as const;
const DOWN_MS = [200, 2_500] as const;
const FROZEN_MS = [500, 4_000] as const;

/** What a supervisor gives a program to end in order: systemd ninety seconds, Kubernetes thirty. */
export const GIVEN_MS = 20_000;

/** One of the programs by the dice. */
function someServer({ servers }: Ground, dice: Dice) {
  const server = dice.pick(servers);
  return { ...server, touches: [server.name] };
}

/** A server ends as by a power cut, and is started again. */
export const serverKilled: Kind = (ground, dice) => {
  const { name, program, touches } = someServer(ground, dice);
  return {
    where: name,
    touches,
    lastsMs: dice.between(...DOWN_MS),
    begin: () => program.kill(),
    end: () => ground.start(program),
  };
};

/** A server is asked to end, and started again: what an update of it is. */
export const serverRestarted: Kind = (ground, dice) => {
  const { name, program, touches } = someServer(ground, dice);
  return {
    where: name,
    touches,
    lastsMs: 0,
    begin: async () => void (await program.end(GIVEN_MS)),
    end: () => ground.start(program),
  };
};

export const gatewayKilled: Kind = (ground, dice) => ({
  where: "gateway",
  touches: ["gateway"],
  lastsMs: dice.between(...DOWN_MS),
  begin: () => ground.gateway.kill(),
  end: () => ground.start(ground.gateway),
});

/** A server stands still, as a machine does that is paused or swaps, and goes on with what it had in hand. */
export const serverFrozen: Kind = (ground, dice) => frozenServer(ground, dice, dice.between(...FROZEN_MS));

/** The same for so long that others have taken what it had in hand: it comes back and believes it to be its own. */
export const serverFrozenLong: Kind = (ground, dice) => frozenServer(ground, dice, dice.between(...BEYOND_A_LEASE_MS));

function frozenServer(ground: Ground, dice: Dice, lastsMs: number): Injury {
  const { name, program, touches } = someServer(ground, dice);
  return {
    where: name,
    touches,
    lastsMs,
    begin: async () => program.freeze(),
    end: async () => program.thaw(),
  };
}

export const gatewayFrozen: Kind = (ground, dice) => ({
  where: "gateway",
  touches: ["gateway"],
  lastsMs: dice.between(...FROZEN_MS),
  begin: async () => ground.gateway.freeze(),
  end: async () => ground.gateway.thaw(),
});

/** All programs end at once, PostgreSQL among them, and come back one after the other. */
export const everythingKilled: Kind = (ground, dice) => {
  const programs = [ground.gateway, ...ground.servers.map(({ program }) => program)];
  return {
    where: "all programs",
    touches: ["gateway", "PostgreSQL", ...ground.servers.map(({ name }) => name)],
    lastsMs: dice.between(...DOWN_MS),
    begin: async () => {
      await Promise.all([...programs.map((program) => program.kill()), ground.postgres.kill()]);
    },
    end: async () => {
      await ground.postgres.start();
      await Promise.all(programs.map((program) => ground.start(program)));
    },
  };
};
