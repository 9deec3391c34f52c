/**
 * Where a message came from; `denied` is one that the client sent and the server never got, `end` says that nothing
 * more comes on the channel.
 */
export const ORIGINS = ["client", "server", "denied", "end"] as const;
export type Origin = (typeof ORIGINS)[number];

/** A message that passed. */
export interface SeenMessage {
  from: Origin;
  /** One client: identifiers of messages mean something within it alone. */
  channel: number;
  /** Milliseconds since 1970, with fractions. */
  at: number;
  /** One line of JSON; null for one too long to be looked at. */
  bytes: Uint8Array | null;
}

/** Messages on their way to the thread that looks at them: the bytes of all in one piece. */
export interface MessageBatch {
  bytes: Uint8Array<ArrayBuffer>;
  /** Origin, channel, time, and length in `bytes`; -1 for a message too long to be looked at. */
  rows: [origin: number, channel: number, at: number, length: number][];
}

/** What the thread is started with. */
export interface RecorderTask {
  cwd: string;
  version: string;
  /** Unique; names the session. */
  session: string;
  /** Command or address of the server, and what the caller calls it. */
  command: readonly string[];
  url: string | undefined;
  name: string | undefined;
  agent: string | undefined;
  task: string | undefined;
  /** Bytes that were sent and not looked at yet. */
  waiting: Int32Array;
}

/** What the thread answers. */
export type RecorderNote =
  /** A sentence for standard error, at once. */
  | { says: string }
  /** All was written that could be; how many calls were not, by reason. */
  | { unrecorded: [reason: string, calls: number][] };

/** @param messages in the order in which they passed */
export function packMessages(messages: readonly SeenMessage[]): MessageBatch {
  const size = messages.reduce((sum, { bytes }) => sum + (bytes?.length ?? 0), 0);
  const bytes = new Uint8Array(size);
  let at = 0;
  const rows = messages.map((message): MessageBatch["rows"][number] => {
    const { bytes: own } = message;
    if (own !== null) bytes.set(own, at);
    at += own?.length ?? 0;
    return [ORIGINS.indexOf(message.from), message.channel, message.at, own?.length ?? -1];
  });
  return { bytes, rows };
}

export function unpackMessages({ bytes, rows }: MessageBatch): SeenMessage[] {
  let from = 0;
  return rows.map(([origin, channel, at, length]) => {
    const own = length < 0 ? null : bytes.subarray(from, from + length);
    from += Math.max(0, length);
    return { from: ORIGINS[origin] ?? "client", channel, at, bytes: own };
  });
}
