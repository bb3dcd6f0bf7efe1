import type { Sandbox } from "./sandbox.ts";

/** What was paid at an ATM. */
export interface PaidReference {
  /** SIBS's `transactionID`. */
  readonly id: string;
  readonly entity: string;
  readonly reference: string;
  /** In euros, as "5.50". */
  readonly amount: string;
  readonly paidAt: string | null;
}

/** An ATM of Multibanco. */
export interface Atm {
  /** Pays a reference. @param amount in euros: "5.50", or 5.5 @throws SandboxError when the ATM does not take it */
  pay(entity: string, reference: string, amount: string | number): Promise<PaidReference>;
}

/** A customer whom the issuer of a card asks who they are (3-D Secure). */
export interface Challenge {
  /** The action's. */
  readonly id: string;
  readonly transactionID: string;
  /** First six and last four digits. */
  readonly card: string;
  /** In euros, as "5.50". */
  readonly amount: string;
  readonly currency: "EUR";
  readonly merchant: string;
  readonly askedAt: string;
  readonly expiresAt: string;
  /** Null: not answered yet. */
  readonly ending: ChallengeEnding | null;
}

/** How a challenge ended. */
export type ChallengeEnding = "passed" | "failed" | "canceled" | "timed_out";

/** What came of a challenge. */
export interface EndedChallenge {
  readonly id: string;
  readonly transactionID: string;
  readonly ending: ChallengeEnding;
}

/**
 * The bank that issued the card, and its customer. Without an id (the action's or the transaction's) the oldest
 * challenge is meant, as soon as there is one.
 */
export interface Issuer {
  /** Who is being asked now, oldest first. */
  challenges(): Promise<readonly Challenge[]>;
  /** The customer types the right password. */
  pass(id?: string): Promise<EndedChallenge>;
  /** The customer types wrong ones. */
  fail(id?: string): Promise<EndedChallenge>;
  /** The customer gives up. */
  cancel(id?: string): Promise<EndedChallenge>;
  /** The customer takes longer than the issuer waits. */
  timeOut(id?: string): Promise<EndedChallenge>;
}

/** The ATM of a gateway. */
export function atmOf(sandbox: Sandbox): Atm {
  return {
    pay: (entity, reference, amount) =>
      sandbox.post(`/references/${encodeURIComponent(entity)}/${encodeURIComponent(reference)}/pay`, { amount }),
  };
}

/** The card issuer of a gateway. */
export function issuerOf(sandbox: Sandbox): Issuer {
  const challenges = async () => (await sandbox.get<{ challenges: Challenge[] }>("/challenges")).challenges;
  const end = (how: string) => async (id?: string) => {
    const asked = await sandbox.until(
      async () =>
        (await challenges()).find(
          (one) => one.ending === null && (id === undefined || id === one.id || id === one.transactionID),
        ),
      () => "No customer is asked by the card's issuer: only the cards of 3-D Secure come to that.",
    );
    return sandbox.post<EndedChallenge>(`/challenges/${asked.id}/${how}`);
  };
  return { challenges, pass: end("pass"), fail: end("fail"), cancel: end("cancel"), timeOut: end("timeout") };
}
