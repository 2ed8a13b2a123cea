import type { IncomingMessage, ServerResponse } from 'node:http';
import { openApiDocument } from '../contract/openapi.ts';
import { openApiPath } from '../contract/paths.ts';
import { v2Routes } from '../contract/v2.ts';
import { webhookEvents } from '../contract/webhook-events.ts';
import { AppError } from '../domain/errors.ts';
import { statusOf } from './error-mapper.ts';
import { sendJson } from './api.ts';

/** A host with or without its port, as a `Host` header has it; anything else is not repeated to the caller. */
const hostForm = /^(?:[\w.-]+|\[[\da-f:.]+\])(?::\d{1,5})?$/iu;
/** Names the box is known by are few; whoever makes some up fills no memory. */
const mostAddresses = 16;

/** Serves the OpenAPI document of the public API (api-v2 §9), with the address at which it was asked for. */
export class ApiDocument {
  readonly #version: string;
  readonly #made = new Map<string, object>();

  constructor(version: string) {
    this.#version = version;
  }

  /** @throws AppError `request.method_not_allowed` for what is no GET. */
  serve(request: IncomingMessage, response: ServerResponse): void {
    if (request.method !== 'GET') throw new AppError('request.method_not_allowed', 'Only GET is possible here.');
    sendJson(response, 200, this.#at(serverOf(request)));
  }

  #at(server: string): object {
    const known = this.#made.get(server);
    if (known !== undefined) return known;
    if (this.#made.size >= mostAddresses) this.#made.clear();
    const made = openApiDocument({ routes: v2Routes, events: webhookEvents, statusOf, version: this.#version, server });
    this.#made.set(server, made);
    return made;
  }
}

/** Whether a request's URL asks for the document. */
export function asksForDocument(url: string): boolean {
  return url === openApiPath || url.startsWith(`${openApiPath}?`);
}

function serverOf(request: IncomingMessage): string {
  const secure = 'encrypted' in request.socket && request.socket.encrypted === true;
  const { host = '' } = request.headers;
  return `${hostForm.test(host) ? `${secure ? 'https' : 'http'}://${host}` : ''}/api/v2`;
}
