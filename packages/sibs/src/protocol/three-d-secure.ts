/**
 * What `card/purchase` and `token/purchase` share: the browser's data, the action that the issuer wants of the browser,
 * and its outcome. The shapes are those of SIBS's API Market, the order of the steps that of its guides. A real answer
 * with values has not been seen.
 */

/** What is told beside the card. */
export interface Info {
  deviceInfo?: DeviceInfo;
  customerInfo?: KeyValue[];
}

/**
 * The browser of whoever pays, for 3-D Secure. All of it text; SIBS's definitions refuse any other member (such as
 * `browserJavascriptEnabled`).
 */
export interface DeviceInfo {
  browserAcceptHeader?: string;
  /** `"true"` or `"false"`. */
  browserJavaEnabled?: string;
  browserLanguage?: string;
  browserColorDepth?: string;
  browserScreenHeight?: string;
  browserScreenWidth?: string;
  /** As `getTimezoneOffset` tells it: minutes, `"-60"` in Lisbon's summer. */
  browserTZ?: string;
  browserUserAgent?: string;
  systemFamily?: string;
  systemVersion?: string;
  systemArchitecture?: string;
  deviceManufacturer?: string;
  deviceModel?: string;
  deviceID?: string;
  applicationName?: string;
  applicationVersion?: string;
  geoLocalization?: string;
  ipAddress?: string;
}

/** A pair, as SIBS writes lists of anything. */
export interface KeyValue {
  key: string;
  value: string;
}

/** What kind of action it is: 3-D Secure's two, choosing a currency (`DCC`) or instalments. */
export type ActionType = "THREEDS_METHOD" | "THREEDS_CHALLENGE" | "DCC" | "INSTALLMENTS" | (string & {});

/** Tells that an action was done, or could not be: the body of the second call, and of those after it. */
export interface ActionProcessed {
  /** The action's own, from {@link ActionResponse}. */
  id: string;
  type: ActionType;
  /** False: the browser could not do it (inferred). */
  executed: boolean;
}

/** What the browser has to do, beside `paymentStatus: "Partial"`. */
export interface ActionResponse {
  id: string;
  type: ActionType;
  data?: {
    /** Where the browser posts the parameters to. */
    url?: string;
    /** Pairs in SIBS's API Market; an object in the tests of one client. */
    params?: KeyValue[] | Record<string, string>;
  };
}

/** What 3-D Secure found out. The block is SIBS's, its members are EMV 3-D Secure's own names (inferred). */
export interface ThreeDSecure {
  /** `Y` authenticated, `A` attempted, `N` not, `U` could not, `R` rejected. */
  transStatus?: string;
  /** Electronic commerce indicator: `05`, `02` authenticated. */
  eci?: string;
  authenticationValue?: string;
  dsTransID?: string;
  acsTransID?: string;
  threeDSServerTransID?: string;
  messageVersion?: string;
}
