/** What the gateway's sessions work on, and how. Each of its statements has its index. */
export const SESSIONS = { schema: "sibs_gateway", bareNames: "none", byIndex: true } as const;
