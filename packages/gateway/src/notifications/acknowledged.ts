/**
 * `"200"` in production, `"000"` in a draft of SIBS's, and either as a number from some receivers (reference §15, §18).
 */
const STATUS_CODES: readonly unknown[] = ["200", 200, "000", 0];

/**
 * Whether an answer acknowledges a notification: HTTP 200 and a JSON with the right `notificationID`; anything else
 * counts as not delivered (reference 10.6). Further members do no harm (reference §14, row 27).
 */
export function acknowledges(answer: { status: number; body: string }, notificationId: string): boolean {
  if (answer.status !== 200) return false;
  const body = parsed(answer.body);
  return body?.notificationID === notificationId && STATUS_CODES.includes(body.statusCode);
}

function parsed(text: string): { statusCode?: unknown; notificationID?: unknown } | null {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
