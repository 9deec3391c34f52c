/**
 * Evidence of folders older than this gets no receipt any more: it says that the control plane saw a line when it was
 * written. So long may a machine be without a network.
 */
export const RECEIPT_DAYS = 31;
