import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createProxyMiddleware } from 'http-proxy-middleware';

type Destination = 'main' | 'webhook';

/** The front server of a queue mode installation, as nginx is in docker-compose.yml. */
export interface Front {
	url: string;
	/** Ports of the processes; before it is told, it answers 503. */
	sendTo(ports: Record<Destination, number>): void;
	/** The paths that each process was asked for, oldest first. */
	served: Record<Destination, string[]>;
	close(): Promise<void>;
}

/** Which paths docker-compose.yml sends to the main process although they begin with /webhook/. */
export function pathsOfTriggers(): RegExp {
	const compose = readFileSync(join(process.cwd(), 'docker-compose.yml'), 'utf8');
	const rule = /location ~ (\S+) \{ proxy_pass http:\/\/n8n:5678; \}/.exec(compose)?.[1];
	if (!rule) throw new Error('docker-compose.yml tells no paths of triggers');
	// Compose writes $$ for $.
	return new RegExp(rule.replaceAll('$$', '$'));
}

export async function startFront(): Promise<Front> {
	const ofTriggers = pathsOfTriggers();
	let ports: Record<Destination, number> | undefined;
	const served: Front['served'] = { main: [], webhook: [] };
	const destinationOf = (path: string): Destination =>
		path.startsWith('/webhook/') && !ofTriggers.test(path) ? 'webhook' : 'main';
	const proxy = createProxyMiddleware({
		target: 'http://127.0.0.1',
		router: ({ url = '/' }) => {
			const path = url.split('?')[0];
			const destination = destinationOf(path);
			served[destination].push(path);
			return `http://127.0.0.1:${ports?.[destination]}`;
		},
		xfwd: true,
	});
	const server: Server = createServer((request, response) => {
		if (ports) void proxy(request, response);
		else response.writeHead(503).end();
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		served,
		sendTo(found) {
			ports = found;
		},
		async close() {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
