/** One sentence on what was asked of the forge, for people: which text was judged, what could not be seen. */
export interface Note {
  seen: boolean;
  says: string;
}

export function saw(says: string): Note {
  return { seen: true, says };
}

export function missed(says: string): Note {
  return { seen: false, says };
}
