export { CheckedNotes, type CheckedReceipt, checkReceipt, type ReceiptPlace } from "./check-receipt.ts";
export { readPrivateKey } from "./private-key.ts";
export { keysOfConfig, keysOfWords } from "./read-keys.ts";
export { type LoggedLine, type ReceiptRecord, readReceipt } from "./receipt-record.ts";
export { nameKey, type VerifierKey, writeVerifierKey } from "./verifier-key.ts";
