/** How much is measured: all of it, or as much as shows that it works. */
export interface Extent {
  /** For each measurement, about. */
  readonly seconds: number;
  readonly payments: number;
  readonly creates: number;
  /** With how many transactions the gateway is measured. */
  readonly stored: readonly [few: number, many: number];
  readonly notifications: number;
  readonly screens: number;
  /** How often the payment page is opened in each language. */
  readonly paints: number;
  /** How often each thing is looked up. */
  readonly lookUps: number;
  readonly imports: number;
}

export const WHOLE: Extent = {
  seconds: 8,
  payments: 2_000,
  creates: 20_000,
  stored: [1_000, 10_000],
  notifications: 30_000,
  screens: 20,
  paints: 5,
  lookUps: 20,
  imports: 15,
};

export const QUICK: Extent = {
  seconds: 1.5,
  payments: 150,
  creates: 2_000,
  stored: [300, 1_500],
  notifications: 4_000,
  screens: 3,
  paints: 1,
  lookUps: 5,
  imports: 3,
};
