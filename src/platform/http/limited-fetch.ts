/** The limits of a {@link limitedFetch}. */
export interface FetchLimits {
  /** Ends every request. */
  signal: AbortSignal;
  /** Largest answer in bytes. */
  maxBytes: number;
  /** Told when an answer is larger; reading it fails then. */
  exceeded(): void;
}

function limited(maxBytes: number, exceeded: () => void): TransformStream<Uint8Array, Uint8Array> {
  let bytes = 0;
  return new TransformStream({
    transform(part, controller) {
      bytes += part.length;
      if (bytes <= maxBytes) return controller.enqueue(part);
      exceeded();
      controller.error(new Error(`the answer holds over ${maxBytes} bytes`));
    },
  });
}

/** A `fetch` for a library that asks somebody whom nobody vouches for: it follows no redirect, and reads so much and no more. */
export function limitedFetch({ signal, maxBytes, exceeded }: FetchLimits): typeof fetch {
  return async (input, init) => {
    const both = init?.signal ? AbortSignal.any([signal, init.signal]) : signal;
    const response = await fetch(input, { ...init, redirect: "error", signal: both });
    const body = response.body?.pipeThrough(limited(maxBytes, exceeded)) ?? null;
    return new Response(body, {
      status: response.status,
      statusText: response.statusText,
      headers: response.headers,
    });
  };
}
