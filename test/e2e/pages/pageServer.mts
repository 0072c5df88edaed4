import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

import type { Page } from '../../../nodes/pages/page';
import { n8nHost } from '../stack/n8nHost.mts';

export interface PageRequest {
	method: string;
	path: string;
	query: Record<string, string>;
	body: Record<string, string>;
	/** As `Sec-Purpose` says it: `prefetch;prerender` while nobody sees the page. */
	purpose: string;
}

export interface PageServer {
	/** Of a page by its path. */
	url(path: string): string;
	/** All requests so far, but for icons. */
	requests: PageRequest[];
	close(): Promise<void>;
}

/** The header that the installed n8n puts on answers of webhooks. */
export function n8nPolicy(): string {
	const file = join(n8nHost().folder, 'node_modules/n8n-core/dist/html-sandbox.js');
	const [, policy] = /'(sandbox [^']+)'/.exec(readFileSync(file, 'utf8')) ?? [];
	if (policy === undefined) throw new Error(`n8n names no sandbox any more in ${file}`);
	return policy;
}

/**
 * Answers requests as n8n's Respond to Webhook does with what Call Page gives.
 *
 * @param answer the page for a request; null for a plain page of somebody else, without any policy;
 *   `nothing` lets the browser stay on the page where it is
 */
export async function startPageServer(
	answer: (request: PageRequest) => Page | 'nothing' | null,
): Promise<PageServer> {
	const policy = n8nPolicy();
	const requests: PageRequest[] = [];
	const server = createServer((incoming, response) => {
		void requestFrom(incoming).then((request) => {
			if (request.path === '/favicon.ico') return response.writeHead(204).end();
			requests.push(request);
			const page = answer(request);
			if (page === 'nothing') return response.writeHead(204).end();
			if (page === null) {
				response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
				return response.end(`<!doctype html><title>Elsewhere</title>${request.query.html ?? ''}`);
			}
			response.writeHead(200, { ...page.headers, 'content-security-policy': policy });
			return response.end(page.html);
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		url: (path) => `http://127.0.0.1:${port}${path}`,
		requests,
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

async function requestFrom(incoming: IncomingMessage): Promise<PageRequest> {
	const chunks: Buffer[] = [];
	for await (const chunk of incoming) chunks.push(chunk as Buffer);
	const { pathname, searchParams } = new URL(incoming.url ?? '/', 'http://127.0.0.1');
	return {
		method: incoming.method ?? 'GET',
		path: pathname,
		query: Object.fromEntries(searchParams),
		body: Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString('utf8'))),
		purpose: String(incoming.headers['sec-purpose'] ?? ''),
	};
}
