/**
 * What `npm test` runs, in this order. `script` is the npm script; `jest` says that it is a jest project, whose tests are
 * counted one by one; `needs` names the stage without which it makes no sense; `usesQueueServices` says that it needs
 * PostgreSQL and Redis, and is left out where there are none.
 */
export const stages = [
	{ name: 'lint', script: 'lint' },
	{ name: 'types', script: 'typecheck' },
	{ name: 'unit', script: 'test:unit', jest: true },
	{ name: 'integration', script: 'test:integration', jest: true },
	{ name: 'build', script: 'build' },
	{ name: 'package', script: 'test:package', jest: true, needs: 'build' },
	{ name: 'e2e', script: 'test:e2e', jest: true, needs: 'build' },
	{
		name: 'e2e queue',
		script: 'test:e2e:queue',
		jest: true,
		needs: 'build',
		usesQueueServices: true,
	},
	// An orderly end of n8n gives its access token back in time only if nothing else takes the processor.
	{ name: 'e2e alone', script: 'test:e2e:alone', jest: true, needs: 'build' },
];
