-- The role that row-level security holds for. Roles belong to the whole server, so it may be there already.
do $$
begin
  if not exists (select from pg_roles where rolname = 'growth_engine_fleet') then
    create role growth_engine_fleet nologin;
  end if;
exception when duplicate_object or unique_violation then null;
end $$;
-- Whoever may take it on already was given it by an administrator, and may not give it away.
do $$
begin
  if not pg_has_role(current_user, 'growth_engine_fleet',
                     case when current_setting('server_version_num')::integer < 160000 then 'member' else 'set' end) then
    grant growth_engine_fleet to current_user;
  end if;
end $$;
grant usage on schema growth_engine to growth_engine_fleet;

-- The fleet of this transaction. Without one, reading any row is an error and not an empty answer.
create function growth_engine.current_fleet() returns uuid
  language sql stable parallel safe
  return current_setting('growth_engine.fleet')::uuid;

-- Puts a table under the second lock. Each feature grants what its own queries need.
create procedure growth_engine.scope_by_fleet(target regclass) language plpgsql as $$
begin
  execute format('alter table %s enable row level security', target);
  execute format(
    'create policy one_fleet on %s to growth_engine_fleet using (fleet_id = growth_engine.current_fleet())', target);
end $$;

-- What was answered to a write that named itself, so that asking again does not do it again.
create table growth_engine.platform_answers (
  fleet_id uuid not null,
  token text not null,
  key text not null,
  asked text not null,
  status smallint not null,
  body jsonb not null,
  answered_at timestamptz not null,
  primary key (fleet_id, token, key)
);
create index platform_answers_by_age on growth_engine.platform_answers (answered_at);
call growth_engine.scope_by_fleet('growth_engine.platform_answers');
grant select, insert on growth_engine.platform_answers to growth_engine_fleet;

-- When each scheduled job ran last, so that of many processes one runs it.
create table growth_engine.platform_jobs (
  name text primary key,
  ran_at timestamptz not null,
  took_ms integer not null default 0,
  -- Runs that failed since the last one that did not, and what was said of the last that did.
  failures integer not null default 0,
  failed_at timestamptz,
  failure text
);
