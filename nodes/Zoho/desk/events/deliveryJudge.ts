import type { Clock } from '../../../transport/Clock';
import type { HttpClient } from '../../../transport/HttpClient';
import { isSignedBy, isValidFor, readToken, type DeliveryToken } from './signedToken';
import type { signingKeys } from './signingKeys';

/** What arrives at the address of a trigger. */
export interface Delivery {
	/** The header `X-ZDesk-JWT`. */
	token: unknown;
	body: Buffer;
	/** Asks for the keys of Zoho; without a credential. */
	http: HttpClient;
}

/** `unclear` while our webhook, or Zoho's keys, cannot be known yet. */
export type Verdict = 'genuine' | 'refused' | 'unclear';

/** Tells what comes from our webhook in Zoho Desk from everything else. */
export interface DeliveryJudge {
	judge(delivery: Delivery): Promise<Verdict>;
	/** From now on this is our webhook, null for none. */
	setWebhookId(id: string | null): void;
}

/** A webhook that was replaced may still deliver what was on its way. */
const OLD_ID_LIFE_MS = 5 * 60_000;

/**
 * @param mayChange whether our webhook may be another one in a moment: it is being made, or has not been looked for
 */
export function createDeliveryJudge(
	{ orgId, deskApiUrl }: { orgId: string; deskApiUrl: string },
	findKey: ReturnType<typeof signingKeys>,
	clock: Pick<Clock, 'now'>,
	mayChange: () => boolean,
): DeliveryJudge {
	let currentId: string | null = null;
	const oldIds = new Map<string, number>();

	const isOurs = ({ webhookId }: DeliveryToken) =>
		webhookId === currentId || (oldIds.get(webhookId) ?? -Infinity) > clock.now();

	return {
		async judge({ token: header, http }) {
			const token = readToken(header);
			if (!token || !isValidFor(token, orgId, clock.now())) return 'refused';
			if (!isOurs(token) && !mayChange()) return 'refused';
			const finding = await findKey(deskApiUrl, token.keyId, http);
			if ('missing' in finding) return finding.missing === 'unknown' ? 'refused' : 'unclear';
			if (!isSignedBy(finding.key, token)) return 'refused';
			if (isOurs(token)) return 'genuine';
			return mayChange() ? 'unclear' : 'refused';
		},

		setWebhookId(id) {
			if (id === currentId) return;
			for (const [oldId, until] of oldIds) if (until <= clock.now()) oldIds.delete(oldId);
			if (currentId !== null) oldIds.set(currentId, clock.now() + OLD_ID_LIFE_MS);
			currentId = id;
		},
	};
}
