import type { Clock } from '../../transport/Clock';
import { concurrencyLimit } from '../../transport/concurrency';
import { restPeriods } from '../../transport/restPeriods';
import { withRetry } from '../../transport/retry';
import { withTokenRenewal } from '../../transport/tokenRenewal';

/** Zoho's free editions take 5 at a time from all apps together; the others take 10 to 25. */
export const PARALLEL_REQUESTS_PER_ORGANIZATION = 4;
const inTurn = concurrencyLimit(PARALLEL_REQUESTS_PER_ORGANIZATION);
const unlessResting = restPeriods();

/** How the requests of one API go to one organisation. */
export interface ZohoRequestRules<Asked, Answer> {
	/** One value per connected credential: whose token is renewed. */
	connectionKey: string;
	/** One value per organisation: whose limits count. */
	organizationKey: string;
	clock: Clock;
	/** @param renewsToken see `withTokenRenewal` */
	send(asked: Asked, renewsToken: boolean): Promise<Answer>;
	/** Whether another token could cure this error. */
	isTokenRefused(error: unknown): boolean;
	/** How many places of the concurrency limit the request takes; 1 if absent. */
	placesOf?(asked: Asked): number;
}

export interface ZohoRequests<Asked, Answer> {
	/** One try, in its turn, and once more with a renewed token if that can help. */
	request(asked: Asked): Promise<Answer>;
	/** As `request`, repeated whenever waiting can help. Only for requests without effect. */
	read(asked: Asked): Promise<Answer>;
	/** As `request`, repeated only when Zoho cannot have carried it out. */
	write(asked: Asked): Promise<Answer>;
}

export function zohoRequests<Asked, Answer>({
	connectionKey,
	organizationKey,
	clock,
	send,
	isTokenRefused,
	placesOf = () => 1,
}: ZohoRequestRules<Asked, Answer>): ZohoRequests<Asked, Answer> {
	const request = async (asked: Asked): Promise<Answer> =>
		await withTokenRenewal({
			key: connectionKey,
			clock,
			inTurn: async (work) => await inTurn(organizationKey, work, placesOf(asked)),
			send: async (renewsToken) =>
				await unlessResting(organizationKey, clock, async () => await send(asked, renewsToken)),
			isTokenRefused,
		});
	return {
		request,
		read: async (asked) => await withRetry('read', clock, async () => await request(asked)),
		write: async (asked) => await withRetry('write', clock, async () => await request(asked)),
	};
}
