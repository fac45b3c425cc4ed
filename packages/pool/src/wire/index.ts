// What goes over the wire between an executor and its workers. The only door to this folder.

export {
  CALL,
  CALLS,
  CANCEL,
  CHUNK,
  CHUNK_END,
  DEFINE,
  FAILURE,
  type FromWorker,
  type FunctionAddress,
  type Pace,
  PROGRESS,
  READY,
  RESULTS,
  SKIP,
  STARTED,
  STOP,
  STRAY,
  TAKE,
  TAKEN,
  TICK,
  type ToWorker,
  UNREADABLE,
  UNUSABLE,
  isFromWorker,
} from "./messages.ts";
export { CallSlots, SLOT_COUNT } from "./call-slots.ts";
export { ADDRESS, FunctionReference, notePace, referenceOf } from "./function-reference.ts";
export { FlightRecorder } from "./flight-recorder.ts";
export { registerError } from "./error-classes.ts";
export { type EncodedThrow, RemoteTraceback, decodeThrow, encodeThrow } from "./throws.ts";
export {
  type Packed,
  type Packing,
  asCloneError,
  canShareMessage,
  canShareMessages,
  copySendable,
} from "./data.ts";
export { PROCESS_PACKING, THREAD_PACKING, unpack } from "./packing.ts";
export { serializeForProcess } from "./process-data.ts";
