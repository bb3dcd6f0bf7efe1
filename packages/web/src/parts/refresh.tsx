import { LOOK_AGAIN } from "./look-again.ts";

/** Where a page goes by itself where no script of ours runs, and after how many seconds. */
export interface Refresh {
  seconds: number;
  url: string;
}

/**
 * Makes a page go there, for its head, before anything that is loaded: where script is switched off, and where ours was
 * blocked, failed or is still on its way. `callOffRefresh` keeps it where it runs.
 */
export function RefreshWithoutScript({ to }: { to: Refresh }) {
  return (
    <>
      <meta http-equiv="refresh" content={`${to.seconds}; url=${to.url}`} />
      {/* the same text on every page, which the policy knows by its digest */}
      <script dangerouslySetInnerHTML={{ __html: LOOK_AGAIN }} />
    </>
  );
}
