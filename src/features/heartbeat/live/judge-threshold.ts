/** A silence between two beats of an agent, in milliseconds since 1970. */
export interface Silence {
  /** From when on it counted: after the budget of a tool in flight and after a rate limit. */
  silentFrom: number;
  /** When the agent beat again; null while it has not. */
  endedAt: number | null;
  /** Whether the session that fell silent is the one that beat again: nobody restarted the agent. */
  isSameSession: boolean;
}

/** What one threshold would have done. */
export interface Trial {
  /** Milliseconds. */
  threshold: number;
  alerts: number;
  falseAlerts: number;
  /** Alerts of which nobody can say yet: the silence lasts, and its grace too. */
  undecided: number;
}

/** Whether a silence raises an alert, and what that alert was worth. */
export function judgeSilence(
  { silentFrom, endedAt, isSameSession }: Silence,
  threshold: number,
  grace: number,
  now: number,
): "none" | "true" | "false" | "undecided" {
  const raisedAt = silentFrom + threshold;
  if ((endedAt ?? now) <= raisedAt) return "none";
  if (endedAt !== null) return isSameSession && endedAt <= raisedAt + grace ? "false" : "true";
  return now <= raisedAt + grace ? "undecided" : "true";
}

/**
 * Adds silences up for each threshold, one after the other, so that a month of them needs no memory.
 * An alert is false when the agent's same session beat again, by itself, within the grace after it: whoever had been
 * called would have found nothing to do. A new session means that somebody or something restarted the agent.
 */
export function trials(thresholds: readonly number[], grace: number, now: number) {
  const all: Trial[] = thresholds.map((threshold) => ({
    threshold,
    alerts: 0,
    falseAlerts: 0,
    undecided: 0,
  }));
  return {
    all: all as readonly Trial[],
    add: (silence: Silence): void => {
      for (const trial of all) {
        const worth = judgeSilence(silence, trial.threshold, grace, now);
        if (worth === "none") continue;
        trial.alerts += 1;
        if (worth === "false") trial.falseAlerts += 1;
        if (worth === "undecided") trial.undecided += 1;
      }
    },
  };
}
