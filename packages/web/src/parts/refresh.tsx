/** Where a page goes by itself where no script of ours runs, and after how many seconds. */
export interface Refresh {
  seconds: number;
  url: string;
}

/**
 * Makes a page go there, for its head: where script is switched off, and where ours was blocked, did not arrive or failed. `callOffRefresh` keeps it
 * where it runs.
 */
export function RefreshWithoutScript({ to }: { to: Refresh }) {
  return <meta http-equiv="refresh" content={`${to.seconds}; url=${to.url}`} />;
}
