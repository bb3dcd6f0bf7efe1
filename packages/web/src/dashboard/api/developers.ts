export interface ShopEvent {
  id: string;
  type: string;
  timestamp: string;
  sequence: number;
  /** What it tells of, as it was sent. */
  data?: { payment?: { id: string } };
}

/** An event of a list. */
export interface ListedEvent extends ShopEvent {
  /** Whether an endpoint has not taken it. */
  undelivered: boolean;
}

/** An event, and every try to deliver it. */
export interface DeliveredEvent extends ShopEvent {
  deliveries: { endpoint: string; at: string; status: number | null; ms: number }[];
}

/** Where events are sent. */
export interface EventEndpoint {
  id: string;
  url: string;
  types: string[];
  terminal: string | null;
  /** Only in the first answer. */
  secret: string | null;
  createdAt: string;
  endedAt: string | null;
  /** Of the last 24 hours. */
  deliveries: {
    delivered: number;
    failed: number;
    waiting: number;
    lastError: { at: string; status: number | null; failure: string | null } | null;
    lastDeliveredAt: string | null;
  };
}

/** A key by which the API is used. */
export interface ApiKey {
  id: string;
  name: string;
  terminal: string | null;
  scopes: string[];
  refundLimit: number | null;
  captureLimit: number | null;
  expiresAt: string | null;
  /** Only in the first answer. */
  secret: string | null;
  createdAt: string;
  lastUsedAt: string | null;
  overlapEndsAt: string | null;
}

/** A request to the API, without what it said. */
export interface LoggedRequest {
  id: string;
  at: string;
  method: string;
  path: string;
  status: number;
  ms: number;
  by: { type: string; id: string | null; name: string | null } | null;
  problem: string | null;
}

/** What the doctor says of the server. */
export interface Examination {
  at: string | null;
  isWell: boolean | null;
  findings: { isWell: boolean; says: string; todo: string | null }[];
}
