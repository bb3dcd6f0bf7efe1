/** What the pages in frames tell the page around them: that the issuer's page is there, or that it is done. */
export interface FrameMessage {
  type: "caravela:3ds" | "caravela:3ds-shown";
}

/** Whether a message is one of ours. */
export function isFrameMessage(data: unknown): data is FrameMessage {
  const type = typeof data === "object" && data !== null && "type" in data ? data.type : null;
  return type === "caravela:3ds" || type === "caravela:3ds-shown";
}
