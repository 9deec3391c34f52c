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

-- Removes everything of a fleet but its audit. A table that leans on another was made after it, so the newest go first.
create procedure growth_engine.fleet_remove(target uuid) language plpgsql as $$
declare
  one regclass;
begin
  for one in
    select c.oid::regclass from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attname = 'fleet_id' and not a.attisdropped
    where c.relnamespace = 'growth_engine'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
      and c.relname not like 'audit_%'
    order by c.oid desc
  loop
    execute format('delete from %s where fleet_id = $1', one) using target;
  end loop;
end $$;
