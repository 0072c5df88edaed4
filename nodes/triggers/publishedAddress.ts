/** Under which address each trigger of this process was published last, by what `triggerIdOf` gives. */
const published = new Map<string, string>();

/** @param url without the secret in it */
export function notePublished(triggerId: string, url: string): void {
	published.set(triggerId, url);
}

/**
 * Whether a published trigger has another address than this one, which so is that of a test. n8n takes back a test that
 * could not even begin with the same call that ends a publication (test-webhooks.ts, needsWebhook).
 *
 * @param url without the secret in it
 */
export function isPublishedElsewhere(triggerId: string, url: string): boolean {
	const known = published.get(triggerId);
	return known !== undefined && known !== url;
}
