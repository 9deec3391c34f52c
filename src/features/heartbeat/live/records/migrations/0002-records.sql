-- Heartbeat lines of record files, as checkouts brought them. They say what a file says; live beats, which an agent's
-- own token vouches for and which decide whether it is alive, are another table.
create table growth_engine.heartbeat_records (
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
  task text collate "C" not null,
  status text not null,
  at timestamptz not null,
  progress text,
  session text,
  -- The whole line, without secrets.
  line text not null,
  brought_by text not null,
  brought_at timestamptz not null,
  -- Since when no checkout holds it any more.
  gone_at timestamptz,
  primary key (fleet_id, place, sum, occurrence, day)
) partition by range (day);
create table growth_engine.heartbeat_records_rest partition of growth_engine.heartbeat_records default;
create index heartbeat_records_by_time on growth_engine.heartbeat_records (fleet_id, at);
call growth_engine.scope_by_fleet('growth_engine.heartbeat_records');
grant select, insert, update on growth_engine.heartbeat_records to growth_engine_fleet;
