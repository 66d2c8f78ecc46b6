-- What the migrations make of an empty database. Written by `npm run schema`, compared by a test, run by nothing.
-- The job queue's own schema is left out: bullmq keeps it.

CREATE TABLE access_token (
  registry_id integer NOT NULL,
  id uuid NOT NULL,
  token_hash bytea NOT NULL,
  account_id uuid NOT NULL,
  name text NOT NULL,
  permissions text[] NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  ends_at timestamp with time zone NOT NULL,
  used_at timestamp with time zone,
  revoked_at timestamp with time zone,
  CONSTRAINT access_token_pkey PRIMARY KEY (registry_id, id),
  CONSTRAINT access_token_hash_key UNIQUE (registry_id, token_hash),
  CONSTRAINT access_token_account_fkey FOREIGN KEY (registry_id, account_id) REFERENCES account(registry_id, id)
);
CREATE INDEX access_token_account ON access_token USING btree (registry_id, account_id);
GRANT INSERT, SELECT ON access_token TO marrow_app;
GRANT UPDATE ON access_token (revoked_at) TO marrow_app;
GRANT UPDATE ON access_token (used_at) TO marrow_app;

CREATE TABLE account (
  registry_id integer NOT NULL,
  id uuid NOT NULL,
  name text NOT NULL,
  display_name text NOT NULL,
  role text NOT NULL,
  org text NOT NULL,
  demonstration boolean NOT NULL DEFAULT false,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  created_by text NOT NULL,
  disabled_at timestamp with time zone,
  sign_on_name text,
  sign_on_issuer text,
  sign_on_subject text,
  CONSTRAINT account_pkey PRIMARY KEY (registry_id, id),
  CONSTRAINT account_name_key UNIQUE (registry_id, name),
  CONSTRAINT account_sign_on_name_key UNIQUE (registry_id, sign_on_name),
  CONSTRAINT account_sign_on_subject_key UNIQUE (registry_id, sign_on_issuer, sign_on_subject),
  CONSTRAINT account_org_fkey FOREIGN KEY (registry_id, org) REFERENCES org(registry_id, org),
  CONSTRAINT account_role_check CHECK (role = ANY (ARRAY['clerk'::text, 'reviewer'::text, 'officer'::text, 'auditor'::text, 'administrator'::text])),
  CONSTRAINT account_sign_on_check CHECK ((sign_on_issuer IS NULL) = (sign_on_subject IS NULL) AND (sign_on_subject IS NULL OR sign_on_name IS NOT NULL))
);
GRANT INSERT, SELECT ON account TO marrow_app;
GRANT UPDATE ON account (disabled_at) TO marrow_app;
GRANT UPDATE ON account (display_name) TO marrow_app;
GRANT UPDATE ON account (org) TO marrow_app;
GRANT UPDATE ON account (role) TO marrow_app;
GRANT UPDATE ON account (sign_on_issuer) TO marrow_app;
GRANT UPDATE ON account (sign_on_name) TO marrow_app;
GRANT UPDATE ON account (sign_on_subject) TO marrow_app;

CREATE TABLE account_secret (
  registry_id integer NOT NULL,
  account_id uuid NOT NULL,
  password_hash text,
  must_change_password boolean NOT NULL,
  password_changed_at timestamp with time zone NOT NULL DEFAULT now(),
  totp_secret text,
  totp_confirmed_at timestamp with time zone,
  totp_last_step bigint,
  CONSTRAINT account_secret_pkey PRIMARY KEY (registry_id, account_id),
  CONSTRAINT account_secret_account_fkey FOREIGN KEY (registry_id, account_id) REFERENCES account(registry_id, id)
);
GRANT INSERT, SELECT, UPDATE ON account_secret TO marrow_app;

CREATE TABLE assessment (
  registry_id integer NOT NULL,
  org text NOT NULL,
  form text NOT NULL,
  period text NOT NULL,
  project text NOT NULL,
  revision integer NOT NULL,
  form_version integer NOT NULL,
  pack text NOT NULL,
  pack_version integer NOT NULL,
  state text NOT NULL,
  version integer NOT NULL,
  created_by text NOT NULL,
  created_at timestamp with time zone NOT NULL,
  CONSTRAINT assessment_pkey PRIMARY KEY (registry_id, org, form, period, project, revision),
  CONSTRAINT assessment_org_fkey FOREIGN KEY (registry_id, org) REFERENCES org(registry_id, org),
  CONSTRAINT assessment_period_check CHECK (period ~ '^[1-9][0-9]{3}(-H1)?$'::text),
  CONSTRAINT assessment_revision_check CHECK (revision >= 1),
  CONSTRAINT assessment_state_check CHECK (state = ANY (ARRAY['draft'::text, 'reviewed'::text, 'approved'::text, 'frozen'::text]))
);
CREATE TRIGGER assessment_kept BEFORE INSERT OR UPDATE ON assessment FOR EACH ROW EXECUTE FUNCTION keep_assessment();
CREATE TRIGGER assessment_stays BEFORE DELETE ON assessment FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER assessment_stepped BEFORE UPDATE OF state ON assessment FOR EACH ROW EXECUTE FUNCTION require_assessment_step();
GRANT INSERT, SELECT ON assessment TO marrow_app;
GRANT UPDATE ON assessment (form_version) TO marrow_app;
GRANT UPDATE ON assessment (pack) TO marrow_app;
GRANT UPDATE ON assessment (pack_version) TO marrow_app;
GRANT UPDATE ON assessment (state) TO marrow_app;
GRANT UPDATE ON assessment (version) TO marrow_app;

CREATE TABLE assessment_comment (
  registry_id integer NOT NULL,
  org text NOT NULL,
  form text NOT NULL,
  period text NOT NULL,
  project text NOT NULL,
  revision integer NOT NULL,
  number integer NOT NULL,
  line text,
  text text NOT NULL,
  author text NOT NULL,
  at timestamp with time zone NOT NULL,
  resolved_by text,
  resolved_at timestamp with time zone,
  CONSTRAINT assessment_comment_pkey PRIMARY KEY (registry_id, org, form, period, project, revision, number),
  CONSTRAINT assessment_comment_assessment_fkey FOREIGN KEY (registry_id, org, form, period, project, revision) REFERENCES assessment(registry_id, org, form, period, project, revision),
  CONSTRAINT assessment_comment_resolved_check CHECK ((resolved_by IS NULL) = (resolved_at IS NULL))
);
CREATE TRIGGER assessment_comment_kept BEFORE INSERT OR UPDATE ON assessment_comment FOR EACH ROW EXECUTE FUNCTION keep_assessment_parts();
CREATE TRIGGER assessment_comment_resolved BEFORE UPDATE ON assessment_comment FOR EACH ROW EXECUTE FUNCTION keep_assessment_comment();
CREATE TRIGGER assessment_comment_stays BEFORE DELETE ON assessment_comment FOR EACH ROW EXECUTE FUNCTION refuse_change();
GRANT INSERT, SELECT ON assessment_comment TO marrow_app;
GRANT UPDATE ON assessment_comment (resolved_at) TO marrow_app;
GRANT UPDATE ON assessment_comment (resolved_by) TO marrow_app;

CREATE TABLE assessment_file (
  registry_id integer NOT NULL,
  org text NOT NULL,
  form text NOT NULL,
  period text NOT NULL,
  project text NOT NULL,
  revision integer NOT NULL,
  kind text NOT NULL,
  name text NOT NULL,
  bytes bytea NOT NULL,
  sha256 bytea NOT NULL,
  CONSTRAINT assessment_file_pkey PRIMARY KEY (registry_id, org, form, period, project, revision, kind),
  CONSTRAINT assessment_file_assessment_fkey FOREIGN KEY (registry_id, org, form, period, project, revision) REFERENCES assessment(registry_id, org, form, period, project, revision),
  CONSTRAINT assessment_file_kind_check CHECK (kind = ANY (ARRAY['form.xlsx'::text, 'report.docx'::text, 'data.json'::text, 'evidence.zip'::text])),
  CONSTRAINT assessment_file_sha256_check CHECK (sha256 = sha256(bytes)),
  CONSTRAINT assessment_file_size_check CHECK (octet_length(bytes) >= 1 AND octet_length(bytes) <= 104857600)
);
CREATE TRIGGER assessment_file_append_only BEFORE DELETE OR UPDATE ON assessment_file FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER assessment_file_kept BEFORE INSERT ON assessment_file FOR EACH ROW EXECUTE FUNCTION keep_assessment_parts();
GRANT INSERT, SELECT ON assessment_file TO marrow_app;

CREATE TABLE assessment_step (
  registry_id integer NOT NULL,
  org text NOT NULL,
  form text NOT NULL,
  period text NOT NULL,
  project text NOT NULL,
  revision integer NOT NULL,
  number integer NOT NULL,
  from_state text NOT NULL,
  to_state text NOT NULL,
  note text,
  actor text NOT NULL,
  at timestamp with time zone NOT NULL,
  filled json NOT NULL,
  rules json NOT NULL,
  definitions text NOT NULL,
  seals json NOT NULL,
  CONSTRAINT assessment_step_pkey PRIMARY KEY (registry_id, org, form, period, project, revision, number),
  CONSTRAINT assessment_step_assessment_fkey FOREIGN KEY (registry_id, org, form, period, project, revision) REFERENCES assessment(registry_id, org, form, period, project, revision),
  CONSTRAINT assessment_step_note_check CHECK (to_state <> 'draft'::text OR note IS NOT NULL)
);
CREATE TRIGGER assessment_step_append_only BEFORE DELETE OR UPDATE ON assessment_step FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER assessment_step_kept BEFORE INSERT ON assessment_step FOR EACH ROW EXECUTE FUNCTION keep_assessment_parts();
GRANT INSERT, SELECT ON assessment_step TO marrow_app;

CREATE TABLE assessment_typed (
  registry_id integer NOT NULL,
  org text NOT NULL,
  form text NOT NULL,
  period text NOT NULL,
  project text NOT NULL,
  revision integer NOT NULL,
  version integer NOT NULL,
  place text NOT NULL,
  content jsonb NOT NULL,
  written_by text NOT NULL,
  account uuid,
  written_at timestamp with time zone NOT NULL,
  CONSTRAINT assessment_typed_pkey PRIMARY KEY (registry_id, org, form, period, project, revision, version, place),
  CONSTRAINT assessment_typed_assessment_fkey FOREIGN KEY (registry_id, org, form, period, project, revision) REFERENCES assessment(registry_id, org, form, period, project, revision)
);
CREATE TRIGGER assessment_typed_append_only BEFORE DELETE OR UPDATE ON assessment_typed FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER assessment_typed_kept BEFORE INSERT ON assessment_typed FOR EACH ROW EXECUTE FUNCTION keep_assessment_parts();
GRANT INSERT, SELECT ON assessment_typed TO marrow_app;

CREATE TABLE audit_act (
  registry_id integer NOT NULL,
  seq bigint NOT NULL,
  at timestamp with time zone NOT NULL,
  actor text NOT NULL,
  act text NOT NULL,
  thing text,
  org text,
  address text,
  result text NOT NULL,
  detail jsonb,
  hash bytea NOT NULL,
  CONSTRAINT audit_act_pkey PRIMARY KEY (registry_id, seq),
  CONSTRAINT audit_act_result_check CHECK (result = ANY (ARRAY['done'::text, 'refused'::text, 'failed'::text]))
);
CREATE INDEX audit_act_actor ON audit_act USING btree (registry_id, actor, seq);
CREATE INDEX audit_act_at ON audit_act USING btree (registry_id, at);
CREATE INDEX audit_act_thing ON audit_act USING btree (registry_id, thing, seq) WHERE thing IS NOT NULL;
CREATE TRIGGER audit_act_append_only BEFORE DELETE OR UPDATE ON audit_act FOR EACH ROW EXECUTE FUNCTION guard_audit();
GRANT SELECT ON audit_act TO marrow_app;

CREATE TABLE audit_checkpoint (
  registry_id integer NOT NULL,
  seq bigint NOT NULL,
  at timestamp with time zone NOT NULL,
  hash bytea NOT NULL,
  pruned_at timestamp with time zone NOT NULL,
  CONSTRAINT audit_checkpoint_pkey PRIMARY KEY (registry_id, seq),
  CONSTRAINT audit_checkpoint_registry_fkey FOREIGN KEY (registry_id) REFERENCES registry(registry_id)
);
CREATE TRIGGER audit_checkpoint_of_an_old_act BEFORE INSERT OR DELETE OR UPDATE ON audit_checkpoint FOR EACH ROW EXECUTE FUNCTION guard_audit_checkpoint();
GRANT SELECT ON audit_checkpoint TO marrow_app;

CREATE TABLE audit_head (
  registry_id integer NOT NULL,
  seq bigint NOT NULL DEFAULT 0,
  at timestamp with time zone NOT NULL DEFAULT '-infinity'::timestamp with time zone,
  hash bytea NOT NULL DEFAULT '\x'::bytea,
  CONSTRAINT audit_head_pkey PRIMARY KEY (registry_id),
  CONSTRAINT audit_head_registry_fkey FOREIGN KEY (registry_id) REFERENCES registry(registry_id)
);
GRANT SELECT ON audit_head TO marrow_app;

CREATE TABLE backup_drill (
  registry_id integer NOT NULL,
  started_at timestamp with time zone NOT NULL,
  finished_at timestamp with time zone NOT NULL,
  file text,
  bytes bigint,
  entries bigint,
  checked bigint,
  drift bigint,
  audit jsonb,
  problem jsonb,
  CONSTRAINT backup_drill_pkey PRIMARY KEY (registry_id, started_at),
  CONSTRAINT backup_drill_registry_fkey FOREIGN KEY (registry_id) REFERENCES registry(registry_id)
);
GRANT INSERT, SELECT ON backup_drill TO marrow_app;

CREATE TABLE delivery (
  registry_id integer NOT NULL,
  id uuid NOT NULL,
  subscription_id uuid NOT NULL,
  occasion text NOT NULL,
  body jsonb NOT NULL,
  state text NOT NULL,
  attempts integer NOT NULL DEFAULT 0,
  created_at timestamp with time zone NOT NULL,
  next_attempt_at timestamp with time zone NOT NULL,
  delivered_at timestamp with time zone,
  last_problem jsonb,
  CONSTRAINT delivery_pkey PRIMARY KEY (registry_id, id),
  CONSTRAINT delivery_occasion_key UNIQUE (registry_id, subscription_id, occasion),
  CONSTRAINT delivery_subscription_fkey FOREIGN KEY (registry_id, subscription_id) REFERENCES subscription(registry_id, id),
  CONSTRAINT delivery_delivered_check CHECK ((delivered_at IS NOT NULL) = (state = 'delivered'::text)),
  CONSTRAINT delivery_state_check CHECK (state = ANY (ARRAY['waiting'::text, 'delivered'::text, 'dead'::text]))
);
CREATE INDEX delivery_waiting ON delivery USING btree (next_attempt_at) WHERE state = 'waiting'::text;
GRANT INSERT, SELECT ON delivery TO marrow_app;
GRANT UPDATE ON delivery (attempts) TO marrow_app;
GRANT UPDATE ON delivery (delivered_at) TO marrow_app;
GRANT UPDATE ON delivery (last_problem) TO marrow_app;
GRANT UPDATE ON delivery (next_attempt_at) TO marrow_app;
GRANT UPDATE ON delivery (state) TO marrow_app;

CREATE TABLE entry (
  registry_id integer NOT NULL,
  id uuid NOT NULL,
  "position" bigint NOT NULL,
  posted_month date NOT NULL,
  occurred_on date NOT NULL,
  kind text NOT NULL,
  org text NOT NULL,
  donor_code text,
  case_code text,
  sample_code text,
  outcome text,
  reason text,
  quantity numeric NOT NULL DEFAULT 1,
  attributes jsonb,
  note_hash bytea,
  justification text,
  reverses uuid,
  original_month date NOT NULL,
  CONSTRAINT entry_pkey PRIMARY KEY (registry_id, id),
  CONSTRAINT entry_org_fkey FOREIGN KEY (registry_id, org) REFERENCES org(registry_id, org),
  CONSTRAINT entry_day_check CHECK (isfinite(occurred_on)),
  CONSTRAINT entry_original_check CHECK (reverses IS NOT NULL OR quantity >= 0::numeric),
  CONSTRAINT entry_quantity_check CHECK (scale(quantity) <= 2 AND abs(quantity) < 1000000000::numeric)
);
CREATE INDEX entry_adjustment ON entry USING btree (registry_id, posted_month, "position") WHERE occurred_on < posted_month;
CREATE INDEX entry_case ON entry USING btree (registry_id, case_code, kind) WHERE case_code IS NOT NULL;
CREATE INDEX entry_case_day ON entry USING btree (registry_id, kind, occurred_on) WHERE case_code IS NOT NULL;
CREATE INDEX entry_cell ON entry USING btree (registry_id, org, posted_month, kind);
CREATE INDEX entry_donor ON entry USING btree (registry_id, donor_code, kind) WHERE donor_code IS NOT NULL;
CREATE INDEX entry_opening ON entry USING btree (registry_id, org, kind) WHERE kind ~~ 'Opening%'::text;
CREATE INDEX entry_position ON entry USING btree (registry_id, "position");
CREATE UNIQUE INDEX entry_reversal ON entry USING btree (registry_id, reverses) WHERE reverses IS NOT NULL;
CREATE INDEX entry_reversed_cell ON entry USING btree (registry_id, org, posted_month, kind) WHERE reverses IS NOT NULL;
CREATE INDEX entry_sample ON entry USING btree (registry_id, sample_code, kind) WHERE sample_code IS NOT NULL;
CREATE TRIGGER entry_append_only BEFORE DELETE OR UPDATE ON entry FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER entry_post BEFORE INSERT ON entry FOR EACH ROW WHEN (new."position" IS NULL OR current_setting('marrow.posting'::text, true) IS DISTINCT FROM 'as a set'::text) EXECUTE FUNCTION post_entry();
GRANT SELECT ON entry TO marrow_app;
GRANT INSERT ON entry (attributes) TO marrow_app;
GRANT INSERT ON entry (case_code) TO marrow_app;
GRANT INSERT ON entry (donor_code) TO marrow_app;
GRANT INSERT ON entry (id) TO marrow_app;
GRANT INSERT ON entry (justification) TO marrow_app;
GRANT INSERT ON entry (kind) TO marrow_app;
GRANT INSERT ON entry (note_hash) TO marrow_app;
GRANT INSERT ON entry (occurred_on) TO marrow_app;
GRANT INSERT ON entry (org) TO marrow_app;
GRANT INSERT ON entry (outcome) TO marrow_app;
GRANT INSERT ON entry (quantity) TO marrow_app;
GRANT INSERT ON entry (reason) TO marrow_app;
GRANT INSERT ON entry (registry_id) TO marrow_app;
GRANT INSERT ON entry (reverses) TO marrow_app;
GRANT INSERT ON entry (sample_code) TO marrow_app;

CREATE TABLE entry_note (
  registry_id integer NOT NULL,
  id uuid NOT NULL,
  note text,
  salt bytea NOT NULL,
  CONSTRAINT entry_note_pkey PRIMARY KEY (registry_id, id),
  CONSTRAINT entry_note_entry_fkey FOREIGN KEY (registry_id, id) REFERENCES entry(registry_id, id)
);
CREATE TRIGGER entry_note_of_entry BEFORE INSERT OR DELETE OR UPDATE ON entry_note FOR EACH ROW EXECUTE FUNCTION guard_note();
GRANT INSERT, SELECT ON entry_note TO marrow_app;

CREATE TABLE evidence_file (
  registry_id integer NOT NULL,
  code text NOT NULL,
  org text NOT NULL,
  sha256 bytea NOT NULL,
  name text NOT NULL,
  media_type text NOT NULL,
  size integer NOT NULL,
  bytes bytea NOT NULL,
  uploaded_by text NOT NULL,
  uploaded_at timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT evidence_file_pkey PRIMARY KEY (registry_id, code),
  CONSTRAINT evidence_file_sha256_key UNIQUE (registry_id, org, sha256),
  CONSTRAINT evidence_file_org_fkey FOREIGN KEY (registry_id, org) REFERENCES org(registry_id, org),
  CONSTRAINT evidence_file_sha256_check CHECK (sha256 = sha256(bytes)),
  CONSTRAINT evidence_file_size_check CHECK (size = octet_length(bytes) AND size >= 1 AND size <= 20971520)
);
CREATE INDEX evidence_file_uploaded ON evidence_file USING btree (registry_id, uploaded_at, code);
CREATE TRIGGER evidence_file_append_only BEFORE DELETE OR UPDATE ON evidence_file FOR EACH ROW EXECUTE FUNCTION refuse_change();
GRANT INSERT, SELECT ON evidence_file TO marrow_app;

CREATE TABLE import (
  registry_id integer NOT NULL,
  import_id uuid NOT NULL,
  source_id uuid NOT NULL,
  mode text NOT NULL,
  state text NOT NULL,
  file_name text NOT NULL,
  file_hash bytea NOT NULL,
  file_size bigint NOT NULL,
  mapping jsonb,
  notices jsonb,
  reason text,
  phase text NOT NULL,
  done bigint NOT NULL DEFAULT 0,
  total bigint,
  counts jsonb,
  proposed_version bigint,
  proposed_position bigint,
  batches integer,
  next_batch integer NOT NULL DEFAULT 0,
  entries_posted bigint NOT NULL DEFAULT 0,
  question jsonb,
  problem jsonb,
  created_by text NOT NULL,
  created_at timestamp with time zone NOT NULL,
  accepted_by text,
  accepted_at timestamp with time zone,
  progressed_at timestamp with time zone NOT NULL,
  finished_at timestamp with time zone,
  keep_gaps boolean NOT NULL DEFAULT false,
  kind text,
  faults integer NOT NULL DEFAULT 0,
  unended integer NOT NULL DEFAULT 0,
  sheets jsonb,
  CONSTRAINT import_pkey PRIMARY KEY (registry_id, import_id),
  CONSTRAINT import_source_fkey FOREIGN KEY (registry_id, source_id) REFERENCES import_source(registry_id, source_id),
  CONSTRAINT import_mode_check CHECK (mode = ANY (ARRAY['good_rows'::text, 'all_or_nothing'::text])),
  CONSTRAINT import_state_check CHECK (state = ANY (ARRAY['received'::text, 'mapping'::text, 'staged'::text, 'accepted'::text, 'posting'::text, 'stopped'::text, 'done'::text, 'cancelled'::text, 'refused'::text]))
);
CREATE INDEX import_by_source ON import USING btree (registry_id, source_id, created_at);
CREATE INDEX import_keeping_gaps ON import USING btree (registry_id, import_id) WHERE keep_gaps;
CREATE UNIQUE INDEX import_one_posting ON import USING btree (registry_id, source_id) WHERE state = ANY (ARRAY['accepted'::text, 'posting'::text, 'stopped'::text]);
GRANT INSERT, SELECT ON import TO marrow_app;
GRANT UPDATE ON import (accepted_at) TO marrow_app;
GRANT UPDATE ON import (accepted_by) TO marrow_app;
GRANT UPDATE ON import (batches) TO marrow_app;
GRANT UPDATE ON import (counts) TO marrow_app;
GRANT UPDATE ON import (done) TO marrow_app;
GRANT UPDATE ON import (entries_posted) TO marrow_app;
GRANT UPDATE ON import (faults) TO marrow_app;
GRANT UPDATE ON import (finished_at) TO marrow_app;
GRANT UPDATE ON import (mapping) TO marrow_app;
GRANT UPDATE ON import (next_batch) TO marrow_app;
GRANT UPDATE ON import (notices) TO marrow_app;
GRANT UPDATE ON import (phase) TO marrow_app;
GRANT UPDATE ON import (problem) TO marrow_app;
GRANT UPDATE ON import (progressed_at) TO marrow_app;
GRANT UPDATE ON import (proposed_position) TO marrow_app;
GRANT UPDATE ON import (proposed_version) TO marrow_app;
GRANT UPDATE ON import (question) TO marrow_app;
GRANT UPDATE ON import (reason) TO marrow_app;
GRANT UPDATE ON import (sheets) TO marrow_app;
GRANT UPDATE ON import (source_id) TO marrow_app;
GRANT UPDATE ON import (state) TO marrow_app;
GRANT UPDATE ON import (total) TO marrow_app;
GRANT UPDATE ON import (unended) TO marrow_app;

CREATE TABLE import_entry (
  registry_id integer NOT NULL,
  id uuid NOT NULL,
  source_id uuid NOT NULL,
  content_key uuid NOT NULL,
  import_id uuid NOT NULL,
  sheet integer NOT NULL,
  "row" integer NOT NULL,
  CONSTRAINT import_entry_pkey PRIMARY KEY (registry_id, id),
  CONSTRAINT import_entry_entry_fkey FOREIGN KEY (registry_id, id) REFERENCES entry(registry_id, id)
);
CREATE INDEX import_entry_source ON import_entry USING btree (registry_id, source_id, content_key);
GRANT INSERT, SELECT ON import_entry TO marrow_app;

CREATE TABLE import_file (
  registry_id integer NOT NULL,
  import_id uuid NOT NULL,
  part integer NOT NULL,
  bytes bytea NOT NULL,
  CONSTRAINT import_file_pkey PRIMARY KEY (registry_id, import_id, part),
  CONSTRAINT import_file_import_fkey FOREIGN KEY (registry_id, import_id) REFERENCES import(registry_id, import_id)
);
GRANT DELETE, INSERT, SELECT ON import_file TO marrow_app;

CREATE TABLE import_row (
  registry_id integer NOT NULL,
  import_id uuid NOT NULL,
  sheet integer NOT NULL,
  "row" integer NOT NULL,
  stated jsonb NOT NULL,
  stated_id uuid,
  kind text,
  org text,
  occurred_on date,
  donor_code text,
  case_code text,
  sample_code text,
  outcome text,
  content_key uuid,
  problems jsonb,
  breach jsonb,
  stored boolean NOT NULL DEFAULT false,
  CONSTRAINT import_row_pkey PRIMARY KEY (registry_id, import_id, sheet, "row")
);
CREATE INDEX import_row_invalid ON import_row USING btree (registry_id, import_id, sheet, "row") WHERE problems IS NOT NULL OR breach IS NOT NULL;
GRANT DELETE, INSERT, SELECT ON import_row TO marrow_app;
GRANT UPDATE ON import_row (breach) TO marrow_app;
GRANT UPDATE ON import_row (stored) TO marrow_app;

CREATE TABLE import_source (
  registry_id integer NOT NULL,
  source_id uuid NOT NULL,
  org text NOT NULL,
  kind text NOT NULL,
  name text NOT NULL,
  salt bytea NOT NULL,
  mapping jsonb,
  version bigint NOT NULL DEFAULT 0,
  created_at timestamp with time zone NOT NULL,
  CONSTRAINT import_source_pkey PRIMARY KEY (registry_id, source_id),
  CONSTRAINT import_source_org_fkey FOREIGN KEY (registry_id, org) REFERENCES org(registry_id, org)
);
CREATE UNIQUE INDEX import_source_name ON import_source USING btree (registry_id, org, kind, name);
GRANT INSERT, SELECT ON import_source TO marrow_app;
GRANT UPDATE ON import_source (mapping) TO marrow_app;
GRANT UPDATE ON import_source (version) TO marrow_app;

CREATE TABLE import_step (
  registry_id integer NOT NULL,
  import_id uuid NOT NULL,
  batch integer NOT NULL,
  number integer NOT NULL,
  id uuid,
  reverses uuid,
  sheet integer,
  "row" integer,
  problem jsonb,
  CONSTRAINT import_step_pkey PRIMARY KEY (registry_id, import_id, batch, number),
  CONSTRAINT import_step_check CHECK (id IS NOT NULL OR reverses IS NOT NULL)
);
CREATE INDEX import_step_row ON import_step USING btree (registry_id, import_id, sheet, "row") WHERE "row" IS NOT NULL;
GRANT DELETE, INSERT, SELECT ON import_step TO marrow_app;
GRANT UPDATE ON import_step (problem) TO marrow_app;

CREATE TABLE indicator_value (
  registry_id integer NOT NULL,
  org text NOT NULL,
  own boolean NOT NULL,
  period text NOT NULL,
  key text NOT NULL,
  state text NOT NULL,
  value numeric,
  numerator numeric,
  denominator numeric NOT NULL,
  version integer NOT NULL,
  "position" bigint NOT NULL,
  computed_at timestamp with time zone NOT NULL,
  CONSTRAINT indicator_value_pkey PRIMARY KEY (registry_id, org, own, period, key),
  CONSTRAINT indicator_value_state_check CHECK (state = ANY (ARRAY['value'::text, 'zero'::text, 'not_applicable'::text]))
);
GRANT DELETE, INSERT, SELECT, UPDATE ON indicator_value TO marrow_app;

CREATE TABLE ledger_write (
  registry_id integer NOT NULL,
  "position" bigint NOT NULL,
  recorded_at timestamp with time zone NOT NULL,
  recorded_by text NOT NULL,
  source text NOT NULL,
  CONSTRAINT ledger_write_pkey PRIMARY KEY (registry_id, "position"),
  CONSTRAINT ledger_write_registry_fkey FOREIGN KEY (registry_id) REFERENCES registry(registry_id)
);
CREATE TRIGGER ledger_write_append_only BEFORE DELETE OR UPDATE ON ledger_write FOR EACH ROW EXECUTE FUNCTION refuse_change();
GRANT SELECT ON ledger_write TO marrow_app;

CREATE TABLE metric_value (
  registry_id integer NOT NULL,
  org text NOT NULL,
  own boolean NOT NULL,
  period text NOT NULL,
  key text NOT NULL,
  state text NOT NULL,
  value numeric NOT NULL,
  version integer NOT NULL,
  "position" bigint NOT NULL,
  computed_at timestamp with time zone NOT NULL,
  CONSTRAINT metric_value_pkey PRIMARY KEY (registry_id, org, own, period, key),
  CONSTRAINT metric_value_state_check CHECK (state = ANY (ARRAY['value'::text, 'zero'::text]))
);
GRANT DELETE, INSERT, SELECT, UPDATE ON metric_value TO marrow_app;

CREATE TABLE migrations (
  id integer NOT NULL DEFAULT nextval('migrations_id_seq'::regclass),
  "timestamp" bigint NOT NULL,
  name character varying NOT NULL,
  CONSTRAINT "PK_8c82d7f526340ab734260ea46be" PRIMARY KEY (id)
);
GRANT SELECT ON migrations TO marrow_app;

CREATE TABLE month_event (
  registry_id integer NOT NULL,
  "position" bigint NOT NULL,
  month date NOT NULL,
  action text NOT NULL,
  reason text,
  CONSTRAINT month_event_pkey PRIMARY KEY (registry_id, "position", month),
  CONSTRAINT month_event_write_fkey FOREIGN KEY (registry_id, "position") REFERENCES ledger_write(registry_id, "position"),
  CONSTRAINT month_event_action_check CHECK (action = ANY (ARRAY['close'::text, 'reopen'::text])),
  CONSTRAINT month_event_reason_check CHECK (action = 'close'::text OR reason IS NOT NULL)
);
CREATE TRIGGER month_event_append_only BEFORE DELETE OR UPDATE ON month_event FOR EACH ROW EXECUTE FUNCTION refuse_change();
GRANT SELECT ON month_event TO marrow_app;

CREATE TABLE monthly_tally (
  registry_id integer NOT NULL,
  org text NOT NULL,
  posted_month date NOT NULL,
  kind text NOT NULL,
  outcome text NOT NULL,
  reason text NOT NULL,
  original_month date NOT NULL,
  originals bigint NOT NULL,
  reversals bigint NOT NULL,
  quantity numeric NOT NULL,
  CONSTRAINT monthly_tally_pkey PRIMARY KEY (registry_id, org, posted_month, kind, outcome, reason, original_month)
);
GRANT DELETE, INSERT, SELECT, UPDATE ON monthly_tally TO marrow_app;

CREATE TABLE org (
  registry_id integer NOT NULL,
  org text NOT NULL,
  parent text,
  level text NOT NULL,
  name_zh text NOT NULL,
  name_en text NOT NULL,
  closed_on date,
  CONSTRAINT org_pkey PRIMARY KEY (registry_id, org),
  CONSTRAINT org_parent_fkey FOREIGN KEY (registry_id, parent) REFERENCES org(registry_id, org),
  CONSTRAINT org_registry_fkey FOREIGN KEY (registry_id) REFERENCES registry(registry_id),
  CONSTRAINT org_level_check CHECK (level = ANY (ARRAY['registry'::text, 'city'::text, 'county'::text, 'station'::text, 'university'::text])),
  CONSTRAINT org_root_check CHECK ((parent IS NULL) = (level = 'registry'::text))
);
CREATE UNIQUE INDEX org_one_root ON org USING btree (registry_id) WHERE parent IS NULL;
CREATE TRIGGER org_kept AFTER INSERT OR UPDATE ON org FOR EACH ROW EXECUTE FUNCTION keep_org();
CREATE TRIGGER org_parent BEFORE INSERT OR DELETE OR UPDATE ON org FOR EACH ROW EXECUTE FUNCTION guard_org();
GRANT INSERT, SELECT ON org TO marrow_app;
GRANT UPDATE ON org (closed_on) TO marrow_app;
GRANT UPDATE ON org (name_en) TO marrow_app;
GRANT UPDATE ON org (name_zh) TO marrow_app;
GRANT UPDATE ON org (parent) TO marrow_app;

CREATE TABLE org_history (
  registry_id integer NOT NULL,
  org text NOT NULL,
  version integer NOT NULL,
  "position" bigint NOT NULL,
  parent text,
  level text NOT NULL,
  name_zh text NOT NULL,
  name_en text NOT NULL,
  closed_on date,
  CONSTRAINT org_history_pkey PRIMARY KEY (registry_id, org, version),
  CONSTRAINT org_history_org_fkey FOREIGN KEY (registry_id, org) REFERENCES org(registry_id, org)
);
CREATE TRIGGER org_history_append_only BEFORE DELETE OR UPDATE ON org_history FOR EACH ROW EXECUTE FUNCTION refuse_change();
GRANT SELECT ON org_history TO marrow_app;

CREATE TABLE quality_event (
  registry_id integer NOT NULL,
  id uuid NOT NULL,
  number integer NOT NULL,
  at timestamp with time zone NOT NULL,
  actor text NOT NULL,
  state text NOT NULL,
  measured text NOT NULL,
  owner text,
  reason text,
  CONSTRAINT quality_event_pkey PRIMARY KEY (registry_id, id, number),
  CONSTRAINT quality_event_finding_fkey FOREIGN KEY (registry_id, id) REFERENCES quality_finding(registry_id, id)
);
CREATE TRIGGER quality_event_append_only BEFORE DELETE OR UPDATE ON quality_event FOR EACH ROW EXECUTE FUNCTION refuse_change();
GRANT INSERT, SELECT ON quality_event TO marrow_app;

CREATE TABLE quality_finding (
  registry_id integer NOT NULL,
  id uuid NOT NULL,
  rule text NOT NULL,
  org text NOT NULL,
  period text NOT NULL,
  subject text NOT NULL,
  measured text NOT NULL,
  expected text,
  detail jsonb,
  state text NOT NULL,
  owner uuid,
  reason text,
  changes integer NOT NULL,
  first_seen_at timestamp with time zone NOT NULL,
  last_seen_at timestamp with time zone NOT NULL,
  CONSTRAINT quality_finding_pkey PRIMARY KEY (registry_id, id),
  CONSTRAINT quality_finding_org_fkey FOREIGN KEY (registry_id, org) REFERENCES org(registry_id, org),
  CONSTRAINT quality_finding_owner_fkey FOREIGN KEY (registry_id, owner) REFERENCES account(registry_id, id),
  CONSTRAINT quality_finding_reason_check CHECK (state <> 'acknowledged'::text OR reason IS NOT NULL),
  CONSTRAINT quality_finding_state_check CHECK (state = ANY (ARRAY['open'::text, 'acknowledged'::text, 'resolved'::text, 'gone'::text]))
);
CREATE INDEX quality_finding_listed ON quality_finding USING btree (registry_id, period, id);
GRANT INSERT, SELECT ON quality_finding TO marrow_app;
GRANT UPDATE ON quality_finding (changes) TO marrow_app;
GRANT UPDATE ON quality_finding (detail) TO marrow_app;
GRANT UPDATE ON quality_finding (expected) TO marrow_app;
GRANT UPDATE ON quality_finding (last_seen_at) TO marrow_app;
GRANT UPDATE ON quality_finding (measured) TO marrow_app;
GRANT UPDATE ON quality_finding (owner) TO marrow_app;
GRANT UPDATE ON quality_finding (reason) TO marrow_app;
GRANT UPDATE ON quality_finding (state) TO marrow_app;

CREATE TABLE quality_run (
  registry_id integer NOT NULL,
  ran_at timestamp with time zone,
  found integer NOT NULL DEFAULT 0,
  CONSTRAINT quality_run_pkey PRIMARY KEY (registry_id),
  CONSTRAINT quality_run_registry_fkey FOREIGN KEY (registry_id) REFERENCES registry(registry_id)
);
GRANT INSERT, SELECT ON quality_run TO marrow_app;
GRANT UPDATE ON quality_run (found) TO marrow_app;
GRANT UPDATE ON quality_run (ran_at) TO marrow_app;

CREATE TABLE recompute_head (
  registry_id integer NOT NULL,
  "position" bigint NOT NULL DEFAULT 0,
  computed_at timestamp with time zone,
  definitions text,
  settings integer NOT NULL DEFAULT 0,
  CONSTRAINT recompute_head_pkey PRIMARY KEY (registry_id),
  CONSTRAINT recompute_head_registry_fkey FOREIGN KEY (registry_id) REFERENCES registry(registry_id)
);
GRANT INSERT, SELECT, UPDATE ON recompute_head TO marrow_app;

CREATE TABLE recompute_mark (
  registry_id integer NOT NULL,
  "position" bigint NOT NULL,
  org text NOT NULL,
  posted_month date NOT NULL,
  kind text NOT NULL,
  CONSTRAINT recompute_mark_pkey PRIMARY KEY (registry_id, "position", org, posted_month, kind)
);
GRANT DELETE, SELECT ON recompute_mark TO marrow_app;

CREATE TABLE recovery_code (
  registry_id integer NOT NULL,
  account_id uuid NOT NULL,
  code_hash bytea NOT NULL,
  CONSTRAINT recovery_code_pkey PRIMARY KEY (registry_id, account_id, code_hash),
  CONSTRAINT recovery_code_account_fkey FOREIGN KEY (registry_id, account_id) REFERENCES account(registry_id, id)
);
GRANT DELETE, INSERT, SELECT ON recovery_code TO marrow_app;

CREATE TABLE registry (
  registry_id integer NOT NULL,
  name_zh text NOT NULL,
  name_en text NOT NULL,
  first_day date NOT NULL,
  demonstration boolean NOT NULL DEFAULT false,
  CONSTRAINT registry_pkey PRIMARY KEY (registry_id)
);
CREATE TRIGGER registry_first_day BEFORE UPDATE ON registry FOR EACH ROW EXECUTE FUNCTION guard_registry();
GRANT INSERT, SELECT ON registry TO marrow_app;
GRANT UPDATE ON registry (name_en) TO marrow_app;
GRANT UPDATE ON registry (name_zh) TO marrow_app;

CREATE TABLE registry_head (
  registry_id integer NOT NULL,
  "position" bigint NOT NULL DEFAULT 0,
  recorded_at timestamp with time zone NOT NULL DEFAULT '-infinity'::timestamp with time zone,
  first_open_month date NOT NULL,
  CONSTRAINT registry_head_pkey PRIMARY KEY (registry_id),
  CONSTRAINT registry_head_registry_fkey FOREIGN KEY (registry_id) REFERENCES registry(registry_id)
);
GRANT INSERT, SELECT ON registry_head TO marrow_app;

CREATE TABLE report_template (
  registry_id integer NOT NULL,
  form text NOT NULL,
  version integer NOT NULL,
  docx bytea,
  name text,
  recorded_by text NOT NULL,
  recorded_at timestamp with time zone NOT NULL,
  CONSTRAINT report_template_pkey PRIMARY KEY (registry_id, form, version),
  CONSTRAINT report_template_registry_fkey FOREIGN KEY (registry_id) REFERENCES registry(registry_id),
  CONSTRAINT report_template_name_check CHECK ((docx IS NULL) = (name IS NULL)),
  CONSTRAINT report_template_size_check CHECK (octet_length(docx) >= 1 AND octet_length(docx) <= 10485760)
);
CREATE TRIGGER report_template_append_only BEFORE DELETE OR UPDATE ON report_template FOR EACH ROW EXECUTE FUNCTION refuse_change();
GRANT INSERT, SELECT ON report_template TO marrow_app;

CREATE TABLE rule_pack (
  registry_id integer NOT NULL,
  code text NOT NULL,
  version integer NOT NULL,
  since text NOT NULL,
  content jsonb NOT NULL,
  recorded_by text NOT NULL,
  recorded_at timestamp with time zone NOT NULL,
  CONSTRAINT rule_pack_pkey PRIMARY KEY (registry_id, code, version),
  CONSTRAINT rule_pack_registry_fkey FOREIGN KEY (registry_id) REFERENCES registry(registry_id),
  CONSTRAINT rule_pack_since_check CHECK (since ~ '^[1-9][0-9]{3}$'::text)
);
CREATE TRIGGER rule_pack_append_only BEFORE DELETE OR UPDATE ON rule_pack FOR EACH ROW EXECUTE FUNCTION refuse_change();
GRANT INSERT, SELECT ON rule_pack TO marrow_app;

CREATE TABLE seal (
  registry_id integer NOT NULL,
  period text NOT NULL,
  number integer NOT NULL,
  seq bigint NOT NULL,
  "position" bigint NOT NULL,
  definitions text,
  entries bigint,
  entries_hash bytea,
  figures bigint NOT NULL,
  figures_hash bytea NOT NULL,
  previous bytea NOT NULL,
  hash bytea NOT NULL,
  CONSTRAINT seal_pkey PRIMARY KEY (registry_id, period, number),
  CONSTRAINT seal_seq_key UNIQUE (registry_id, seq),
  CONSTRAINT seal_write_fkey FOREIGN KEY (registry_id, "position") REFERENCES ledger_write(registry_id, "position"),
  CONSTRAINT seal_entries_check CHECK ((entries IS NULL) = (entries_hash IS NULL))
);
CREATE TRIGGER seal_append_only BEFORE DELETE OR UPDATE ON seal FOR EACH ROW EXECUTE FUNCTION refuse_change();
GRANT SELECT ON seal TO marrow_app;

CREATE TABLE sealed_value (
  registry_id integer NOT NULL,
  period text NOT NULL,
  number integer NOT NULL,
  org text NOT NULL,
  own boolean NOT NULL,
  key text NOT NULL,
  state text NOT NULL,
  value numeric,
  numerator numeric,
  denominator numeric,
  version integer NOT NULL,
  CONSTRAINT sealed_value_pkey PRIMARY KEY (registry_id, period, number, org, own, key),
  CONSTRAINT sealed_value_seal_fkey FOREIGN KEY (registry_id, period, number) REFERENCES seal(registry_id, period, number)
);
CREATE TRIGGER sealed_value_append_only BEFORE DELETE OR UPDATE ON sealed_value FOR EACH ROW EXECUTE FUNCTION refuse_change();
GRANT SELECT ON sealed_value TO marrow_app;

CREATE TABLE session (
  registry_id integer NOT NULL,
  token_hash bytea NOT NULL,
  account_id uuid NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  seen_at timestamp with time zone NOT NULL DEFAULT now(),
  ends_at timestamp with time zone NOT NULL,
  address text,
  signed_on boolean NOT NULL DEFAULT false,
  CONSTRAINT session_pkey PRIMARY KEY (registry_id, token_hash),
  CONSTRAINT session_account_fkey FOREIGN KEY (registry_id, account_id) REFERENCES account(registry_id, id)
);
CREATE INDEX session_account ON session USING btree (registry_id, account_id);
GRANT DELETE, INSERT, SELECT, UPDATE ON session TO marrow_app;

CREATE TABLE setting (
  registry_id integer NOT NULL,
  number integer NOT NULL,
  key text NOT NULL,
  choice text NOT NULL,
  since date NOT NULL,
  reason text NOT NULL,
  "position" bigint NOT NULL,
  CONSTRAINT setting_pkey PRIMARY KEY (registry_id, number),
  CONSTRAINT setting_write_fkey FOREIGN KEY (registry_id, "position") REFERENCES ledger_write(registry_id, "position"),
  CONSTRAINT setting_number_check CHECK (number >= 1 AND number <= 999),
  CONSTRAINT setting_since_check CHECK (EXTRACT(day FROM since) = 1::numeric)
);
CREATE TRIGGER setting_append_only BEFORE DELETE OR UPDATE ON setting FOR EACH ROW EXECUTE FUNCTION refuse_change();
GRANT SELECT ON setting TO marrow_app;

CREATE TABLE setup_link (
  registry_id integer NOT NULL,
  token_hash bytea NOT NULL,
  ends_at timestamp with time zone NOT NULL,
  CONSTRAINT setup_link_pkey PRIMARY KEY (registry_id, token_hash)
);
GRANT DELETE, INSERT, SELECT ON setup_link TO marrow_app;

CREATE TABLE sign_in_attempt (
  registry_id integer NOT NULL,
  subject text NOT NULL,
  attempts integer NOT NULL,
  tried_at timestamp with time zone NOT NULL,
  locked_until timestamp with time zone,
  CONSTRAINT sign_in_attempt_pkey PRIMARY KEY (registry_id, subject)
);
GRANT DELETE, INSERT, SELECT, UPDATE ON sign_in_attempt TO marrow_app;

CREATE TABLE sign_on_attempt (
  registry_id integer NOT NULL,
  token_hash bytea NOT NULL,
  state text NOT NULL,
  nonce text NOT NULL,
  code_verifier text NOT NULL,
  ends_at timestamp with time zone NOT NULL,
  CONSTRAINT sign_on_attempt_pkey PRIMARY KEY (registry_id, token_hash)
);
GRANT DELETE, INSERT, SELECT ON sign_on_attempt TO marrow_app;

CREATE TABLE submission (
  registry_id integer NOT NULL,
  org text NOT NULL,
  month date NOT NULL,
  "position" bigint NOT NULL,
  entries bigint NOT NULL,
  nil_returns integer NOT NULL,
  note text,
  CONSTRAINT submission_pkey PRIMARY KEY (registry_id, org, month, "position"),
  CONSTRAINT submission_org_fkey FOREIGN KEY (registry_id, org) REFERENCES org(registry_id, org),
  CONSTRAINT submission_write_fkey FOREIGN KEY (registry_id, "position") REFERENCES ledger_write(registry_id, "position")
);
CREATE INDEX submission_month ON submission USING btree (registry_id, month);
CREATE TRIGGER submission_append_only BEFORE DELETE OR UPDATE ON submission FOR EACH ROW EXECUTE FUNCTION refuse_change();
GRANT SELECT ON submission TO marrow_app;

CREATE TABLE subscription (
  registry_id integer NOT NULL,
  id uuid NOT NULL,
  topic text NOT NULL,
  org text NOT NULL,
  via text NOT NULL,
  address text NOT NULL,
  secret text,
  created_by uuid NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  ended_at timestamp with time zone,
  CONSTRAINT subscription_pkey PRIMARY KEY (registry_id, id),
  CONSTRAINT subscription_created_by_fkey FOREIGN KEY (registry_id, created_by) REFERENCES account(registry_id, id),
  CONSTRAINT subscription_org_fkey FOREIGN KEY (registry_id, org) REFERENCES org(registry_id, org),
  CONSTRAINT subscription_secret_check CHECK ((secret IS NOT NULL) = (via = 'webhook'::text AND ended_at IS NULL)),
  CONSTRAINT subscription_topic_check CHECK (topic = ANY (ARRAY['worklists'::text, 'assessments'::text, 'months'::text])),
  CONSTRAINT subscription_via_check CHECK (via = ANY (ARRAY['mail'::text, 'webhook'::text]))
);
CREATE UNIQUE INDEX subscription_live ON subscription USING btree (registry_id, created_by, topic, org, via, address) WHERE ended_at IS NULL;
GRANT INSERT, SELECT ON subscription TO marrow_app;
GRANT UPDATE ON subscription (ended_at) TO marrow_app;
GRANT UPDATE ON subscription (secret) TO marrow_app;

CREATE TABLE target (
  registry_id integer NOT NULL,
  org text NOT NULL,
  period text NOT NULL,
  key text NOT NULL,
  operator text,
  value numeric,
  version integer NOT NULL,
  reason text,
  recorded_at timestamp with time zone NOT NULL,
  recorded_by text NOT NULL,
  CONSTRAINT target_pkey PRIMARY KEY (registry_id, org, period, key, version),
  CONSTRAINT target_org_fkey FOREIGN KEY (registry_id, org) REFERENCES org(registry_id, org),
  CONSTRAINT target_operator_check CHECK (operator = ANY (ARRAY['ge'::text, 'le'::text, 'eq'::text])),
  CONSTRAINT target_withdrawn_check CHECK ((operator IS NULL) = (value IS NULL))
);
CREATE TRIGGER target_append_only BEFORE DELETE OR UPDATE ON target FOR EACH ROW EXECUTE FUNCTION refuse_change();
GRANT INSERT, SELECT ON target TO marrow_app;

CREATE TABLE verification (
  registry_id integer NOT NULL,
  started_at timestamp with time zone NOT NULL,
  finished_at timestamp with time zone NOT NULL,
  checked bigint NOT NULL,
  drift bigint NOT NULL,
  findings jsonb NOT NULL,
  audit jsonb,
  seals jsonb,
  CONSTRAINT verification_pkey PRIMARY KEY (registry_id, started_at),
  CONSTRAINT verification_registry_fkey FOREIGN KEY (registry_id) REFERENCES registry(registry_id)
);
GRANT INSERT, SELECT ON verification TO marrow_app;

CREATE VIEW org_closure AS
 WITH RECURSIVE below(registry_id, ancestor, org) AS (
         SELECT org.registry_id,
            org.org,
            org.org
           FROM org
        UNION
         SELECT below_1.registry_id,
            below_1.ancestor,
            child.org
           FROM below below_1
             JOIN org child ON child.registry_id = below_1.registry_id AND child.parent = below_1.org
        )
 SELECT registry_id,
    ancestor,
    org
   FROM below;
GRANT SELECT ON org_closure TO marrow_app;

CREATE OR REPLACE FUNCTION public.begin_write(of_registry integer, ids uuid[], OUT first_open_month date, OUT stored uuid[], OUT closed json)
 RETURNS record
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  begin
    perform set_config('enable_seqscan', 'off', true);
    select h.first_open_month into first_open_month from registry_head h
      where h.registry_id = of_registry for no key update;
    stored := array(select e.id from entry e where e.registry_id = of_registry and e.id = any (ids));
    closed := (
      select json_object_agg(o.org, o.closed_on) from org o
      where o.registry_id = of_registry and o.closed_on is not null
    );
  end $function$;
GRANT EXECUTE ON FUNCTION begin_write(integer,uuid[]) TO marrow_app;

CREATE OR REPLACE FUNCTION public.choose_setting(of_registry integer, of_key text, chosen text, from_month date, actor text, why text)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  declare
    taken bigint := take_position(of_registry, actor, 'setting');
    given integer;
  begin
    if from_month < (select first_open_month from registry_head where registry_id = of_registry) then
      raise exception '% is closed: a setting begins in an open month', from_month
        using errcode = 'check_violation', constraint = 'setting_month';
    end if;
    insert into setting (registry_id, number, key, choice, since, reason, position)
      select of_registry, coalesce(max(number), 0) + 1, of_key, chosen, from_month, why, taken
      from setting where registry_id = of_registry
      returning number into given;
    return given;
  end $function$;
GRANT EXECUTE ON FUNCTION choose_setting(integer,text,text,date,text,text) TO marrow_app;

CREATE OR REPLACE FUNCTION public.close_month(of_registry integer, of_month date, actor text, why text)
 RETURNS bigint
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  declare
    open_month date;
    taken bigint := take_position(of_registry, actor, 'close');
  begin
    select first_open_month into open_month from registry_head where registry_id = of_registry;
    if of_month <> open_month then
      raise exception 'months close in order: % is next', open_month
        using errcode = 'check_violation', constraint = 'month_order';
    end if;
    if (clock_timestamp() at time zone 'Asia/Shanghai')::date < (of_month + interval '1 month')::date then
      raise exception 'month % is not over', of_month using errcode = 'check_violation', constraint = 'month_over';
    end if;
    if exists (select from recompute_mark where registry_id = of_registry and posted_month <= of_month) then
      raise exception 'entries of month % wait to be computed', of_month
        using errcode = 'check_violation', constraint = 'month_marks';
    end if;
    if exists (
      select from recompute_head c join setting s on s.registry_id = c.registry_id and s.number > c.settings
      where c.registry_id = of_registry and c.position > 0
    ) then
      raise exception 'a choice waits to be computed before month % is closed', of_month
        using errcode = 'check_violation', constraint = 'month_marks';
    end if;
    insert into month_event (registry_id, position, month, action, reason)
      values (of_registry, taken, of_month, 'close', why);
    perform seal_month(of_registry, of_month, taken);
    update registry_head set first_open_month = (of_month + interval '1 month')::date where registry_id = of_registry;
    return taken;
  end $function$;
GRANT EXECUTE ON FUNCTION close_month(integer,date,text,text) TO marrow_app;

CREATE OR REPLACE FUNCTION public.guard_audit()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'public', 'pg_temp'
AS $function$
  begin
    if tg_op = 'DELETE' and exists (
      select from audit_checkpoint where registry_id = old.registry_id and seq >= old.seq
    ) then
      return old;
    end if;
    raise exception '% is append-only', tg_table_name using errcode = 'insufficient_privilege';
  end $function$;
GRANT EXECUTE ON FUNCTION guard_audit() TO PUBLIC;

CREATE OR REPLACE FUNCTION public.guard_audit_checkpoint()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'public', 'pg_temp'
AS $function$
  begin
    if tg_op = 'INSERT' and new.at < clock_timestamp() - interval '6 months' and exists (
      select from audit_act
      where registry_id = new.registry_id and seq = new.seq and at = new.at and hash = new.hash
    ) then
      return new;
    end if;
    raise exception 'a checkpoint stands for an act older than six months, and stays'
      using errcode = 'insufficient_privilege';
  end $function$;
GRANT EXECUTE ON FUNCTION guard_audit_checkpoint() TO PUBLIC;

CREATE OR REPLACE FUNCTION public.guard_note()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'public', 'pg_temp'
AS $function$
  begin
    if tg_op = 'INSERT' then
      if exists (
        select from entry where registry_id = new.registry_id and id = new.id
          and note_hash = sha256(new.salt || convert_to(new.note, 'UTF8'))
      ) then
        return new;
      end if;
      raise exception 'entry % holds the hash of another note, or of none', new.id
        using errcode = 'check_violation', constraint = 'entry_note_hash';
    end if;
    if tg_op = 'UPDATE' and new.note is null
       and (new.registry_id, new.id, new.salt) is not distinct from (old.registry_id, old.id, old.salt) then
      return new;
    end if;
    raise exception 'a note can only be blanked' using errcode = 'insufficient_privilege';
  end $function$;

CREATE OR REPLACE FUNCTION public.guard_org()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  declare
    above text;
    seen text[];
  begin
    if tg_op = 'UPDATE' and (new.registry_id, new.org, new.parent, new.level)
       is not distinct from (old.registry_id, old.org, old.parent, old.level) then
      return new;
    end if;
    if tg_op <> 'INSERT' then
      perform lock_registry(old.registry_id);
      if exists (
        select from org_closure c join entry e on e.registry_id = c.registry_id and e.org = c.org
        where c.registry_id = old.registry_id and c.ancestor = old.org
      ) then
        raise exception 'org % has entries and keeps its place: close it and open another', old.org
          using errcode = 'check_violation', constraint = 'org_parent';
      end if;
      if tg_op = 'DELETE' then
        return old;
      end if;
    end if;
    -- One insert may bring an org and its parent in either order: what is not there yet is looked at when it comes.
    seen := array[new.org];
    above := new.parent;
    while above is not null loop
      if above = any (seen) then
        raise exception 'org % would lie below itself', new.org
          using errcode = 'check_violation', constraint = 'org_cycle';
      end if;
      seen := seen || above;
      above := (select parent from org where registry_id = new.registry_id and org = above);
    end loop;
    return new;
  end $function$;

CREATE OR REPLACE FUNCTION public.guard_registry()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  begin
    if (new.registry_id, new.first_day) is distinct from (old.registry_id, old.first_day) then
      perform lock_registry(old.registry_id);
      if exists (select from entry where registry_id = old.registry_id) then
        raise exception 'registry % has entries and keeps its first day', old.registry_id
          using errcode = 'check_violation', constraint = 'registry_first_day';
      end if;
    end if;
    return new;
  end $function$;

CREATE OR REPLACE FUNCTION public.keep_assessment()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'public', 'pg_temp'
AS $function$
  declare
    allowed constant text[] := array['draft reviewed', 'reviewed approved', 'approved frozen', 'reviewed draft',
      'approved draft'];
    ended date;
  begin
    if tg_op = 'INSERT' then
      if new.state <> 'draft' then
        raise exception 'an assessment begins as a draft' using errcode = 'check_violation',
          constraint = 'assessment_way';
      end if;
      if new.revision > 1 and not exists (
        select from assessment a where a.registry_id = new.registry_id and a.org = new.org and a.form = new.form
          and a.period = new.period and a.project = new.project and a.revision = new.revision - 1
          and a.state = 'frozen'
      ) then
        raise exception 'a revision follows what is frozen' using errcode = 'check_violation',
          constraint = 'assessment_revision';
      end if;
      return new;
    end if;
    if old.state = 'frozen' then
      raise exception 'a frozen assessment is not changed' using errcode = 'check_violation',
        constraint = 'assessment_frozen';
    end if;
    if (new.registry_id, new.org, new.form, new.period, new.project, new.revision, new.created_by, new.created_at)
      is distinct from
      (old.registry_id, old.org, old.form, old.period, old.project, old.revision, old.created_by, old.created_at)
      or new.version <> old.version + 1
      or (new.state <> old.state and old.state || ' ' || new.state <> all (allowed))
    then
      raise exception 'an assessment goes its way step by step' using errcode = 'check_violation',
        constraint = 'assessment_way';
    end if;
    if new.state = 'frozen' then
      ended := case when new.period like '%-H1' then make_date(left(new.period, 4)::integer, 7, 1)
        else make_date(left(new.period, 4)::integer + 1, 1, 1) end;
      if not exists (
        select from registry_head h where h.registry_id = new.registry_id and h.first_open_month >= ended
      ) then
        raise exception 'a month of % is open', new.period using errcode = 'check_violation',
          constraint = 'assessment_months';
      end if;
    end if;
    return new;
  end $function$;

CREATE OR REPLACE FUNCTION public.keep_assessment_comment()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'public', 'pg_temp'
AS $function$
  begin
    if old.resolved_at is not null
      or to_jsonb(new) - 'resolved_by' - 'resolved_at' <> to_jsonb(old) - 'resolved_by' - 'resolved_at'
    then
      raise exception 'a comment is resolved once and else not changed' using errcode = 'check_violation',
        constraint = 'assessment_comment_kept';
    end if;
    return new;
  end $function$;

CREATE OR REPLACE FUNCTION public.keep_assessment_parts()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'public', 'pg_temp'
AS $function$
  declare
    standing text;
  begin
    select a.state into standing from assessment a
      where a.registry_id = new.registry_id and a.org = new.org and a.form = new.form and a.period = new.period
        and a.project = new.project and a.revision = new.revision
      for share;
    if standing = 'frozen' then
      raise exception 'a frozen assessment is not changed' using errcode = 'check_violation',
        constraint = 'assessment_frozen';
    end if;
    if tg_table_name = 'assessment_typed' and standing <> 'draft' then
      raise exception 'a draft alone is written' using errcode = 'check_violation', constraint = 'assessment_way';
    end if;
    return new;
  end $function$;

CREATE OR REPLACE FUNCTION public.keep_org()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  declare
    taken bigint := 0;
  begin
    if tg_op = 'UPDATE' and (new.parent, new.level, new.name_zh, new.name_en, new.closed_on)
       is not distinct from (old.parent, old.level, old.name_zh, old.name_en, old.closed_on) then
      return null;
    end if;
    if exists (select from registry_head where registry_id = new.registry_id) then
      taken := take_position(new.registry_id, session_user, 'sql');
    end if;
    insert into org_history (registry_id, org, version, position, parent, level, name_zh, name_en, closed_on)
      select new.registry_id, new.org, coalesce(max(version), 0) + 1, taken, new.parent, new.level, new.name_zh,
        new.name_en, new.closed_on
      from org_history where registry_id = new.registry_id and org = new.org;
    return null;
  end $function$;
GRANT EXECUTE ON FUNCTION keep_org() TO PUBLIC;

CREATE OR REPLACE FUNCTION public.lock_registry(of_registry integer)
 RETURNS TABLE(first_open_month date)
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
    select first_open_month from registry_head where registry_id = of_registry for no key update
  $function$;
GRANT EXECUTE ON FUNCTION lock_registry(integer) TO marrow_app;

CREATE OR REPLACE FUNCTION public.next_position(of_registry integer, actor text, origin text)
 RETURNS bigint
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  declare
    taken bigint := take_position(of_registry, actor, origin);
  begin
    if exists (
      select from ledger_write w
      where w.registry_id = of_registry and w.position = taken and w.recorded_by = actor and w.source = origin
    ) then
      return taken;
    end if;
    update registry_head
      set position = position + 1, recorded_at = greatest(clock_timestamp(), recorded_at)
      where registry_id = of_registry
      returning position into taken;
    insert into ledger_write (registry_id, position, recorded_at, recorded_by, source)
      select registry_id, position, recorded_at, actor, origin from registry_head where registry_id = of_registry;
    return taken;
  end $function$;

CREATE OR REPLACE FUNCTION public.orgs_at(of_registry integer, of_position bigint)
 RETURNS TABLE(org text, parent text, level text, name_zh text, name_en text, closed_on date)
 LANGUAGE sql
 STABLE
AS $function$
    select o.org, o.parent, o.level, o.name_zh, o.name_en, o.closed_on from org o
      where o.registry_id = of_registry and of_position is null
    union all
    select * from (
      select distinct on (h.org) h.org, h.parent, h.level, h.name_zh, h.name_en, h.closed_on from org_history h
      where h.registry_id = of_registry and h.position <= of_position order by h.org, h.version desc
    ) stood
  $function$;
GRANT EXECUTE ON FUNCTION orgs_at(integer,bigint) TO marrow_app;

CREATE OR REPLACE FUNCTION public.post_entries(of_registry integer, actor text, origin text, rows json, OUT taken bigint, OUT taken_at timestamp with time zone)
 RETURNS record
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  declare
    open_month date;
    begins date;
    earliest date;
    latest date;
    unjustified date;
  begin
    taken := next_position(of_registry, actor, origin);
    select h.first_open_month, h.recorded_at, r.first_day into open_month, taken_at, begins
      from registry_head h join registry r using (registry_id) where h.registry_id = of_registry;
    -- Set here and not in the head: only a superuser may give a function a setting of one's own making.
    perform set_config('marrow.posting', 'as a set', true);
    with posted as (
      insert into entry (registry_id, id, position, posted_month, occurred_on, kind, org, donor_code, case_code,
          sample_code, outcome, reason, quantity, attributes, note_hash, justification, original_month)
        select of_registry, r.id, taken, month, r.occurred_on, r.kind, r.org, r.donor_code, r.case_code,
          r.sample_code, r.outcome, r.reason, coalesce(r.quantity, 1), r.attributes, decode(r.note_hash, 'hex'),
          r.justification, month
        from json_to_recordset(rows) as r (id uuid, occurred_on date, kind text, org text, donor_code text,
            case_code text, sample_code text, outcome text, reason text, quantity numeric, attributes jsonb,
            note_hash text, justification text),
          greatest(date_trunc('month', r.occurred_on::timestamp)::date, open_month) as month
        returning occurred_on, posted_month, org, kind, justification
    ), marked as (
      insert into recompute_mark (registry_id, position, org, posted_month, kind)
        select distinct of_registry, taken, org, posted_month, kind from posted
        on conflict do nothing
    )
    select min(occurred_on), max(occurred_on),
        min(occurred_on) filter (where occurred_on < posted_month and justification is null)
      into earliest, latest, unjustified from posted;
    perform set_config('marrow.posting', '', true);
    if latest > (clock_timestamp() at time zone 'Asia/Shanghai')::date then
      raise exception '% lies in the future', latest using errcode = 'check_violation', constraint = 'entry_day';
    end if;
    if earliest < begins then
      raise exception '% lies before the first day of the registry, %', earliest, begins
        using errcode = 'check_violation', constraint = 'entry_day';
    end if;
    if unjustified is not null then
      raise exception 'the month of % is closed: an adjustment needs a justification', unjustified
        using errcode = 'check_violation', constraint = 'entry_adjustment';
    end if;
  end $function$;
GRANT EXECUTE ON FUNCTION post_entries(integer,text,text,json) TO marrow_app;

CREATE OR REPLACE FUNCTION public.post_entry()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  declare
    own_month date := date_trunc('month', new.occurred_on::timestamp)::date;
    open_month date;
    marked boolean;
    begins date;
    original entry%rowtype;
  begin
    select h.position, h.first_open_month, exists (
        select from recompute_mark m
        where m.registry_id = new.registry_id and m.position = h.position and m.org = new.org
          and m.posted_month = greatest(own_month, h.first_open_month) and m.kind = new.kind
      )
      into new.position, open_month, marked
      from registry_head h
      where h.registry_id = new.registry_id and h.xmin = pg_current_xact_id()::xid;
    if not found then
      new.position := take_position(new.registry_id, session_user, 'sql');
      select first_open_month into open_month from registry_head where registry_id = new.registry_id;
    end if;

    if new.reverses is null then
      -- Most rows of a COPY are spared the two look-ups: no zone is more than a day behind another, and the first day
      -- lies in the first open month or before it.
      if new.occurred_on >= current_date - 1
         and new.occurred_on > (clock_timestamp() at time zone 'Asia/Shanghai')::date then
        raise exception '% lies in the future', new.occurred_on
          using errcode = 'check_violation', constraint = 'entry_day';
      end if;
      if new.occurred_on <= open_month + 31 then
        select first_day into begins from registry where registry_id = new.registry_id;
        if new.occurred_on < begins then
          raise exception '% lies before the first day of the registry, %', new.occurred_on, begins
            using errcode = 'check_violation', constraint = 'entry_day';
        end if;
      end if;
      new.posted_month := greatest(own_month, open_month);
      new.original_month := new.posted_month;
      if new.posted_month <> own_month and new.justification is null then
        raise exception 'the month of % is closed: an adjustment needs a justification', new.occurred_on
          using errcode = 'check_violation', constraint = 'entry_adjustment';
      end if;
    else
      select * into original from entry where registry_id = new.registry_id and id = new.reverses;
      if not found then
        raise exception 'entry % does not exist', new.reverses
          using errcode = 'foreign_key_violation', constraint = 'entry_reverses';
      end if;
      if original.reverses is not null then
        raise exception 'entry % is a reversal and cannot be reversed', new.reverses
          using errcode = 'check_violation', constraint = 'entry_reverses';
      end if;
      if new.justification is null then
        raise exception 'a reversal needs a justification' using errcode = 'check_violation', constraint = 'entry_reverses';
      end if;
      if (new.kind, new.org, new.occurred_on, new.donor_code, new.case_code, new.sample_code, new.outcome, new.reason,
          new.attributes, new.quantity)
         is distinct from
         (original.kind, original.org, original.occurred_on, original.donor_code, original.case_code,
          original.sample_code, original.outcome, original.reason, original.attributes, -original.quantity) then
        raise exception 'a reversal mirrors its original, with the quantity negated'
          using errcode = 'check_violation', constraint = 'entry_reverses';
      end if;
      new.posted_month := greatest(original.posted_month, open_month);
      new.original_month := original.posted_month;
      -- Its month may be another than the one that was looked for.
      marked := null;
    end if;

    if marked is not true then
      insert into recompute_mark (registry_id, position, org, posted_month, kind)
        values (new.registry_id, new.position, new.org, new.posted_month, new.kind)
        on conflict do nothing;
    end if;
    return new;
  end $function$;

CREATE OR REPLACE FUNCTION public.prune_audit(of_registry integer, keep_months integer, actor text)
 RETURNS bigint
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  declare
    kept_from timestamptz := (date_trunc('month', clock_timestamp() at time zone 'Asia/Shanghai')
      - make_interval(months => keep_months)) at time zone 'Asia/Shanghai';
    last_gone audit_act%rowtype;
    gone bigint;
  begin
    if keep_months is null or keep_months < 6 then
      raise exception 'acts are kept for six months at least'
        using errcode = 'check_violation', constraint = 'audit_retention';
    end if;
    perform from audit_head where registry_id = of_registry for no key update;
    select * into last_gone from audit_act
      where registry_id = of_registry and at < kept_from order by at desc, seq desc limit 1;
    if not found then
      return 0;
    end if;
    insert into audit_checkpoint (registry_id, seq, at, hash, pruned_at)
      values (of_registry, last_gone.seq, last_gone.at, last_gone.hash, clock_timestamp());
    delete from audit_act where registry_id = of_registry and seq <= last_gone.seq;
    get diagnostics gone = row_count;
    perform record_act(of_registry, actor, 'audit.prune', last_gone.seq::text, null, null, 'done',
      jsonb_build_object('acts', gone, 'before', kept_from));
    return gone;
  end $function$;
GRANT EXECUTE ON FUNCTION prune_audit(integer,integer,text) TO marrow_app;

CREATE OR REPLACE FUNCTION public.record_act(of_registry integer, actor text, act text, thing text, org text, address text, result text, detail jsonb)
 RETURNS bigint
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
    select record_acts(of_registry, json_build_array(json_build_object('actor', actor, 'act', act, 'thing', thing,
      'org', org, 'address', address, 'result', result, 'detail', detail)))
  $function$;
GRANT EXECUTE ON FUNCTION record_act(integer,text,text,text,text,text,text,jsonb) TO marrow_app;

CREATE OR REPLACE FUNCTION public.record_acts(of_registry integer, acts json)
 RETURNS bigint
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  declare
    head audit_head%rowtype;
    microseconds bigint;
    one record;
  begin
    select * into head from audit_head where registry_id = of_registry for no key update;
    if not found then
      insert into audit_head (registry_id) values (of_registry) on conflict do nothing;
      select * into head from audit_head where registry_id = of_registry for no key update;
    end if;
    head.at := greatest(clock_timestamp(), head.at);
    microseconds := extract(epoch from head.at) * 1000000;
    for one in
      select * from json_to_recordset(acts) as a (
        actor text, act text, thing text, org text, address text, result text, detail jsonb)
    loop
      head.seq := head.seq + 1;
      head.hash := sha256(head.hash || convert_to(json_build_array(of_registry, head.seq, microseconds,
        one.actor, one.act, one.thing, one.org, one.address, one.result, one.detail)::text, 'UTF8'));
      insert into audit_act (registry_id, seq, at, actor, act, thing, org, address, result, detail, hash)
        values (of_registry, head.seq, head.at, one.actor, one.act, one.thing, one.org, one.address, one.result,
          one.detail, head.hash);
    end loop;
    update audit_head set seq = head.seq, at = head.at, hash = head.hash where registry_id = of_registry;
    return head.seq;
  end $function$;
GRANT EXECUTE ON FUNCTION record_acts(integer,json) TO marrow_app;

CREATE OR REPLACE FUNCTION public.refuse_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
  begin
    raise exception '% is append-only: correct an entry by a reversal and a new entry', tg_table_name
      using errcode = 'insufficient_privilege';
  end $function$;

CREATE OR REPLACE FUNCTION public.reopen_month(of_registry integer, of_month date, actor text, why text)
 RETURNS bigint
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  declare
    taken bigint := take_position(of_registry, actor, 'reopen');
  begin
    if not exists (
      select from registry_head
      where registry_id = of_registry and first_open_month = (of_month + interval '1 month')::date
    ) or not exists (
      select from month_event where registry_id = of_registry and month = of_month and action = 'close'
    ) then
      raise exception 'months reopen from the last closed one: % is not it', of_month
        using errcode = 'check_violation', constraint = 'month_order';
    end if;
    insert into month_event (registry_id, position, month, action, reason)
      values (of_registry, taken, of_month, 'reopen', why);
    update registry_head set first_open_month = of_month where registry_id = of_registry;
    return taken;
  end $function$;
GRANT EXECUTE ON FUNCTION reopen_month(integer,date,text,text) TO marrow_app;

CREATE OR REPLACE FUNCTION public.require_assessment_step()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'public', 'pg_temp'
AS $function$
  declare
    step assessment_step;
    files text[];
  begin
    if new.state = old.state then
      return new;
    end if;
    select s.* into step from assessment_step s
      where s.registry_id = new.registry_id and s.org = new.org and s.form = new.form and s.period = new.period
        and s.project = new.project and s.revision = new.revision
      order by s.number desc limit 1;
    if (step.from_state, step.to_state) is distinct from (old.state, new.state) then
      raise exception 'no step says who took it from % to %', old.state, new.state using errcode = 'check_violation',
        constraint = 'assessment_step_taken';
    end if;
    if new.state = 'draft' then
      return new;
    end if;
    if exists (
      select from assessment_typed t
        where t.registry_id = new.registry_id and t.org = new.org and t.form = new.form and t.period = new.period
          and t.project = new.project and t.revision = new.revision and t.written_by = step.actor
    ) then
      raise exception '% typed into it and does not judge it', step.actor using errcode = 'check_violation',
        constraint = 'assessment_maker';
    end if;
    if step.filled::jsonb -> 'lines' -> 0 is null or step.rules::jsonb ->> 'code' is null then
      raise exception 'the step does not hold what stood then' using errcode = 'check_violation',
        constraint = 'assessment_content';
    end if;
    if new.state = 'frozen' then
      select array_agg(f.kind order by f.kind) into files from assessment_file f
        where f.registry_id = new.registry_id and f.org = new.org and f.form = new.form and f.period = new.period
          and f.project = new.project and f.revision = new.revision;
      if files is distinct from array['data.json', 'evidence.zip', 'form.xlsx', 'report.docx'] then
        raise exception 'what is frozen has all its files' using errcode = 'check_violation',
          constraint = 'assessment_content';
      end if;
    end if;
    return new;
  end $function$;

CREATE OR REPLACE FUNCTION public.seal_month(of_registry integer, of_month date, of_position bigint)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  declare
    of_number integer := (
      select count(*) from month_event where registry_id = of_registry and month = of_month and action = 'close'
    );
    of_year text := to_char(of_month, 'YYYY');
    month_of_year integer := extract(month from of_month);
  begin
    perform seal_period(of_registry, to_char(of_month, 'YYYY-MM'), of_month, of_number, of_position);
    if month_of_year % 3 = 0 then
      perform seal_period(of_registry, of_year || '-Q' || month_of_year / 3, null, of_number, of_position);
    end if;
    if month_of_year % 6 = 0 then
      perform seal_period(of_registry, of_year || '-H' || month_of_year / 6, null, of_number, of_position);
    end if;
    if month_of_year = 12 then
      perform seal_period(of_registry, of_year, null, of_number, of_position);
    end if;
  end $function$;

CREATE OR REPLACE FUNCTION public.seal_period(of_registry integer, of_period text, of_month date, of_number integer, of_position bigint)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  declare
    taken ledger_write%rowtype;
    tail seal%rowtype;
    by_definitions text := (select definitions from recompute_head where registry_id = of_registry);
    orgs text[] := array(select org from org where registry_id = of_registry);
    sealed_entries bigint;
    digest bytea;
  begin
    select * into taken from ledger_write where registry_id = of_registry and position = of_position;
    select * into tail from seal where registry_id = of_registry order by seq desc limit 1;
    if of_month is not null then
      with fact as materialized (
        select id, position, sha256(convert_to(json_build_array(id, position, posted_month, occurred_on, kind, org,
            donor_code, case_code, sample_code, outcome, reason, trim_scale(quantity), attributes,
            encode(note_hash, 'hex'), justification, reverses, original_month)::text, 'UTF8')) as hash
        from entry where registry_id = of_registry and org = any (orgs) and posted_month = of_month
      ), written as (
        select w.position, sha256(convert_to(json_build_array(w.position,
            (extract(epoch from w.recorded_at) * 1000000)::bigint, w.recorded_by, w.source)::text, 'UTF8')) as hash
        from (select distinct position from fact) f
        cross join lateral (
          select * from ledger_write l where l.registry_id = of_registry and l.position = f.position limit 1
        ) w
      )
      select count(*), sha256(coalesce(string_agg(hash, '' order by id), '')
          || coalesce((select string_agg(hash, '' order by position) from written), ''))
        into sealed_entries, digest from fact;
    end if;
    with figure as (
      insert into sealed_value
          (registry_id, period, number, org, own, key, state, value, numerator, denominator, version)
        select registry_id, period, of_number, org, own, key, state, value, null, null, version from metric_value
          where registry_id = of_registry and org = any (orgs) and own in (true, false) and period = of_period
        union all
        select registry_id, period, of_number, org, own, key, state, value, numerator, denominator, version
          from indicator_value
          where registry_id = of_registry and org = any (orgs) and own in (true, false) and period = of_period
        returning org, own, key, sha256(convert_to(json_build_array(org, own, key, state, value, numerator, denominator,
          version)::text, 'UTF8')) as hash
    ), summed as (
      select count(*) as figures,
        sha256(coalesce(string_agg(hash, '' order by org collate "C", own, key collate "C"), '')) as hash
      from figure
    )
    insert into seal (registry_id, period, number, seq, position, definitions, entries, entries_hash, figures,
        figures_hash, previous, hash)
      select of_registry, of_period, of_number, coalesce(tail.seq, 0) + 1, of_position, by_definitions, sealed_entries,
        digest, s.figures, s.hash, coalesce(tail.hash, ''),
        sha256(coalesce(tail.hash, '') || convert_to(json_build_array(of_registry, coalesce(tail.seq, 0) + 1, of_period,
          of_number, of_position, (extract(epoch from taken.recorded_at) * 1000000)::bigint, taken.recorded_by,
          by_definitions, sealed_entries, encode(digest, 'hex'), s.figures, encode(s.hash, 'hex'))::text, 'UTF8'))
      from summed s;
  end $function$;

CREATE OR REPLACE FUNCTION public.submit_month(of_registry integer, of_org text, of_month date, actor text, why text)
 RETURNS bigint
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  declare
    taken bigint := take_position(of_registry, actor, 'submit');
  begin
    if (clock_timestamp() at time zone 'Asia/Shanghai')::date < (of_month + interval '1 month')::date then
      raise exception 'month % is not over', of_month using errcode = 'check_violation', constraint = 'month_over';
    end if;
    if exists (select from registry_head where registry_id = of_registry and first_open_month > of_month) then
      raise exception 'month % is closed', of_month using errcode = 'check_violation', constraint = 'month_open';
    end if;
    if not exists (
      select from org o join org above on above.registry_id = o.registry_id and above.org = o.parent
      where o.registry_id = of_registry and o.org = of_org and above.parent is null
        and (o.closed_on is null or o.closed_on >= of_month)
    ) then
      raise exception 'org % submits nothing for %', of_org, of_month
        using errcode = 'check_violation', constraint = 'submission_org';
    end if;
    insert into submission (registry_id, org, month, position, entries, nil_returns, note)
      select of_registry, of_org, of_month, taken, count(*),
        count(*) filter (where e.position = taken and e.quantity = 0 and e.reverses is null), why
      from entry e
      where e.registry_id = of_registry and e.posted_month = of_month and e.org = any(array(
        select c.org from org_closure c where c.registry_id = of_registry and c.ancestor = of_org
      ));
    return taken;
  end $function$;
GRANT EXECUTE ON FUNCTION submit_month(integer,text,date,text,text) TO marrow_app;

CREATE OR REPLACE FUNCTION public.take_position(of_registry integer, actor text, origin text)
 RETURNS bigint
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  declare
    taken bigint;
  begin
    select position into taken from registry_head
      where registry_id = of_registry and xmin = pg_current_xact_id()::xid;
    if found then
      return taken;
    end if;
    update registry_head
      set position = position + 1, recorded_at = greatest(clock_timestamp(), recorded_at)
      where registry_id = of_registry
      returning position into taken;
    if not found then
      raise exception 'registry % does not exist', of_registry using errcode = 'foreign_key_violation';
    end if;
    insert into ledger_write (registry_id, position, recorded_at, recorded_by, source)
      select registry_id, position, recorded_at, actor, origin from registry_head where registry_id = of_registry;
    return taken;
  end $function$;
GRANT EXECUTE ON FUNCTION take_position(integer,text,text) TO marrow_app;

CREATE SCHEMA public;
GRANT USAGE ON SCHEMA public TO PUBLIC;
GRANT USAGE ON SCHEMA public TO marrow_app;
