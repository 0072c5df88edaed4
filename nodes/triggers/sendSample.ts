import type { IHookFunctions, IN8nHttpFullResponse } from 'n8n-workflow';
import { systemClock } from '../transport/Clock';
import { n8nHttpClient } from '../transport/HttpClient';

/** n8n must have entered the address of the test before somebody calls it. */
const SAMPLE_AFTER_MS = 500;

/**
 * Ends a test in the editor for which there is a sample only: n8n itself waits for a request, so one is made.
 *
 * @param url the address of the test, with the secret in it
 * @param trigger as people call it
 * @param advice what to do if n8n cannot call itself
 */
export async function sendSample(
	context: IHookFunctions,
	url: string,
	{ service, trigger, advice }: { service: string; trigger: string; advice: string },
): Promise<void> {
	await systemClock.sleep(SAMPLE_AFTER_MS);
	const http = n8nHttpClient(
		service,
		async (options) => (await context.helpers.httpRequest(options)) as IN8nHttpFullResponse,
	);
	const [address, query] = url.split('?');
	await http({
		method: 'POST',
		url: address,
		query: Object.fromEntries(new URLSearchParams(query)),
		body: { sample: true },
	}).catch((error: unknown) => {
		context.logger.warn(
			`${trigger} has a sample for the test, but n8n does not reach itself: ${(error as Error).message}. ${advice}`,
		);
	});
}
