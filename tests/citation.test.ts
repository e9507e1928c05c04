// CITATION.cff says what the project says of itself elsewhere.

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { authors } from '../src/lab/take/citation';
import { site } from '../src/site';

const text = readFileSync('CITATION.cff', 'utf8');
const { version, license, description } = JSON.parse(readFileSync('package.json', 'utf8')) as Record<string, string>;
const field = (name: string): string | undefined => new RegExp(`^${name}: (.+)$`, 'm').exec(text)?.[1];

describe('CITATION.cff', () => {
  test('has what version 1.2.0 of the format requires', () => {
    expect(field('cff-version')).toBe('1.2.0');
    expect(field('message')).toBeTruthy();
    expect(field('title')).toBe(site.title);
    expect(text).toContain(`authors:\n  - name: ${authors}\n`);
    expect(text).not.toContain('\t');
  });

  test('names the version, license and addresses of the package and the site', () => {
    expect(field('version')).toBe(version);
    expect(field('license')).toBe(license);
    expect(text.replace(/\s+/g, ' ')).toContain(description);
    if (!process.env.REPOSITORY_URL) expect(field('repository-code')).toBe(site.repository);
    if (!process.env.SITE_URL && !process.env.BASE_URL) expect(field('url')).toBe(site.url + site.basePath);
  });
});
