/** What a message wants: to be read, to be answered, or to hear how far a task is. */
export const MESSAGE_KINDS = ["note", "question", "update"] as const;
export type MessageKind = (typeof MESSAGE_KINDS)[number];
