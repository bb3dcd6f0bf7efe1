import { createHash } from "node:crypto";

/**
 * Goes where the page's refresh leads when the browser does not: it does so only once the page is loaded whole, and a
 * script or style that never arrives keeps it from that. Whoever has taken the page over has taken the refresh away. A
 * second later than the browser, which comes first where it can.
 */
export const LOOK_AGAIN = [
  '{const refresh=document.querySelector("meta[http-equiv=refresh]");',
  'const[seconds,to]=refresh.content.split("; url=");',
  "setTimeout(()=>{if(refresh.isConnected)location.replace(to)},(Number(seconds)+1)*1000)}",
].join("");

/** How a page's policy names that script: the one that needs not be loaded. */
export const lookAgainSource = `'sha256-${createHash("sha256").update(LOOK_AGAIN).digest("base64")}'`;
