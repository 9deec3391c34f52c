/** What a verdict says of an attack at each level, in the words of docs/guides/trust-levels.md. */
export interface Attack {
  attack: string;
  claimed: string;
  recorded: string;
  receipted: string;
}

const BEFORE = "before its commit:";
const COMMITTED = "once committed: `evidence/rewritten`";

/** Every attack of test/journeys/attacks.test.ts and attacks-on-witnesses.test.ts. */
export const ATTACKS = {
  handWritten: {
    attack: "a hand-written line claims to be recorded",
    claimed: "**invisible**: nothing else is asked",
    recorded: "no chain: `evidence/assurance-too-low`; a whole chain written by hand is **invisible**",
    receipted:
      "without a receipt: `evidence/assurance-too-low`; with one, when it was said is proven, not that it is true",
  },
  edited: {
    attack: "a line is edited",
    claimed: `${COMMITTED}; ${BEFORE} **invisible**`,
    recorded: `${BEFORE} \`evidence/broken-chain\`, unless the whole rest of the chain is written anew`,
    receipted: `${BEFORE} \`evidence/receipt-without-line\`, a chain written anew included`,
  },
  removed: {
    attack: "a line is removed",
    claimed: `${COMMITTED}; ${BEFORE} **invisible**`,
    recorded: `${BEFORE} \`evidence/broken-chain\``,
    receipted: `${BEFORE} \`evidence/receipt-without-line\``,
  },
  reordered: {
    attack: "lines change places",
    claimed: `${COMMITTED}; ${BEFORE} **invisible**`,
    recorded: `${BEFORE} changes nothing: \`seq\` and \`prev\` say the order`,
    receipted: `${BEFORE} changes nothing: the log says the order`,
  },
  inserted: {
    attack: "a line is inserted",
    claimed: `${COMMITTED}; ${BEFORE} **invisible**`,
    recorded: `${BEFORE} \`evidence/broken-chain\` when it names a session`,
    receipted: `${BEFORE} the line has no receipt, and counts as less`,
  },
  cut: {
    attack: "the tail is cut off",
    claimed: `${COMMITTED}; ${BEFORE} **invisible**`,
    recorded: `${BEFORE} **invisible**: a chain does not say that it goes on`,
    receipted: `${BEFORE} \`evidence/receipt-without-line\`; when its receipts are cut off too, only \`sync rewrites\` of the control plane says so`,
  },
  older: {
    attack: "the whole file is replaced by an older one",
    claimed: `${COMMITTED}; ${BEFORE} **invisible**`,
    recorded: `${BEFORE} **invisible**, as a tail cut off`,
    receipted: `${BEFORE} \`evidence/receipt-without-line\`, as a tail cut off`,
  },
  copiedReceipt: {
    attack: "a receipt is copied from another line, agent, day or repository",
    claimed: "means nothing here",
    recorded: "means nothing here",
    receipted: "`evidence/bad-receipt`",
  },
  copiedLine: {
    attack: "a line is copied from another commit, receipt and all",
    claimed: "`evidence/missing`: it stood at the base",
    recorded: "`evidence/missing`: it stood at the base",
    receipted: "`evidence/missing`: it stood at the base",
  },
  splitView: {
    attack: "two auditors are shown two histories",
    claimed: "means nothing here",
    recorded: "means nothing here",
    receipted:
      "**invisible** to each alone; `receipt compare` says SPLIT VIEW, and a witness refuses to cosign",
  },
  clock: {
    attack: "the clock is moved",
    claimed: "ahead of the commit: `evidence/future`; behind, or both moved: **invisible**",
    recorded: "as `claimed`",
    receipted: "`evidence/receipt-time`: ahead over 5 minutes, behind over 24 hours",
  },
  swappedKey: {
    attack: "the key is swapped",
    claimed: "means nothing here",
    recorded: "means nothing here",
    receipted:
      "`evidence/bad-receipt`, and `evidence/assurance-too-low`: the rules' commit names the keys, not the change",
  },
  relabelled: {
    attack: "a tool is relabelled after the fact",
    claimed: `${COMMITTED}; ${BEFORE} **invisible**`,
    recorded: `${BEFORE} \`evidence/broken-chain\``,
    receipted: `${BEFORE} \`evidence/receipt-without-line\``,
  },
  shrunk: {
    attack: "a denominator shrinks: tests are taken out, and the rest passes",
    claimed:
      "`run/shrunk` of the guard `witness`, with both numbers; of a total that was only printed: `run/claimed-totals`",
    recorded: "as `claimed`",
    receipted: "as `claimed`",
  },
  subagentHooks: {
    attack: "the hooks of subagents are switched off",
    claimed:
      "`witness/blind-spot` names the files; `witness coverage` the calls, once the transcript is imported, else they are **invisible**",
    recorded: "as `claimed`",
    receipted: "as `claimed`: a receipt says nothing of what was not recorded",
  },
  bypassedProxy: {
    attack: "the server is called directly, past the proxy",
    claimed: "`witness/unexplained`, where a hook or a transcript saw the call; else **invisible**",
    recorded: "as `claimed`",
    receipted: "as `claimed`: a receipt says nothing of what was not recorded",
  },
} as const satisfies Record<string, Attack>;

/** The table of the guide. */
export function attackTable(attacks: readonly Attack[] = Object.values(ATTACKS)): string[][] {
  return attacks.map(({ attack, claimed, recorded, receipted }) => [attack, claimed, recorded, receipted]);
}
