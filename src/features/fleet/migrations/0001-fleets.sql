create table growth_engine.fleet_fleets (
  fleet_id uuid primary key default gen_random_uuid(),
  name text not null unique,
  created_at timestamptz not null
);
call growth_engine.scope_by_fleet('growth_engine.fleet_fleets');
grant select on growth_engine.fleet_fleets to growth_engine_fleet;

create table growth_engine.fleet_repositories (
  fleet_id uuid not null references growth_engine.fleet_fleets,
  name text not null,
  url text,
  created_at timestamptz not null,
  primary key (fleet_id, name)
);
call growth_engine.scope_by_fleet('growth_engine.fleet_repositories');
grant select, insert on growth_engine.fleet_repositories to growth_engine_fleet;
