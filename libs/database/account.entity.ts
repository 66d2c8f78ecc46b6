import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { Org } from './org.entity';

/** A person who may come in. Never removed: what was recorded names them. */
@Entity('account')
@ForeignKey(() => Org, ['registryId', 'org'], ['registryId', 'org'], { name: 'account_org_fkey' })
@Unique('account_name_key', ['registryId', 'name'])
@Unique('account_sign_on_name_key', ['registryId', 'signOnName'])
@Unique('account_sign_on_subject_key', ['registryId', 'signOnIssuer', 'signOnSubject'])
@Check('account_role_check', `role in ('clerk', 'reviewer', 'officer', 'auditor', 'administrator')`)
@Check(
  'account_sign_on_check',
  `(sign_on_issuer is null) = (sign_on_subject is null) and (sign_on_subject is null or sign_on_name is not null)`,
)
export class Account {
  @PrimaryColumn('integer', { name: 'registry_id', primaryKeyConstraintName: 'account_pkey' }) registryId: number;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'account_pkey' }) id: string;
  /** In lower case; what they sign in with. */
  @Column('text') name: string;
  @Column('text', { name: 'display_name' }) displayName: string;
  @Column('text') role: string;
  /** The root of the subtree that they reach. */
  @Column('text') org: string;
  /** Its password is published. */
  @Column('boolean', { default: false }) demonstration: boolean;
  @Column('timestamptz', { name: 'created_at', default: () => 'now()' }) createdAt: Date;
  @Column('text', { name: 'created_by' }) createdBy: string;
  @Column('timestamptz', { name: 'disabled_at', nullable: true }) disabledAt: Date | null;
  /** By which the sign-on provider may let them in; in lower case. */
  @Column('text', { name: 'sign_on_name', nullable: true }) signOnName: string | null;
  /** Whom the first sign-on by that name was, from then on alone. */
  @Column('text', { name: 'sign_on_issuer', nullable: true }) signOnIssuer: string | null;
  @Column('text', { name: 'sign_on_subject', nullable: true }) signOnSubject: string | null;
}

/** What proves an account, apart from what pages list. */
@Entity('account_secret')
@ForeignKey(() => Account, ['registryId', 'accountId'], ['registryId', 'id'], { name: 'account_secret_account_fkey' })
export class AccountSecret {
  @PrimaryColumn('integer', { name: 'registry_id', primaryKeyConstraintName: 'account_secret_pkey' })
  registryId: number;
  @PrimaryColumn('uuid', { name: 'account_id', primaryKeyConstraintName: 'account_secret_pkey' }) accountId: string;
  @Column('text', { name: 'password_hash', nullable: true }) passwordHash: string | null;
  @Column('boolean', { name: 'must_change_password' }) mustChangePassword: boolean;
  @Column('timestamptz', { name: 'password_changed_at', default: () => 'now()' }) passwordChangedAt: Date;
  @Column('text', { name: 'totp_secret', nullable: true }) totpSecret: string | null;
  @Column('timestamptz', { name: 'totp_confirmed_at', nullable: true }) totpConfirmedAt: Date | null;
  /** No code of this time step or an earlier one is taken again. */
  @Column('bigint', { name: 'totp_last_step', nullable: true }) totpLastStep: string | null;
}

/** A code that stands for the second factor once. */
@Entity('recovery_code')
@ForeignKey(() => Account, ['registryId', 'accountId'], ['registryId', 'id'], { name: 'recovery_code_account_fkey' })
export class RecoveryCode {
  @PrimaryColumn('integer', { name: 'registry_id', primaryKeyConstraintName: 'recovery_code_pkey' }) registryId: number;
  @PrimaryColumn('uuid', { name: 'account_id', primaryKeyConstraintName: 'recovery_code_pkey' }) accountId: string;
  @PrimaryColumn('bytea', { name: 'code_hash', primaryKeyConstraintName: 'recovery_code_pkey' }) codeHash: Buffer;
}

/** A browser that is signed in. */
@Entity('session')
@ForeignKey(() => Account, ['registryId', 'accountId'], ['registryId', 'id'], { name: 'session_account_fkey' })
@Index('session_account', ['registryId', 'accountId'])
export class Session {
  @PrimaryColumn('integer', { name: 'registry_id', primaryKeyConstraintName: 'session_pkey' }) registryId: number;
  @PrimaryColumn('bytea', { name: 'token_hash', primaryKeyConstraintName: 'session_pkey' }) tokenHash: Buffer;
  @Column('uuid', { name: 'account_id' }) accountId: string;
  @Column('timestamptz', { name: 'created_at', default: () => 'now()' }) createdAt: Date;
  /** To the minute. */
  @Column('timestamptz', { name: 'seen_at', default: () => 'now()' }) seenAt: Date;
  @Column('timestamptz', { name: 'ends_at' }) endsAt: Date;
  @Column('text', { nullable: true }) address: string | null;
  /** Whether the sign-on provider vouches for them, and not a password. */
  @Column('boolean', { name: 'signed_on', default: false }) signedOn: boolean;
}

/** A personal token by which a program acts for an account. */
@Entity('access_token')
@ForeignKey(() => Account, ['registryId', 'accountId'], ['registryId', 'id'], { name: 'access_token_account_fkey' })
@Unique('access_token_hash_key', ['registryId', 'tokenHash'])
@Index('access_token_account', ['registryId', 'accountId'])
export class AccessToken {
  @PrimaryColumn('integer', { name: 'registry_id', primaryKeyConstraintName: 'access_token_pkey' }) registryId: number;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'access_token_pkey' }) id: string;
  @Column('bytea', { name: 'token_hash' }) tokenHash: Buffer;
  @Column('uuid', { name: 'account_id' }) accountId: string;
  @Column('text') name: string;
  /** It does no more than these, nor than its account's role. */
  @Column('text', { array: true }) permissions: string[];
  @Column('timestamptz', { name: 'created_at', default: () => 'now()' }) createdAt: Date;
  @Column('timestamptz', { name: 'ends_at' }) endsAt: Date;
  /** To the minute. */
  @Column('timestamptz', { name: 'used_at', nullable: true }) usedAt: Date | null;
  @Column('timestamptz', { name: 'revoked_at', nullable: true }) revokedAt: Date | null;
}

/** How often a name, or an address, was tried since it last came in, and until when it has to wait. */
@Entity('sign_in_attempt')
export class SignInAttempt {
  @PrimaryColumn('integer', { name: 'registry_id', primaryKeyConstraintName: 'sign_in_attempt_pkey' })
  registryId: number;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'sign_in_attempt_pkey' }) subject: string;
  @Column('integer') attempts: number;
  @Column('timestamptz', { name: 'tried_at' }) triedAt: Date;
  @Column('timestamptz', { name: 'locked_until', nullable: true }) lockedUntil: Date | null;
}

/** The link by which a registry gets its first administrator, once. Of registry 0 while there is none. */
@Entity('setup_link')
export class SetupLink {
  @PrimaryColumn('integer', { name: 'registry_id', primaryKeyConstraintName: 'setup_link_pkey' }) registryId: number;
  @PrimaryColumn('bytea', { name: 'token_hash', primaryKeyConstraintName: 'setup_link_pkey' }) tokenHash: Buffer;
  @Column('timestamptz', { name: 'ends_at' }) endsAt: Date;
}

/** A sign-on that a browser has gone to the provider for. Of registry 0: whose it is turns out at its end. */
@Entity('sign_on_attempt')
export class SignOnAttempt {
  @PrimaryColumn('integer', { name: 'registry_id', primaryKeyConstraintName: 'sign_on_attempt_pkey' })
  registryId: number;
  @PrimaryColumn('bytea', { name: 'token_hash', primaryKeyConstraintName: 'sign_on_attempt_pkey' }) tokenHash: Buffer;
  @Column('text') state: string;
  @Column('text') nonce: string;
  @Column('text', { name: 'code_verifier' }) codeVerifier: string;
  @Column('timestamptz', { name: 'ends_at' }) endsAt: Date;
}
