// Back from the issuer in a frame: the page around it is told, and goes on.
parent.postMessage({ type: "caravela:3ds" }, location.origin);
