import { type Paint, paintFor, printable, renderTable } from "../../platform/terminal/index.ts";
import { VARIANTS, type VariantName } from "./scene/variant.ts";
import { type Cell, type Simulation, wrongCells } from "./simulation.ts";

/** A cell in the table: what is wrong is written large, so that it is seen without colour too. */
function cellText({ answer, wrong }: Cell): string {
  return wrong === null ? answer : wrong.toUpperCase();
}

function colourCells(table: string, paint: Paint): string {
  return table
    .replace(/\b(PENDING|FALSELY GREEN|FALSELY RED|TWO ANSWERS|NOT PLAYED)\b/g, (text) =>
      paint(["red", "bold"], text),
    )
    .replace(/\bpass\b/g, (text) => paint("green", text))
    .replace(/\bfail\b/g, (text) => paint("yellow", text));
}

function tableOf(change: VariantName, { cells, checks }: Simulation, paint: Paint): string {
  const own = cells.filter((cell) => cell.change === change);
  const events = [...new Set(own.map(({ event }) => event))];
  const rows = events.map((event) => [
    event,
    ...checks.map((check) => {
      const cell = own.find((candidate) => candidate.event === event && candidate.check === check);
      return cell ? cellText(cell) : "";
    }),
  ]);
  const table = renderTable(["event", ...checks], rows).replace(/^(?=.)/gm, "  ");
  return `${paint("bold", change)}: ${VARIANTS[change]}\n${colourCells(table, paint)}`;
}

/** Cells that say the same for the same reason stand together. */
function grouped(cells: readonly Cell[]): [string, Cell[]][] {
  const groups = new Map<string, Cell[]>();
  for (const cell of cells) {
    const key = `${cell.wrong ?? cell.answer}\n${cell.reason}\n${cell.change}`;
    groups.set(key, [...(groups.get(key) ?? []), cell]);
  }
  return [...groups];
}

function listed(values: readonly string[]): string {
  return [...new Set(values)].join(", ");
}

function reasonLines(cells: readonly Cell[], paint: Paint): string[] {
  return grouped(cells).flatMap(([, group]) => {
    const [first] = group;
    if (first === undefined) return [];
    const { wrong, answer, should } = first;
    const asked =
      wrong === "falsely green" || wrong === "falsely red" ? `, and the guards say ${should}` : "";
    const title = wrong === null ? answer : paint("red", wrong.toUpperCase());
    return [
      `  ${title}  ${listed(group.map(({ check }) => check))}`,
      `    │ ${first.change}: ${listed(group.map(({ event }) => event))}`,
      `    │ ${printable(first.reason)}${asked}`,
    ];
  });
}

function listOf(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ["", title, ...lines.map((line) => `  ${printable(line)}`)];
}

function summary(simulation: Simulation, paint: Paint): string {
  const wrong = wrongCells(simulation).length;
  const total = simulation.cells.length;
  const faults = simulation.problems.length;
  if (wrong === 0 && faults === 0)
    return paint("green", `✔ ${total} answers, one for each check, none pending and none false`);
  const published = faults === 0 ? "" : `; ${faults} departures from GitHub's published description`;
  return paint("red", `✖ ${wrong} of ${total} answers are wrong${published}`);
}

/** The simulation as text for people. `reasons` adds why each answer is what it is. */
export function renderSimulation(
  simulation: Simulation,
  options: { colour: boolean; reasons: boolean },
): string {
  const paint = paintFor(options.colour);
  const { base, head, workflows, tool, cells } = simulation;
  const changes = (Object.keys(VARIANTS) as VariantName[]).filter((name) =>
    cells.some(({ change }) => change === name),
  );
  const wrong = wrongCells(simulation);
  const lines = [
    `base ${base.slice(0, 10)}, head ${head.slice(0, 10)}; ${printable(workflows.join(", ") || "no workflow uses Growth Engine")}; action: ${printable(tool)}`,
    ...changes.map((change) => `\n${tableOf(change, simulation, paint).trimEnd()}`),
    ...(wrong.length > 0 ? ["", "what is wrong", ...reasonLines(wrong, paint)] : []),
    ...(options.reasons
      ? [
          "",
          "why",
          ...reasonLines(
            cells.filter((cell) => cell.wrong === null),
            paint,
          ),
        ]
      : []),
    ...listOf("does not follow GitHub's published description", simulation.problems),
    ...listOf("note", simulation.notes),
    "",
    summary(simulation, paint),
  ];
  return `${lines.join("\n")}\n`;
}
