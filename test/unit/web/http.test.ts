import { describe, expect, it } from 'vitest';
import { raw, serving } from './served.ts';

const HEADERS = ['content-security-policy', 'x-content-type-options', 'referrer-policy', 'cross-origin-opener-policy', 'cross-origin-resource-policy', 'x-frame-options', 'permissions-policy'];

describe('the token', () => {
  it('is 256 bits, and another with every start', async () => {
    const [one, two] = [await serving(), await serving()];
    expect(Buffer.from(one.token, 'base64url')).toHaveLength(32);
    expect(one.token).not.toBe(two.token);
  });

  it.each([
    ['/?token=', '/'],
    ['/compare?runs=1,2&x=a%20b&token=', '/compare?runs=1%2C2&x=a+b'],
    ['//evil.example/?token=', '/evil.example/'],
    ['/\\evil.example/?token=', '/evil.example/'],
  ])('of %s becomes a cookie, and the address stays without it', async (address, location) => {
    const server = await serving();
    const { status, headers } = await server.get(address + server.token, { cookie: null });
    expect([status, headers.location]).toEqual([303, location]);
    expect(headers['set-cookie']).toEqual([`${server.cookie}; HttpOnly; SameSite=Strict; Path=/`]);
    expect(headers['cache-control']).toBe('no-store');
  });

  it.each(['/', '/runs/1', '/assets/index-1a2b.js', '/icon.svg', '/nothing.js'])('opens %s, which is closed without', async (path) => {
    const server = await serving();
    for (const cookie of [null, '', `basin-${server.port}=`, `basin-${server.port}=${server.token}x`, `basin-1=${server.token}`, `other=${server.token}`]) {
      const { status, body, headers } = await server.get(path, { cookie });
      expect([status, headers['set-cookie']]).toEqual([401, undefined]);
      expect(body).toContain('npm start -- --web');
      expect(body).not.toContain(server.token);
    }
    expect((await server.get(`${path}?token=${server.token.slice(1)}`, { cookie: null })).status).toBe(401);
    expect((await server.get(path, { cookie: `a=b; ${server.cookie}; c=d` })).status).toBe(path === '/nothing.js' ? 404 : 200);
  });
});

describe('a name that leads here', () => {
  it.each(['evil.example', 'evil.example:80', '127.0.0.1.evil.example', 'localhost.evil.example', '127.0.0.2', '0.0.0.0', '[::]', 'localhost:1:2', 'user@localhost'])('%s is refused, token or not', async (host) => {
    const server = await serving();
    for (const path of ['/', `/?token=${server.token}`]) {
      const { status, body, headers } = await server.get(path, { headers: { host } });
      expect([status, headers['set-cookie']]).toEqual([421, undefined]);
      expect(body).toContain('127.0.0.1 and localhost only');
    }
  });

  it.each(['localhost', 'localhost:8080', 'LOCALHOST:1', '127.0.0.1', '[::1]:9'])('%s is the loopback, at the end of a tunnel too', async (host) => {
    expect((await (await serving()).get('/', { headers: { host } })).status).toBe(200);
  });

  it('must be there', async () => {
    const { port } = await serving();
    expect(await raw(port, 'GET / HTTP/1.0\r\n\r\n')).toContain('421');
    expect(await raw(port, 'GET / HTTP/1.1\r\nHost:\r\nConnection: close\r\n\r\n')).toContain('421');
  });

  it('is not that of another network: only loopback listens', async () => {
    const { networkInterfaces } = await import('node:os');
    const { port } = await serving();
    const elsewhere = Object.values(networkInterfaces()).flatMap((addresses) => (addresses ?? []).filter(({ internal, family }) => !internal && family === 'IPv4').map(({ address }) => address));
    for (const address of elsewhere) await expect(fetch(`http://${address}:${port}/`)).rejects.toThrow();
  });
});

describe('files', () => {
  it('are those of the build, with their types; hashed ones for good', async () => {
    const server = await serving();
    const script = await server.get('/assets/index-1a2b.js');
    expect([script.status, script.body, script.headers['content-type'], script.headers['cache-control']]).toEqual([200, 'export {};', 'application/javascript; charset=utf-8', 'public, max-age=31536000, immutable']);
    const icon = await server.get('/icon.svg?v=1');
    expect([icon.status, icon.headers['content-type'], icon.headers['cache-control']]).toEqual([200, 'image/svg+xml', 'no-cache']);
  });

  it.each([
    '/../secret.txt', '/..%2fsecret.txt', '/%2e%2e/secret.txt', '/%2e%2e%2fsecret.txt', '/assets/../../secret.txt', '/assets/..%5c..%5csecret.txt', '/..\\secret.txt', '//secret.txt', '/%252e%252e%252fsecret.txt',
    '/link.txt', '/.hidden', '/%00', '/icon.svg%00.js', '/assets/', '/assets', '/assets/none.js', '/index.html', '/etc/passwd.txt', 'http://127.0.0.1/../secret.txt',
  ])('outside of it are not to be had: %s', async (path) => {
    const { status, body } = await (await serving()).get(path);
    expect(body).not.toMatch(/secret$|hidden$/);
    expect([400, 404]).toContain(status);
  });

  it.each(['/', '/runs', '/runs/3', '/compare?runs=1,2', '/replay/4/', '/no-such-page'])('are not %s: that is the page', async (path) => {
    const { status, body, headers } = await (await serving()).get(path);
    expect([status, headers['content-type'], headers['cache-control']]).toEqual([200, 'text/html; charset=utf-8', 'no-store']);
    expect(body).toContain('<script type="module"');
  });

  it.each(['system', 'light', 'dark'] as const)('come in the theme %s from the first paint, with the name of the store', async (theme) => {
    expect((await (await serving(undefined, theme)).get('/')).body).toContain(`<html lang="en" data-theme="${theme}" data-store="ab12">`);
  });
});

describe('requests', () => {
  it.each(['POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'TRACE', 'PROPFIND'])('of method %s are refused', async (method) => {
    const server = await serving();
    for (const path of ['/', '/runs', '/assets/index-1a2b.js', '/channel']) {
      const { status, headers } = await server.get(path, { method });
      expect([status, headers.allow]).toEqual([405, 'GET']);
    }
  });

  it('have no body that anyone reads', async () => {
    const { port, cookie } = await serving();
    const answer = await raw(port, `POST / HTTP/1.1\r\nHost: localhost\r\nCookie: ${cookie}\r\nConnection: close\r\nContent-Length: 10000000\r\n\r\n${'x'.repeat(1000)}`);
    expect(answer).toContain('405');
  });

  it('are short', async () => {
    const server = await serving();
    const { port, token } = server;
    expect((await server.get(`/compare?view=${'a'.repeat(10_000)}`)).status).toBe(200);
    expect((await server.get(`/compare?view=${'a'.repeat(20_000)}`)).status).toBe(414);
    expect((await server.get(`/?x=${'a'.repeat(20_000)}&token=${token}`, { cookie: null })).status).toBe(414);
    expect(await raw(port, `GET / HTTP/1.1\r\nHost: localhost\r\nX: ${'a'.repeat(40_000)}\r\n\r\n`)).toContain('431');
  });

  it('that nobody can read are refused, and the server goes on', async () => {
    const server = await serving();
    for (const path of ['/%', '/%zz', '/runs/%ff', '//', '/?token=%', '*', 'http://']) {
      const { status } = await server.get(path);
      expect([path, status]).toEqual([path, status < 500 ? status : 'below 500']);
    }
    expect(await raw(server.port, 'nonsense\r\n\r\n')).toContain('400');
    expect((await server.get('/')).status).toBe(200);
  });

  it('are all answered with the same strict headers', async () => {
    const server = await serving();
    const answers = [await server.get('/'), await server.get('/assets/index-1a2b.js'), await server.get('/x.js'), await server.get('/', { cookie: null }), await server.get(`/?token=${server.token}`), await server.get('/', { method: 'POST' }), await server.get('/', { headers: { host: 'evil' } }), await server.get('/%zz')];
    for (const { headers } of answers) {
      expect(HEADERS.filter((name) => headers[name] === undefined)).toEqual([]);
      expect(headers['content-security-policy']).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self';/);
      expect(headers['content-security-policy']).not.toMatch(/unsafe|\*|https?:/);
      expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
    }
  });
});
