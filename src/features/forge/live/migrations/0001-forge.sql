-- Which workflows of which repositories a fleet believes, by their forge's OpenID tokens.
create table growth_engine.forge_trusts (
  fleet_id uuid not null,
  trust_id uuid not null default gen_random_uuid(),
  repository text not null,
  forge text not null check (forge in ('github', 'gitlab')),
  issuer text collate "C" not null,
  audience text not null,
  -- What the forge calls the repository, and its number there, which outlives a rename.
  forge_name text not null,
  forge_id text collate "C" not null,
  -- Path of the workflow's file.
  workflow text not null,
  -- Globs of the refs of which that file is believed.
  refs text[] not null,
  created_at timestamptz not null,
  primary key (fleet_id, trust_id),
  unique (fleet_id, issuer, forge_id, workflow),
  foreign key (fleet_id, repository) references growth_engine.fleet_repositories
);
create index forge_trusts_by_issuer on growth_engine.forge_trusts (issuer, forge_id);
call growth_engine.scope_by_fleet('growth_engine.forge_trusts');
grant select, insert, update, delete on growth_engine.forge_trusts to growth_engine_fleet;

-- OpenID tokens that were used, until they expire.
create table growth_engine.forge_used_tokens (
  fleet_id uuid not null,
  issuer text not null,
  jti text not null,
  -- Of the call: asked again after a lost answer, it is the same call.
  call text,
  expires_at timestamptz not null,
  primary key (fleet_id, issuer, jti)
);
create index forge_used_tokens_by_age on growth_engine.forge_used_tokens (expires_at);
call growth_engine.scope_by_fleet('growth_engine.forge_used_tokens');

-- Webhooks that may tell the fleet something. The secret is what a signature is compared with; the fleet's role may not read it.
create table growth_engine.forge_hooks (
  fleet_id uuid not null,
  hook_id uuid not null default gen_random_uuid(),
  forge text not null check (forge in ('github', 'gitlab')),
  -- Null for all repositories of the fleet whose names are the forge's.
  repository text,
  forge_name text,
  secret text not null,
  -- The one before, until it is void.
  old_secret text,
  old_until timestamptz,
  created_at timestamptz not null,
  removed_at timestamptz,
  primary key (fleet_id, hook_id),
  foreign key (fleet_id, repository) references growth_engine.fleet_repositories
);
create unique index forge_hooks_by_id on growth_engine.forge_hooks (hook_id);
call growth_engine.scope_by_fleet('growth_engine.forge_hooks');
grant select (fleet_id, hook_id, forge, repository, forge_name, old_until, created_at, removed_at),
  insert, update on growth_engine.forge_hooks to growth_engine_fleet;

-- What webhooks brought: each is done once. Bodies are not kept.
create table growth_engine.forge_deliveries (
  fleet_id uuid not null,
  hook_id uuid not null,
  -- The forge's name for it, which no signature covers, and the SHA-256 of the body, which one does.
  delivery text collate "C" not null,
  sum bytea not null,
  received_at timestamptz not null,
  event text not null,
  action text,
  repository text,
  outcome text not null check (outcome in ('kept', 'older', 'ignored', 'unknown')),
  says text not null,
  primary key (fleet_id, hook_id, delivery),
  unique (fleet_id, hook_id, sum, event)
);
create index forge_deliveries_by_time on growth_engine.forge_deliveries (fleet_id, received_at);
call growth_engine.scope_by_fleet('growth_engine.forge_deliveries');
grant select, insert, update on growth_engine.forge_deliveries to growth_engine_fleet;

create table growth_engine.forge_pulls (
  fleet_id uuid not null,
  repository text not null,
  pull integer not null,
  title text not null,
  body text not null,
  author text not null,
  state text not null check (state in ('open', 'closed', 'merged')),
  is_draft boolean not null,
  head text collate "C" not null,
  head_ref text not null,
  base text collate "C",
  base_ref text not null,
  from_fork boolean not null,
  url text not null,
  opened_at timestamptz not null,
  closed_at timestamptz,
  merged_at timestamptz,
  merge_commit text collate "C",
  -- By the forge's clock: an older event changes nothing.
  updated_at timestamptz not null,
  -- When this server is to read it by itself, since it comes from a fork; null when there is nothing to read.
  read_due timestamptz,
  read_tries smallint not null default 0,
  read_says text,
  primary key (fleet_id, repository, pull),
  foreign key (fleet_id, repository) references growth_engine.fleet_repositories
);
create index forge_pulls_by_time on growth_engine.forge_pulls (fleet_id, updated_at);
create index forge_pulls_to_read on growth_engine.forge_pulls (read_due) where read_due is not null;
call growth_engine.scope_by_fleet('growth_engine.forge_pulls');
grant select, insert, update on growth_engine.forge_pulls to growth_engine_fleet;

-- Every commit that was the head of a pull request, as the forge told it.
create table growth_engine.forge_heads (
  fleet_id uuid not null,
  repository text not null,
  pull integer not null,
  head text collate "C" not null,
  seen_at timestamptz not null,
  primary key (fleet_id, repository, pull, head)
);
call growth_engine.scope_by_fleet('growth_engine.forge_heads');
grant select, insert on growth_engine.forge_heads to growth_engine_fleet;

create table growth_engine.forge_reviews (
  fleet_id uuid not null,
  repository text not null,
  review text collate "C" not null,
  pull integer not null,
  author text not null,
  state text not null check (state in ('approved', 'changes_requested', 'commented', 'dismissed')),
  head text collate "C",
  submitted_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (fleet_id, repository, review)
);
create index forge_reviews_by_pull on growth_engine.forge_reviews (fleet_id, repository, pull);
call growth_engine.scope_by_fleet('growth_engine.forge_reviews');
grant select, insert, update on growth_engine.forge_reviews to growth_engine_fleet;

-- Runs of workflows and of their jobs, checks and statuses: whatever says of a commit how it went.
create table growth_engine.forge_runs (
  fleet_id uuid not null,
  repository text not null,
  kind text not null check (kind in ('workflow', 'job', 'suite', 'check', 'status')),
  -- The forge's name for it: a number, or what a status is called over a commit.
  run text collate "C" not null,
  attempt integer not null,
  -- Of a job: the workflow's run.
  parent text collate "C",
  name text not null,
  workflow text,
  head text collate "C" not null,
  head_ref text,
  event text,
  status text not null check (status in ('waiting', 'running', 'completed')),
  conclusion text,
  created_at timestamptz not null,
  started_at timestamptz,
  completed_at timestamptz,
  updated_at timestamptz not null,
  url text,
  -- The first step that failed, and what the run says of itself.
  failed_step text,
  says text,
  -- Rules of ours that its text names.
  rules text[] not null default '{}',
  primary key (fleet_id, repository, kind, run, attempt)
);
create index forge_runs_by_time on growth_engine.forge_runs (fleet_id, created_at);
create index forge_runs_by_head on growth_engine.forge_runs (fleet_id, repository, head);
call growth_engine.scope_by_fleet('growth_engine.forge_runs');
grant select, insert, update on growth_engine.forge_runs to growth_engine_fleet;
