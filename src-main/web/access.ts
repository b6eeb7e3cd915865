import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { BasinError } from '../contract/errors.ts';

/*
 * Who may use the workbench that this process serves. It listens on loopback, where every program and every web page of this
 * machine's browsers can reach it, so each request is judged: it must carry the secret, and it must have been made for this
 * address by name of the loopback (a foreign name that resolves to 127.0.0.1 is how DNS rebinding gets in).
 */

/** Names under which a browser on this machine, or at the end of an SSH tunnel, reaches the loopback. */
const LOOPBACK = /^(127\.0\.0\.1|localhost|\[::1\])(:\d{1,5})?$/i;

/** What the printed URL carries, and the cookie after it: 256 random bits, new with every start. */
export const newToken = (): string => randomBytes(32).toString('base64url');

/** Compares without telling by its time how much is right. */
export const isToken = (token: string, given: unknown): boolean => typeof given === 'string' && timingSafeEqual(digest(given), digest(token));

/** Digests have one length, whatever was given. */
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Cookies do not know ports, and several workbenches may be open in one browser. */
const cookieName = (request: IncomingMessage): string => `basin-${request.socket.localPort ?? 0}`;

/** @returns whether the request carries the token in its cookie. */
export function hasCookie(token: string, request: IncomingMessage): boolean {
  const name = cookieName(request);
  return (request.headers.cookie ?? '').split(';').some((pair) => {
    const [key, value] = pair.trim().split('=', 2);
    return key === name && isToken(token, value);
  });
}

/** The cookie that lets this browser in, until it is closed. Not for scripts, and not sent along from another site's page. */
export const setCookie = (token: string, request: IncomingMessage): string => `${cookieName(request)}=${token}; HttpOnly; SameSite=Strict; Path=/`;

/** @throws BasinError `web.host` for a request that was made for another name. */
export function checkHost({ host }: IncomingHttpHeaders): void {
  if (host === undefined || !LOOPBACK.test(host)) throw new BasinError('web.host', `This workbench answers to 127.0.0.1 and localhost only, and was asked as ${JSON.stringify(host ?? '')}. Open it under one of those names (through an SSH tunnel too).`);
}

/** A channel is opened by the page that this host served, and by no other. @throws BasinError `web.origin` */
export function checkOrigin({ origin, host }: IncomingHttpHeaders): void {
  if (origin === undefined || host === undefined || origin.toLowerCase() !== `http://${host.toLowerCase()}`) throw new BasinError('web.origin', `The workbench's channel is for its own page, and was asked for by ${JSON.stringify(origin ?? '')}`);
}
