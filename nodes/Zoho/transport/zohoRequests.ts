import type { Clock } from '../../transport/Clock';
import { restPeriods } from '../../transport/restPeriods';
import { withRetry } from '../../transport/retry';
import { withTokenRenewal } from '../../transport/tokenRenewal';
import { createParallelRequests } from './parallelRequests';

const parallelRequests = createParallelRequests();
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
	/** Asks Zoho how many requests the organisation takes at a time; see QueuedRequest. */
	askLimit?(): Promise<number>;
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
	askLimit,
}: ZohoRequestRules<Asked, Answer>): ZohoRequests<Asked, Answer> {
	const request = async (asked: Asked): Promise<Answer> => {
		const queued = { organizationKey, clock, places: placesOf(asked), askLimit };
		return await withTokenRenewal({
			key: connectionKey,
			clock,
			inTurn: async (work) => await parallelRequests.inTurn(queued, work),
			send: async (renewsToken) =>
				await unlessResting(
					organizationKey,
					clock,
					async () =>
						await parallelRequests.send(queued, async () => await send(asked, renewsToken)),
				),
			isTokenRefused,
		});
	};
	return {
		request,
		read: async (asked) => await withRetry('read', clock, async () => await request(asked)),
		write: async (asked) => await withRetry('write', clock, async () => await request(asked)),
	};
}
