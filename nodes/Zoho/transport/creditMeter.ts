/** What one run of a node has used so far. */
export interface CreditMeter {
	used: number;
	/** As Zoho reported last. CRM does so only once half of the day's credits are gone. */
	remaining: number | null;
}

const meters = new WeakMap<object, CreditMeter>();

/** The meter that belongs to one run of a node; n8n makes one context per run. */
export function creditMeterOf(context: object): CreditMeter {
	const existing = meters.get(context);
	if (existing) return existing;
	const meter: CreditMeter = { used: 0, remaining: null };
	meters.set(context, meter);
	return meter;
}

/**
 * The sentence that the node shows about its credits.
 *
 * @param service whose credits they are
 * @returns null when no request was made
 */
export function creditHint({ used, remaining }: CreditMeter, service: string): string | null {
	if (used === 0) return null;
	const sentence = `This run used ${used} ${service} API ${used === 1 ? 'credit' : 'credits'}.`;
	return remaining === null
		? sentence
		: `${sentence} Zoho reports ${remaining} left for the running 24 hours.`;
}
