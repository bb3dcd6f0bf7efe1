import "./issuer.css";

const { action, ending, returnUrl } = document.querySelector("main")?.dataset ?? {};

// The last page tells the page that framed it how the action ended; as a full page, it goes back to the shop.
if (action !== undefined && parent !== window) {
  const origin = returnUrl ? new URL(returnUrl).origin : "*";
  parent.postMessage({ type: "caravela:3ds", action, ending: ending || null }, origin);
} else if (action !== undefined && returnUrl) {
  setTimeout(() => location.replace(returnUrl), 1_200);
}
