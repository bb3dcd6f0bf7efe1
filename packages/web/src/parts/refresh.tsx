/** Where a browser without script goes by itself, and after how many seconds. */
export interface Refresh {
  seconds: number;
  url: string;
}

/** Makes a browser without script go there: for a page's head. */
export function RefreshWithoutScript({ to }: { to: Refresh }) {
  return (
    <noscript>
      <meta http-equiv="refresh" content={`${to.seconds}; url=${to.url}`} />
    </noscript>
  );
}
