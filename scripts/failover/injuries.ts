import type { Cluster } from "./cluster.ts";
import type { Machine } from "./machine.ts";

/** What is done to the machine whose PostgreSQL is the primary. */
export const KINDS = [
  "killed",
  "frozen",
  "cut-off",
  "isolated",
  "disk-full",
  "switched-over",
  "standby-killed",
] as const;
export type Kind = (typeof KINDS)[number];

/** How an injury is done, and how it is undone. */
interface Injury {
  /** What happens, for the report. */
  readonly words: string;
  readonly hurt: (machine: Machine, cluster: Cluster) => void | Promise<void>;
  readonly heal: (machine: Machine) => void;
  /** Whether another machine has to become the primary. */
  readonly isReplaced: boolean;
  /** Whom it is done to; unless it is said, the primary. */
  readonly isOfStandby?: true;
}

/** Each kind of injury. */
export const INJURIES: Readonly<Record<Kind, Injury>> = {
  killed: {
    words: "the primary's machine loses its power (kill -9 of all that runs on it)",
    hurt: (machine) => machine.kill(),
    heal: (machine) => machine.start(),
    isReplaced: true,
  },
  frozen: {
    words: "the primary's machine stands still (SIGSTOP), and goes on later as if nothing had been",
    hurt: (machine) => machine.freeze(),
    heal: (machine) => machine.thaw(),
    isReplaced: true,
  },
  "cut-off": {
    words: "the primary's machine is cut off from everybody: its packets are lost, nothing is refused",
    hurt: (machine) => machine.cutOff(),
    heal: (machine) => machine.plugIn(),
    isReplaced: true,
  },
  isolated: {
    words: "the primary's machine is cut off from the other two, while the servers still reach it",
    hurt: (machine) => machine.isolate(),
    heal: (machine) => machine.rejoin(),
    isReplaced: true,
  },
  "disk-full": {
    words: "the primary's disk is full to the last byte, and it writes on until it cannot",
    hurt: async (machine, cluster) => {
      machine.fillDisk();
      await cluster.useUpLog(machine);
    },
    heal: (machine) => machine.emptyDisk(),
    isReplaced: true,
  },
  "switched-over": {
    words: "another becomes the primary in order (`patronictl switchover`)",
    hurt: (_machine, cluster) => cluster.switchOver(),
    heal: () => undefined,
    isReplaced: true,
  },
  "standby-killed": {
    words: "the machine of the standby that confirms what is committed loses its power",
    hurt: (machine) => machine.kill(),
    heal: (machine) => machine.start(),
    isReplaced: false,
    isOfStandby: true,
  },
};
