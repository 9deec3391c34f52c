import { randomFillSync } from "node:crypto";

const SUCCESS = 0;
const IOVEC_BYTES = 8;

/**
 * The six calls of WASI preview 1 that the parser is linked with (wasi_snapshot_preview1 witx). It reads no file,
 * clock or variable, so they say as little as they may. `node:wasi` would do, but warns on stderr when loaded.
 */
export function wasiImports(memory: WebAssembly.Memory): Record<string, (...values: number[]) => number> {
  const view = () => new DataView(memory.buffer);
  return {
    environ_get: () => SUCCESS,
    environ_sizes_get(count = 0, size = 0) {
      view().setUint32(count, 0, true);
      view().setUint32(size, 0, true);
      return SUCCESS;
    },
    clock_time_get(_clock = 0, _precision = 0, time = 0) {
      view().setBigUint64(time, 0n, true);
      return SUCCESS;
    },
    random_get(start = 0, length = 0) {
      randomFillSync(new Uint8Array(memory.buffer, start, length));
      return SUCCESS;
    },
    /** What the parser would print (a panic's text) is dropped: the trap that follows is what is seen. */
    fd_write(_file = 0, vectors = 0, count = 0, written = 0) {
      let bytes = 0;
      for (let at = 0; at < count; at += 1) bytes += view().getUint32(vectors + at * IOVEC_BYTES + 4, true);
      view().setUint32(written, bytes, true);
      return SUCCESS;
    },
    proc_exit(status = 0): number {
      throw new Error(`the parser stopped with status ${status}`);
    },
  };
}
