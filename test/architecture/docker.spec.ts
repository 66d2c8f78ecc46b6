import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './source-files';

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

const DOCKERFILE = read('docker/Dockerfile');
const COMPOSE = read('docker/compose.yaml');

/** Each service's lines, by its name. */
const SERVICES = new Map(
  COMPOSE.split(/^services:$/m)[1]!
    .split(/^\S/m)[0]!
    .split(/^ {2}(?=\w)/m)
    .slice(1)
    .map((lines) => [lines.slice(0, lines.indexOf(':')), lines]),
);

function all(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(([, found]) => found!);
}

describe('the image', () => {
  it('is made of files that there are', () => {
    const copied = all(DOCKERFILE, /^COPY (?!--from)(.+) \S+$/gm).flatMap((sources) => sources.split(' '));

    expect(copied).toContain('package-lock.json');
    expect(copied.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });

  it('starts programs that are built, as compose does', () => {
    const programs = all(`${DOCKERFILE}\n${COMPOSE}`, /\bdist\/(apps\/\w+\/main)\.js\b/g);

    expect(programs).toEqual(expect.arrayContaining(['apps/api/main', 'apps/worker/main', 'apps/cli/main']));
    expect(programs.filter((program) => !existsSync(join(ROOT, `${program}.ts`)))).toEqual([]);
  });

  it('does not run as root', () => {
    const last = DOCKERFILE.slice(DOCKERFILE.lastIndexOf('\nFROM '));

    expect(all(last, /^USER (\S+)$/gm)).toEqual(['node']);
  });

  it('leaves out what is no source', () => {
    expect(read('.dockerignore').split('\n')).toEqual(
      expect.arrayContaining(['.git', '.data', 'node_modules', 'dist', '**/.env*']),
    );
  });
});

describe('the compose file', () => {
  it('has the api, the worker, a migration, PostgreSQL and Redis', () => {
    expect([...SERVICES.keys()].sort()).toEqual(['api', 'migrate', 'postgres', 'redis', 'worker']);
  });

  it('runs all of ours from one image', () => {
    const ours = [...SERVICES].filter(([, lines]) => lines.includes('<<: *program')).map(([name]) => name);

    expect(ours.sort()).toEqual(['api', 'migrate', 'worker']);
  });

  it("keeps the owner's login from what listens", () => {
    const owners = [...SERVICES].filter(([, lines]) => /\*owner|OWNER_URL:/.test(lines)).map(([name]) => name);

    expect(owners.sort()).toEqual(['migrate', 'worker']);
    expect(COMPOSE.split('x-owner:')[0]).not.toContain('OWNER');
  });

  it('keeps the backups of the worker when it goes', () => {
    expect(SERVICES.get('worker')).toContain('- backups:/data');
    expect(DOCKERFILE).toContain('DATA_DIR=/data');
  });

  it('has no password of its own: each must be set', () => {
    const passwords = all(COMPOSE, /\$\{?(\w*PASSWORD[^}]*)\}?/g);

    expect(passwords.length).toBeGreaterThan(0);
    expect(passwords.filter((variable) => !/^\w+:\?./.test(variable))).toEqual([]);
    expect(all(COMPOSE, /^ +\w*PASSWORD: ([^$].*)$/gm)).toEqual([]);
    expect(all(COMPOSE, /:\/\/[\w-]*:([^$@].*)@/g)).toEqual([]);
  });

  it('lets in this machine alone', () => {
    const published = all(COMPOSE, /^ {4}ports: (.*)$/gm);

    expect(published).toHaveLength(1);
    expect(published[0]).toMatch(/^\['127\.0\.0\.1:[^,]+'\]$/);
    expect(COMPOSE).not.toMatch(/network_mode: host/);
  });

  it('makes the logins by a file that there is', () => {
    const mounted = all(COMPOSE, /^ +- \.\/(\S+?):/gm);

    expect(mounted).toEqual(['create-logins.sql']);
    expect(existsSync(join(ROOT, 'docker', mounted[0]!))).toBe(true);
  });
});
