import type { ControlPlane } from "./control-plane.ts";

type Row = Record<string, unknown>;

const COLUMNS = `
select c.relname as table, a.attname as name, format_type(a.atttypid, a.atttypmod) as type, a.attnotnull as needed,
       case when a.attidentity <> '' then 'identity' else coalesce(pg_get_expr(d.adbin, d.adrelid), '') end as made
from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
where c.relnamespace = 'growth_engine'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
order by c.relname, a.attnum`;
const CONSTRAINTS = `
select conrelid::regclass::text as table, pg_get_constraintdef(oid) as text from pg_constraint
where connamespace = 'growth_engine'::regnamespace and contype in ('p', 'u', 'f', 'c') and conparentid = 0
order by 1, contype desc, 2`;
const INDEXES = `
select tablename as table, regexp_replace(indexdef, '^CREATE (UNIQUE )?INDEX (\\S+) ON (ONLY )?\\S+ ', '\\1\\2 ') as text
from pg_indexes i join pg_class c on c.relname = i.indexname and c.relnamespace = 'growth_engine'::regnamespace
where schemaname = 'growth_engine' and not c.relispartition
  and not exists (select from pg_constraint where conindid = c.oid) order by 1, 2`;
const GRANTS = `
select table_name as table, string_agg(distinct lower(privilege_type), ', ' order by lower(privilege_type)) as text
from (select table_name, privilege_type from information_schema.table_privileges where grantee = 'growth_engine_fleet'
      union all
      select table_name, privilege_type || ' (' || column_name || ')' from information_schema.column_privileges p
      where grantee = 'growth_engine_fleet' and not exists (select from information_schema.table_privileges t
        where t.grantee = p.grantee and t.table_name = p.table_name and t.privilege_type = p.privilege_type)) as granted
group by 1`;
const POLICIES = `
select tablename as table, policyname || ': ' || qual as text from pg_policies where schemaname = 'growth_engine' order by 1`;
const TRIGGERS = `
select tgrelid::regclass::text as table, tgname || ' → ' || p.proname as text from pg_trigger t
join pg_proc p on p.oid = t.tgfoid
where not tgisinternal and tgparentid = 0 and p.pronamespace = 'growth_engine'::regnamespace order by 1, 2`;

function of(rows: readonly Row[], table: unknown): string[] {
  return rows.filter((row) => row.table === table).map(({ text }) => String(text));
}

function line({ name, type, needed, made }: Row): string {
  return `| ${name} | ${type} | ${needed ? "needed" : ""} | ${String(made).replaceAll("|", "\\|")} |`;
}

/** The whole schema as a page: what a migration changed shows in a review. */
export async function describeSchema({ query }: ControlPlane): Promise<string> {
  const columns = await query(COLUMNS);
  const [constraints, indexes, grants, policies, triggers] = await Promise.all(
    [CONSTRAINTS, INDEXES, GRANTS, POLICIES, TRIGGERS].map((sql) => query(sql)),
  );
  const list = (title: string, texts: readonly string[]) =>
    texts.length === 0 ? [] : ["", `${title}:`, "", ...texts.map((text) => `- \`${text}\``)];
  const tables = [...new Set(columns.map(({ table }) => table))];
  const pages = tables.map((table) =>
    [
      `## ${table}`,
      "",
      "| column | type | | made |",
      "| --- | --- | --- | --- |",
      ...columns.filter((row) => row.table === table).map(line),
      ...list("Constraints", of(constraints ?? [], table)),
      ...list("Indexes", of(indexes ?? [], table)),
      ...list("A fleet may", of(grants ?? [], table)),
      ...list("A fleet sees", of(policies ?? [], table)),
      ...list("Triggers", of(triggers ?? [], table)),
      "",
    ].join("\n"),
  );
  return [
    "# Database",
    "",
    "The schema as the migrations leave it. Written by a test: `npx vitest run --project server test/server/schema.test.ts -u`.",
    "",
    ...pages,
  ].join("\n");
}
