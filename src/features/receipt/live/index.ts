export type { issueReceipts as issueReceiptsEndpoint, Receipt } from "./contract.ts";
export { issueReceipts } from "./issue-receipts.ts";
export type { NamedLine } from "./name-line.ts";
export { openReceiptKey, type ReceiptKey, type ReceiptKeyWish } from "./open-key.ts";
export { openLog, type ReceiptLog } from "./open-log.ts";
export { fileReceipt } from "./receipts-file.ts";
