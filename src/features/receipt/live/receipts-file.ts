import type { ReceiptRecord } from "../receipt-record.ts";
import type { Receipt } from "./contract.ts";

/** The line of a receipts file that holds a receipt. */
export function fileReceipt(receipt: ReceiptRecord, into: string): Receipt {
  const { agent, day } = receipt;
  return { file: `artifacts/${agent}/${day}/receipts.${into}.jsonl`, line: JSON.stringify(receipt) };
}
