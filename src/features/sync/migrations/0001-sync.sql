-- A working tree whose records are brought here.
create table growth_engine.sync_checkouts (
  fleet_id uuid not null,
  repository text not null,
  -- The folder's name and a sum of where it lies: chosen by the one who brings.
  checkout text not null,
  -- What was checked out when a sync was last finished; null before the first.
  branch text,
  head text,
  synced_at timestamptz,
  opened_at timestamptz not null,
  brought_by text not null,
  primary key (fleet_id, repository, checkout),
  foreign key (fleet_id, repository) references growth_engine.fleet_repositories
);
call growth_engine.scope_by_fleet('growth_engine.sync_checkouts');
grant select, insert, update on growth_engine.sync_checkouts to growth_engine_fleet;

-- How much of each file of a checkout is here.
create table growth_engine.sync_files (
  fleet_id uuid not null,
  repository text not null,
  checkout text not null,
  place uuid not null,
  file text not null,
  bytes bigint not null,
  lines integer not null,
  -- SHA-256 of these bytes.
  sum bytea not null,
  -- What the file system said of the file then: while it says the same, nobody needs to read the file.
  stamp text not null,
  -- What the last step stood on: it is taken only where that is what was here.
  before_lines integer not null,
  before_sum bytea not null,
  taken_at timestamptz not null,
  primary key (fleet_id, repository, checkout, place)
);
call growth_engine.scope_by_fleet('growth_engine.sync_files');
grant select, insert, update, delete on growth_engine.sync_files to growth_engine_fleet;

-- The sums of the lines that a checkout's file holds, in order, 32 bytes each, in the pieces in which they came: what
-- tells from which line on a file was rewritten, and whether another checkout still holds a line.
create table growth_engine.sync_spans (
  fleet_id uuid not null,
  place uuid not null,
  checkout text not null,
  from_line integer not null,
  sums bytea not null,
  primary key (fleet_id, place, checkout, from_line)
);
-- Sums do not compress.
alter table growth_engine.sync_spans alter column sums set storage external;
call growth_engine.scope_by_fleet('growth_engine.sync_spans');
grant select, insert, update, delete on growth_engine.sync_spans to growth_engine_fleet;

-- Every time that what was here was found to be something else in the checkout.
create table growth_engine.sync_rewrites (
  fleet_id uuid not null,
  rewrite bigint generated always as identity,
  repository text not null,
  checkout text not null,
  file text not null,
  what text not null check (what in ('rewritten', 'shortened', 'deleted')),
  -- The first line that is not what it was.
  from_line integer not null,
  lines_before integer not null,
  lines_after integer not null,
  sum_before bytea not null,
  sum_after bytea not null,
  -- Lines that no checkout held any more then; those of them that stand further down came back with the next step.
  gone integer not null,
  branch text,
  head text,
  found_at timestamptz not null,
  brought_by text not null,
  primary key (fleet_id, rewrite)
);
call growth_engine.scope_by_fleet('growth_engine.sync_rewrites');
grant select, insert on growth_engine.sync_rewrites to growth_engine_fleet;

-- Lines of a checkout that could not be taken, until they are mended.
create table growth_engine.sync_broken (
  fleet_id uuid not null,
  repository text not null,
  checkout text not null,
  place uuid not null,
  line integer not null,
  file text not null,
  at_column integer not null,
  rule text not null,
  message text not null,
  primary key (fleet_id, repository, checkout, place, line)
);
call growth_engine.scope_by_fleet('growth_engine.sync_broken');
grant select, insert, update, delete on growth_engine.sync_broken to growth_engine_fleet;
