create table growth_engine.audit_entries (
  fleet_id uuid not null,
  entry bigint generated always as identity,
  at timestamptz not null,
  actor text not null,
  action text not null,
  target text not null,
  result text not null,
  address text not null,
  primary key (fleet_id, entry, at)
) partition by range (at);
-- Months of their own are made as they come; whatever has none yet is kept here.
create table growth_engine.audit_entries_rest partition of growth_engine.audit_entries default;
call growth_engine.scope_by_fleet('growth_engine.audit_entries');
grant select, insert on growth_engine.audit_entries to growth_engine_fleet;
