-- The log of a fleet: how large it is, and the roots of its full subtrees, the largest first (32 bytes each). Whoever
-- adds to it holds this row, so that of many processes one at a time does.
create table growth_engine.receipt_logs (
  fleet_id uuid not null primary key,
  size bigint not null,
  peaks bytea not null,
  -- The 32 bytes of the key that signs its checkpoints.
  public_key bytea not null,
  grown_at timestamptz not null
);
alter table growth_engine.receipt_logs alter column peaks set storage plain;
call growth_engine.scope_by_fleet('growth_engine.receipt_logs');
grant select, insert, update on growth_engine.receipt_logs to growth_engine_fleet;

-- Hashes of the tree on every eighth level, 256 to a row, in order (C2SP tlog-tiles). A row is only ever appended to, so
-- what a proof reads is the same whoever adds meanwhile.
create table growth_engine.receipt_tiles (
  fleet_id uuid not null,
  level smallint not null,
  tile bigint not null,
  hashes bytea not null,
  primary key (fleet_id, level, tile)
);
-- Hashes do not compress.
alter table growth_engine.receipt_tiles alter column hashes set storage external;
call growth_engine.scope_by_fleet('growth_engine.receipt_tiles');
grant select, insert, update on growth_engine.receipt_tiles to growth_engine_fleet;

-- Which leaf says of which line that it was here. A line of an agent's day of a repository has one leaf, however many
-- checkouts bring it, in however many files.
create table growth_engine.receipt_leaves (
  fleet_id uuid not null,
  -- The first half of a SHA-256 of repository, agent, day and the line's sum.
  line uuid not null,
  leaf bigint not null,
  received_at timestamptz not null,
  primary key (fleet_id, line)
);
call growth_engine.scope_by_fleet('growth_engine.receipt_leaves');
grant select, insert on growth_engine.receipt_leaves to growth_engine_fleet;
