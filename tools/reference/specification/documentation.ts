import { type Row, under } from "./row.ts";

const PROCESS = "Documentation Standards > Process Documentation";
const RUNBOOK = "Documentation Standards > Runbook Standards";

/** The six lines on form stand word for word under processes and runbooks. */
function format(kind: "process" | "runbook") {
  const rule = (name: string) => ({ later: [`rule document/${name}` as const] });
  return [
    [
      "Structure: Consistent format and organization",
      `The headings of a ${kind} page are compared with its template: order, level and names.`,
      rule("structure"),
    ],
    [
      "Clarity: Clear and concise language",
      `Over-long sentences and paragraphs of a ${kind} page are named with their line; a level in the config says how loud.`,
      rule("clarity"),
    ],
    [
      "Completeness: All necessary information included",
      `A required part of a ${kind} page that is empty or holds only the template's words is a finding.`,
      rule("incomplete"),
    ],
    [
      "Accuracy: Current and correct information",
      kind === "process"
        ? "Commands, files, rules and config keys that the page names must exist."
        : "Each command block of a runbook is tried, or marked as not tried, and a failing one is a finding.",
      rule(kind === "process" ? "unknown-reference" : "failing-command"),
    ],
    [
      "Accessibility: Easy to find and use",
      `Every ${kind} page is reachable by links from the index, no link is dead, and \`kb search\` finds it by its title.`,
      rule("unreachable"),
    ],
    [
      "Maintenance: Regular updates and reviews",
      `A ${kind} page past its review date is a finding and becomes a task of its owner.`,
      rule("review-overdue"),
    ],
  ] as const;
}

/** "Documentation Standards". */
export const DOCUMENTATION: readonly Row[] = [
  ...under("", [
    [
      "Documentation Standards",
      "`document lint` judges pages as guards judge code; `document new` starts one that passes.",
      { later: ["command document lint", "command document new"] },
    ],
  ]),
  ...under("Documentation Standards", [
    [
      "Process Documentation",
      "Pages below `docs/processes/` are read as Markdown trees and judged part by part.",
      { later: ["command document lint"] },
    ],
    [
      "Runbook Standards",
      "Pages below `docs/runbooks/` are judged part by part, and linked from the alerts and incidents that they serve.",
      { later: ["command document lint"] },
    ],
  ]),
  ...under(PROCESS, [
    [
      "Required Elements",
      "A process page has the eight parts below; a missing one is `document/section-missing` with its name.",
      { later: ["rule document/section-missing", "command document new"] },
    ],
    [
      "Documentation Format",
      "The six demands below are rules, each with its level.",
      { later: ["command document lint"] },
    ],
  ]),
  ...under(`${PROCESS} > Required Elements`, [
    [
      "Purpose: Clear statement of process purpose",
      "The part must hold a statement of its own, not the template's.",
      { later: ["rule document/section-missing"] },
    ],
    [
      "Scope: Defined boundaries and limitations",
      "The part must say what is inside and what is not.",
      { later: ["rule document/section-missing"] },
    ],
    [
      "Responsibilities: Assigned roles and accountabilities",
      "Each named role resolves to a person or team of the fleet.",
      { later: ["rule document/owner-missing"] },
    ],
    [
      "Procedures: Step-by-step instructions",
      "The part must be a numbered list.",
      { later: ["rule document/steps-missing"] },
    ],
    [
      "Timing: When processes are executed",
      "The stated rhythm is compared with the schedule of the checklist that carries the process.",
      { later: ["rule document/timing", "checklist schedule"] },
    ],
    [
      "Dependencies: Prerequisites and requirements",
      "Named tools, commands and pages must exist.",
      { later: ["rule document/unknown-reference"] },
    ],
    [
      "Outputs: Expected results and deliverables",
      "The part names what is there afterwards: a record, a report, a state that can be looked up.",
      { later: ["rule document/section-missing"] },
    ],
    [
      "Quality: Success criteria and metrics",
      "Named metrics must exist in the catalogue of metrics.",
      { later: ["rule document/unknown-metric"] },
    ],
  ]),
  ...under(`${PROCESS} > Documentation Format`, format("process")),
  ...under(RUNBOOK, [
    [
      "Required Elements",
      "A runbook has the eight parts below; a missing one is `document/section-missing` with its name.",
      { later: ["rule document/section-missing", "command document new"] },
    ],
    [
      "Runbook Format",
      "The six demands on process pages hold for runbooks too, and commands are tried besides.",
      { later: ["command document lint"] },
    ],
  ]),
  ...under(`${RUNBOOK} > Required Elements`, [
    [
      "Scenario: Clear problem description",
      "The part says in a sentence when this runbook is the right one; the alert that links it shows the sentence.",
      { later: ["rule document/section-missing"] },
    ],
    [
      "Symptoms: Observable indicators",
      "Named monitors and metrics must exist, so that the symptom can be seen.",
      { later: ["rule document/unknown-metric"] },
    ],
    [
      "Diagnosis: Troubleshooting steps",
      "The part must be a numbered list whose commands exist.",
      { later: ["rule document/steps-missing"] },
    ],
    [
      "Resolution: Solution procedures",
      "The part must be a numbered list; its commands are tried by a drill.",
      { later: ["rule document/steps-missing", "command incident drill"] },
    ],
    [
      "Prevention: Avoidance strategies",
      "The part links the rule, monitor or task that keeps the problem away.",
      { later: ["rule document/section-missing"] },
    ],
    [
      "References: Related documentation",
      "Every link is followed inside the repository; a dead one is a finding.",
      { later: ["rule document/dead-link"] },
    ],
    [
      "Contacts: Support information",
      "Each contact resolves to a person or team of the fleet with a way to reach them.",
      { later: ["rule document/owner-missing"] },
    ],
    [
      "Updates: Change history",
      "The newest entry is compared with the date of the page's last commit.",
      { later: ["rule document/stale"] },
    ],
  ]),
  ...under(`${RUNBOOK} > Runbook Format`, format("runbook")),
];
