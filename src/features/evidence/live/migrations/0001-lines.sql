-- Every evidence line that a checkout or an agent brought, by the date of its folder. A line is known by its file, its
-- sum and how often the same line stood in the file before it, so that however many checkouts bring it, it is kept once.
create table growth_engine.evidence_lines (
  fleet_id uuid not null,
  -- The repository and the path in it as one number: what all lines of a file begin with in the index.
  place uuid not null,
  -- SHA-256 of the line as it stood in the file, without its end.
  sum bytea not null,
  -- 1 for the first of equal lines in the file.
  occurrence integer not null,
  day date not null,
  repository text not null,
  file text not null,
  -- Where it stood when it was brought first.
  number integer not null,
  -- Whose folder it is.
  agent text collate "C" not null,
  tool text not null,
  doc_ref text not null,
  request_id text not null,
  at timestamptz not null,
  task text collate "C",
  session text,
  outcome text,
  -- The whole line, without secrets.
  line text not null,
  brought_by text not null,
  brought_at timestamptz not null,
  -- Since when no checkout holds it any more.
  gone_at timestamptz,
  primary key (fleet_id, place, sum, occurrence, day)
) partition by range (day);
create table growth_engine.evidence_lines_rest partition of growth_engine.evidence_lines default;
create index evidence_lines_by_time on growth_engine.evidence_lines (fleet_id, at);
create index evidence_lines_by_task on growth_engine.evidence_lines (fleet_id, task, at) where task is not null;
call growth_engine.scope_by_fleet('growth_engine.evidence_lines');
grant select, insert, update on growth_engine.evidence_lines to growth_engine_fleet;
