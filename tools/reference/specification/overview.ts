import { type Row, under } from "./row.ts";
import { SHOWN } from "./shown.ts";

/** Title, overview and the end of the page. */
export const OVERVIEW: readonly Row[] = [
  ...under("", [
    [
      "Growth Engine Operational Processes",
      "The page is part of the product; this table says for each of its lines what carries it, and a test fails on a line without a row.",
      { now: ["document docs/operational-processes.md"], shown: SHOWN.specification },
    ],
    [
      "Overview",
      "`guard all` is the whole promise in one command: evidence, heartbeats and the ban judged over a range of commits.",
      { now: ["command guard all"], shown: SHOWN.guards },
    ],
  ]),
  ...under("Overview", [
    [
      "This document outlines the operational processes for the Growth Engine system, covering all phases (9-12) and providing comprehensive guidance for day-to-day operations, maintenance, and troubleshooting.",
      "Phases 9–12 are the features evidence, heartbeat, ban and guard; operations, maintenance and troubleshooting become checklists, incidents and runbooks of the control plane.",
      {
        now: ["command evidence verify", "command heartbeat verify", "command ban scan", "command guard all"],
        shown: SHOWN.guards,
        later: ["page checklist", "page incident"],
      },
    ],
  ]),
  ...under("", [
    [
      "Conclusion",
      "What the page promises is measured on it: this table counts its lines as carried, carried in part, or planned.",
      { now: ["document docs/reference/specification.md"], shown: SHOWN.specification },
    ],
  ]),
  ...under("Conclusion", [
    [
      "The Growth Engine operational processes provide comprehensive guidance for day-to-day operations, ensuring system reliability, compliance, and continuous improvement. Regular monitoring, maintenance, and process enhancement are essential for maintaining optimal system performance and achieving business objectives.",
      "Compliance is enforced at the merge by `guard all`; reliability and improvement are measured over time by the metrics of the control plane.",
      { now: ["command guard all"], shown: SHOWN.guards, later: ["page metric"] },
    ],
    [
      "Last Updated: 2025-10-23",
      "The rule `document/stale` compares the date that a process page states with the date of its last commit.",
      { later: ["rule document/stale"] },
    ],
    [
      "Next Review: 2025-11-23",
      "A page whose review date has passed is listed by `document lint` and becomes a task of its owner.",
      { later: ["rule document/review-overdue", "job document-review"] },
    ],
    [
      "Owner: Pilot Team",
      "`document lint` requires an owner on each process page and resolves it to a person or team of the fleet.",
      { later: ["rule document/owner-missing"] },
    ],
    [
      "Version: 1.0.0",
      "`document lint` requires a version on each process page, and that it rises when the text changes.",
      { later: ["rule document/version-unchanged"] },
    ],
  ]),
];
