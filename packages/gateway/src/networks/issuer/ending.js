// Tells the page that framed this one how the action ended; as a full page, goes back to the shop.
const { action, ending, returnUrl } = document.querySelector("main").dataset;
if (window.parent !== window) {
  const origin = returnUrl ? new URL(returnUrl).origin : "*";
  window.parent.postMessage({ type: "caravela:3ds", action, ending: ending || null }, origin);
} else if (returnUrl) {
  window.setTimeout(() => window.location.replace(returnUrl), 1200);
}
