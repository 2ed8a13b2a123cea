import type { IncomingMessage, ServerResponse } from 'node:http';
import { openApiDocument } from '../contract/openapi.ts';
import { apiDocsPath, openApiPath } from '../contract/paths.ts';
import { v2Routes } from '../contract/v2.ts';
import { webhookEvents } from '../contract/webhook-events.ts';
import { AppError } from '../domain/errors.ts';
import { statusOf } from './error-mapper.ts';
import { sendJsonText } from './api.ts';

/** A host with or without its port, as a `Host` header has it; anything else is not repeated to the caller. */
const hostForm = /^(?:[\w.-]+|\[[\da-f:.]+\])(?::\d{1,5})?$/iu;
/** Names the box is known by are few; whoever makes some up fills no memory. */
const mostAddresses = 16;

/** Serves the OpenAPI document of the public API (api-v2 §9), with the address at which it was asked for. */
export class ApiDocument {
  readonly #version: string;
  /** By the address of the API. */
  readonly #made = new Map<string, string>();

  constructor(version: string) {
    this.#version = version;
  }

  /** @throws AppError `request.method_not_allowed` for what is no GET. */
  serve(request: IncomingMessage, response: ServerResponse): void {
    if (request.method !== 'GET') throw new AppError('request.method_not_allowed', 'Only GET is possible here.');
    sendJsonText(response, 200, this.#at(serverOf(request)));
  }

  #at(server: string): string {
    const known = this.#made.get(server);
    if (known !== undefined) return known;
    if (this.#made.size >= mostAddresses) this.#made.clear();
    const document = openApiDocument({
      routes: v2Routes,
      events: webhookEvents,
      statusOf,
      version: this.#version,
      server,
    });
    const made = JSON.stringify(document);
    this.#made.set(server, made);
    return made;
  }
}

/** Whether a request's URL asks for the document. */
export function asksForDocument(url: string): boolean {
  return pathOf(url) === openApiPath;
}

/** Whether it asks for the page that shows the document. */
export function asksForDocs(url: string): boolean {
  return pathOf(url) === apiDocsPath;
}

function pathOf(url: string): string {
  return url.split('?', 1)[0] ?? '';
}

function serverOf(request: IncomingMessage): string {
  const secure = 'encrypted' in request.socket && request.socket.encrypted === true;
  const { host = '' } = request.headers;
  return `${hostForm.test(host) ? `${secure ? 'https' : 'http'}://${host}` : ''}/api/v2`;
}
