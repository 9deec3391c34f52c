create table growth_engine.person_people (
  fleet_id uuid not null references growth_engine.fleet_fleets,
  handle text not null,
  name text not null,
  roles text[] not null,
  contacts jsonb not null,
  left_at timestamptz,
  primary key (fleet_id, handle)
);
create table growth_engine.person_teams (
  fleet_id uuid not null references growth_engine.fleet_fleets,
  handle text not null,
  name text not null,
  primary key (fleet_id, handle)
);
create table growth_engine.person_members (
  fleet_id uuid not null,
  team text not null,
  person text not null,
  primary key (fleet_id, team, person),
  foreign key (fleet_id, team) references growth_engine.person_teams,
  foreign key (fleet_id, person) references growth_engine.person_people
);
create index person_members_by_person on growth_engine.person_members (fleet_id, person);
create table growth_engine.person_ownerships (
  fleet_id uuid not null,
  kind text not null,
  target text not null,
  person text,
  team text,
  primary key (fleet_id, kind, target),
  foreign key (fleet_id, person) references growth_engine.person_people,
  foreign key (fleet_id, team) references growth_engine.person_teams,
  check ((person is null) <> (team is null))
);
call growth_engine.scope_by_fleet('growth_engine.person_people');
call growth_engine.scope_by_fleet('growth_engine.person_teams');
call growth_engine.scope_by_fleet('growth_engine.person_members');
call growth_engine.scope_by_fleet('growth_engine.person_ownerships');
grant select, insert, update on growth_engine.person_people, growth_engine.person_teams to growth_engine_fleet;
grant select, insert, update, delete on growth_engine.person_members, growth_engine.person_ownerships to growth_engine_fleet;
