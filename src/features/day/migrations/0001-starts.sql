-- Each morning that was started, with what was seen then.
create table growth_engine.day_starts (
  fleet_id uuid not null references growth_engine.fleet_fleets,
  start bigint generated always as identity,
  at timestamptz not null,
  by text not null,
  checklist jsonb not null,
  asked integer not null,
  primary key (fleet_id, start)
);
call growth_engine.scope_by_fleet('growth_engine.day_starts');
grant select, insert on growth_engine.day_starts to growth_engine_fleet;
create index day_starts_by_time on growth_engine.day_starts (fleet_id, at);
