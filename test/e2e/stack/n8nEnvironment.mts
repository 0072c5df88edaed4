import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';

import type { N8nHost } from './n8nHost.mts';

/** Where a process of n8n lives and listens. */
export interface N8nPlace {
	/** It keeps what is its own in `.n8n` below. */
	userFolder: string;
	port: number;
	/** For the runner of the Code node. */
	brokerPort: number;
}

/** Nothing of the caller's own n8n settings gets in, and nothing goes out to n8n's servers. */
export function quietEnvironment(
	host: N8nHost,
	{ userFolder, port, brokerPort }: N8nPlace,
): Record<string, string> {
	return {
		// n8n starts the runner of the Code node with `node` from the path: it must be Node 24 too.
		PATH: [dirname(host.node), process.env.PATH].join(delimiter),
		// Compiling the same modules again is a fifth of what a start takes.
		NODE_COMPILE_CACHE: join(host.folder, 'compile-cache'),
		HOME: userFolder,
		TMPDIR: tmpdir(),
		NODE_ENV: 'production',
		TZ: 'UTC',
		GENERIC_TIMEZONE: 'UTC',
		N8N_USER_FOLDER: userFolder,
		N8N_PORT: String(port),
		N8N_HOST: '127.0.0.1',
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_EDITOR_BASE_URL: `http://127.0.0.1:${port}`,
		N8N_WEBHOOK_URL: `http://127.0.0.1:${port}`,
		N8N_RUNNERS_BROKER_PORT: String(brokerPort),
		N8N_ENCRYPTION_KEY: 'callbridge-test-key',
		N8N_SECURE_COOKIE: 'false',
		N8N_LOG_LEVEL: 'info',
		N8N_LOG_OUTPUT: 'console',
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_HIRING_BANNER_ENABLED: 'false',
		N8N_DYNAMIC_BANNERS_ENABLED: 'false',
		N8N_VERIFIED_PACKAGES_ENABLED: 'false',
		N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
		// They ask api.n8n.io at the start.
		N8N_DISABLED_MODULES: 'mcp-registry',
	};
}
