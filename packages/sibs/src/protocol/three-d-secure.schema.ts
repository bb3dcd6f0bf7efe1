import Type from "typebox";
import type { ActionType } from "./three-d-secure.ts";

export const KeyValueSchema = Type.Object({ key: Type.String(), value: Type.String() });

export const DeviceInfoSchema = Type.Object({
  browserAcceptHeader: Type.Optional(Type.String()),
  browserJavaEnabled: Type.Optional(Type.String()),
  browserLanguage: Type.Optional(Type.String()),
  browserColorDepth: Type.Optional(Type.String()),
  browserScreenHeight: Type.Optional(Type.String()),
  browserScreenWidth: Type.Optional(Type.String()),
  browserTZ: Type.Optional(Type.String()),
  browserUserAgent: Type.Optional(Type.String()),
  systemFamily: Type.Optional(Type.String()),
  systemVersion: Type.Optional(Type.String()),
  systemArchitecture: Type.Optional(Type.String()),
  deviceManufacturer: Type.Optional(Type.String()),
  deviceModel: Type.Optional(Type.String()),
  deviceID: Type.Optional(Type.String()),
  applicationName: Type.Optional(Type.String()),
  applicationVersion: Type.Optional(Type.String()),
  geoLocalization: Type.Optional(Type.String()),
  ipAddress: Type.Optional(Type.String()),
});

export const InfoSchema = Type.Object({
  deviceInfo: Type.Optional(DeviceInfoSchema),
  customerInfo: Type.Optional(Type.Array(KeyValueSchema)),
});

/** Any text: SIBS's list is open. */
export const ActionTypeSchema = Type.Unsafe<ActionType>(Type.String());

export const ActionProcessedSchema = Type.Object({
  id: Type.String({ minLength: 1 }),
  type: ActionTypeSchema,
  executed: Type.Boolean(),
});

export const ActionResponseSchema = Type.Object({
  id: Type.String(),
  type: ActionTypeSchema,
  data: Type.Optional(
    Type.Object({
      url: Type.Optional(Type.String()),
      params: Type.Optional(Type.Union([Type.Array(KeyValueSchema), Type.Record(Type.String(), Type.String())])),
    }),
  ),
});

export const ThreeDSecureSchema = Type.Object({
  transStatus: Type.Optional(Type.String()),
  eci: Type.Optional(Type.String()),
  authenticationValue: Type.Optional(Type.String()),
  dsTransID: Type.Optional(Type.String()),
  acsTransID: Type.Optional(Type.String()),
  threeDSServerTransID: Type.Optional(Type.String()),
  messageVersion: Type.Optional(Type.String()),
});
