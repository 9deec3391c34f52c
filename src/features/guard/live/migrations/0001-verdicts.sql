-- Verdicts as they were brought. Kept without end: they are what a later question about a merge is answered with.
create table growth_engine.guard_verdicts (
  fleet_id uuid not null,
  verdict_id bigint generated always as identity,
  repository text not null,
  head text collate "C" not null,
  base text collate "C",
  rules text collate "C",
  -- SHA-256 of the verdict as JSON: the same one, brought again, is not kept twice.
  sum bytea not null,
  pull integer,
  verdict text not null check (verdict in ('pass', 'fail', 'error')),
  -- What stands behind it: somebody's word, a trusted CI workflow, or this server's own run.
  trust text not null check (trust in ('claimed', 'ci', 'server')),
  brought_by text not null,
  -- The workflow's file and ref, for `ci`.
  workflow text,
  run_url text,
  published_at timestamptz not null,
  report jsonb not null,
  primary key (fleet_id, verdict_id),
  unique nulls not distinct (fleet_id, repository, pull, head, sum),
  foreign key (fleet_id, repository) references growth_engine.fleet_repositories
);
create index guard_verdicts_by_time on growth_engine.guard_verdicts (fleet_id, published_at);
create index guard_verdicts_by_head on growth_engine.guard_verdicts (fleet_id, repository, head);
call growth_engine.scope_by_fleet('growth_engine.guard_verdicts');
grant select, insert, update on growth_engine.guard_verdicts to growth_engine_fleet;

-- What each guard of a verdict answered.
create table growth_engine.guard_answers (
  fleet_id uuid not null,
  verdict_id bigint not null,
  guard text not null,
  verdict text not null check (verdict in ('pass', 'fail', 'not-applicable', 'error')),
  primary key (fleet_id, verdict_id, guard),
  foreign key (fleet_id, verdict_id) references growth_engine.guard_verdicts
);
call growth_engine.scope_by_fleet('growth_engine.guard_answers');
grant select, insert on growth_engine.guard_answers to growth_engine_fleet;

-- How often each rule was found in a verdict.
create table growth_engine.guard_findings (
  fleet_id uuid not null,
  verdict_id bigint not null,
  guard text not null,
  rule text not null,
  level text not null check (level in ('block', 'warn', 'observe')),
  findings integer not null,
  primary key (fleet_id, verdict_id, guard, rule, level),
  foreign key (fleet_id, verdict_id) references growth_engine.guard_verdicts
);
call growth_engine.scope_by_fleet('growth_engine.guard_findings');
grant select, insert on growth_engine.guard_findings to growth_engine_fleet;
